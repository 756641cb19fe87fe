"""Finding the one post or page that an address names."""

import unicodedata

from flask import abort
from markupsafe import Markup

from frontend.frame import Frame
from frontend.outline import demote
from frontend.pictures import fit_pictures
from shared.models.reading import Summary, Where, list_public
from shared.web import now, session


def get_article(kind: str, slug: str) -> Summary:
    """Return the public post or page of a slug; aborts with 404.

    A slug in another case or another normal form finds it too: the caller redirects to its own.
    """
    return _find(kind, slug) or _find(kind, fold(slug)) or abort(404)


def _find(kind: str, slug: str) -> Summary | None:
    where = Where(kind=kind, slug=slug)
    found = list_public(session(), where, now=now(), limit=1, html=True)
    return found[0] if found else None


def fold(text: str) -> str:
    """Return the form in which slugs are stored: NFKC, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def text_of(frame: Frame, post: Summary) -> Markup:
    """Return a post's HTML as its page shows it: below the page's heading, pictures in forms."""
    return demote(frame.html_of(post, fit_pictures))
