"""What a text will look like: rendered as the site renders it, with links below the prefix."""

from dataclasses import dataclass

from flask import request
from markupsafe import Markup

from shared.content.links import rebase
from shared.content.markdown import ContentTooLarge, render
from shared.domain.errors import Invalid


@dataclass(frozen=True)
class Preview:
    """Safe HTML of a text, and its number of words."""

    html: Markup
    words: int


def preview(source: str) -> Preview:
    """Render a text; raises Invalid when it is longer than the site takes."""
    try:
        rendered = render(source)
    except ContentTooLarge as error:
        raise Invalid({"body": str(error)}) from error
    root = request.environ.get("triptych.root", "")
    # Sanitised by `render`, which is the one place that makes HTML of a text.
    return Preview(Markup(rebase(rendered.html, root)), rendered.words)  # noqa: S704 - safe, see above
