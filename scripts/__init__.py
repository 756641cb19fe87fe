"""Commands for those who work on Triptych or run it; `make help` lists them."""
