"""Content comes in: importers and the welcome set."""
