"""The media library: its pages, and the way of a file into it."""

from admin.views.media import library, uploads

VIEWS = (library, uploads)
