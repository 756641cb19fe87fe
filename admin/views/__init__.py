"""The pages of the console that are more than a screen: each a blueprint of its own."""

from flask import Flask

from admin.views import comments, home, keeping, media, people, site, writing


def register_views(app: Flask) -> None:
    """Register the pages that are more than a screen."""
    rooms = (home, writing, media, comments, site, keeping)
    for view in (*(view for room in rooms for view in room.VIEWS), people):
        app.register_blueprint(view.blueprint)
