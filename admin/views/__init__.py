"""The pages of the console that are more than a screen: each a blueprint of its own."""

from flask import Flask

from admin.views import (
    broken,
    chain,
    checks,
    dashboard,
    discussion,
    drafts,
    export,
    media,
    menus,
    merging,
    missing,
    own_links,
    pages,
    palette,
    people,
    planning,
    preview_links,
    revisions,
    site_settings,
    tag_completion,
    time_travel,
    trash,
    undo,
    uploads,
)


def register_views(app: Flask) -> None:
    """Register the pages that are more than a screen."""
    for view in (
        broken,
        chain,
        checks,
        dashboard,
        discussion,
        drafts,
        export,
        menus,
        merging,
        media,
        missing,
        own_links,
        pages,
        people,
        palette,
        planning,
        preview_links,
        revisions,
        site_settings,
        tag_completion,
        time_travel,
        trash,
        undo,
        uploads,
    ):
        app.register_blueprint(view.blueprint)
