"""The editor of posts and pages: its form, its buttons, and what a press of one does."""
