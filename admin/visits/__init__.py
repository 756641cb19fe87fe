"""How often pages were seen: counted by the site, read and drawn here."""
