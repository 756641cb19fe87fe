"""Accounts: signing in and out, the first owner, one's own profile, password and sessions."""
