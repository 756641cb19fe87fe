"""The first page and what is at hand from every page."""

from admin.views.home import chain, dashboard, palette, visits

VIEWS = (chain, dashboard, palette, visits)
