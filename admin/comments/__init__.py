"""What pages of the console show of comments besides their list."""

from flask import Flask

from admin.comments.counting import comment_counts


def register_comments(app: Flask) -> None:
    """Give the templates the numbers of comments; nothing is asked unless it is used."""
    app.add_template_global(comment_counts)
