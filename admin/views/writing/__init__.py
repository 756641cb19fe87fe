"""The pages of who writes: the editor and everything that it asks for."""

from admin.views.writing import (
    calendar,
    checks,
    discussion,
    drafts,
    own_links,
    pages,
    planning,
    preview_links,
    revisions,
    tag_completion,
)

VIEWS = (
    calendar,
    checks,
    discussion,
    drafts,
    own_links,
    pages,
    planning,
    preview_links,
    revisions,
    tag_completion,
)
