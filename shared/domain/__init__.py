"""Verbs: the only code that changes content. They check, change, record and flush; never commit."""
