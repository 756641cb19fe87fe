"""The site's views, one blueprint per topic."""

from frontend.views import (
    archive,
    authors,
    categories,
    comments,
    feeds,
    media,
    pages,
    posts,
    previews,
    search,
    seo,
    tags,
)

BLUEPRINTS = tuple(
    module.blueprint
    for module in (
        *(posts, tags, categories, authors, archive, search, feeds, seo, media, previews, comments),
        pages,
    )
)
