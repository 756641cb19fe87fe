"""What the first page tells: what is under way, what waits for whom, and whether all is well."""
