"""What a text will look like: rendered as the site renders it, with links below the prefix."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup, escape

from admin.editor.own_links import reading
from shared.content.links import rebase
from shared.content.markdown import ContentTooLarge, render
from shared.content.own_links import fill_in, find_targets
from shared.domain.errors import Invalid
from shared.models.own_links import find_places
from shared.web import now


@dataclass(frozen=True)
class Preview:
    """Safe HTML of a text, and its number of words."""

    html: Markup
    words: int


def preview(source: str, *, source_lines: bool = False) -> Preview:
    """Render a text; raises Invalid when it is longer than the site takes."""
    try:
        rendered = render(source, source_lines=source_lines)
    except ContentTooLarge as error:
        raise Invalid({"body": str(error)}) from error
    html = rebase(_with_links(rendered.html), request.environ.get("triptych.root", ""))
    # Sanitised by `render`, which is the one place that makes HTML of a text.
    return Preview(Markup(html), rendered.words)  # noqa: S704 - safe, see above


def _with_links(html: str) -> str:
    """Fill in links to one's own posts, and mark those that visitors would not see."""
    if not (ids := find_targets([html])):
        return html
    with reading() as session:
        places = find_places(session, ids, now=now())
    told = escape(_("Visitors see this text without a link."))
    return fill_in(
        html, places, lost=lambda text: f'<span class="lost-link" title="{told}">{text}</span>'
    )
