"""Import of a Jekyll site: posts, drafts and pages, with their old addresses and pictures."""

from admin.transfer.jekyll.importer import import_site

__all__ = ["import_site"]
