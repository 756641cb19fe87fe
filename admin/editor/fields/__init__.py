"""The editor's form: its fields, what they offer, and how they are read."""
