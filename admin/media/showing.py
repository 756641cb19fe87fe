"""What pages of the console show of a file: its picture, its size, its addresses."""

from urllib.parse import quote

from flask import Flask
from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l

from admin.acting import site
from shared.domain.media import limits_of
from shared.media_names import form_path
from shared.models import Media
from shared.web import links, runtime

KIND_NAMES = {
    "image": _l("Pictures"),
    "drawing": _l("Drawings (SVG)"),
    "audio": _l("Sound"),
    "video": _l("Films"),
    "pdf": _l("PDF"),
    "archive": _l("Archives and office files"),
    "text": _l("Text files"),
}
LARGEST_CHUNK = 4 * 1024 * 1024
UNITS = ((1_000_000, "MB"), (1_000, "KB"))


def register_showing(app: Flask) -> None:
    """Give the templates what they show of files."""
    app.add_template_global(thumbnail)
    app.add_template_global(media_link)
    app.add_template_filter(in_units)
    app.add_template_global(upload_limits)
    app.jinja_env.globals["media_kinds"] = KIND_NAMES


def thumbnail(media: Media, width: int = 320) -> str:
    """Return the address of a small form of a picture, its own where there is none."""
    made = media.forms.get("webp") or media.forms.get("avif")
    if not made:
        return media_link(media.file)
    coding = "webp" if media.forms.get("webp") else "avif"
    fitting = [item for item, _ in made if item >= width] or [made[-1][0]]
    return media_link(form_path(media.file, fitting[0], coding))


def media_link(path: str) -> str:
    """Return a link to a path below the site's `/media/`."""
    return links().to("frontend", "media.show", path=path.removeprefix("/media/"))


def in_units(size: int) -> str:
    """Write a number of bytes as people read it."""
    for unit, name in UNITS:
        if size >= unit:
            return f"{format_decimal(round(size / unit, 1))} {name}"
    return f"{size} B"


def markdown_of(media: Media) -> str:
    """Return what a text says to show or offer a file."""
    words = media.alt.replace("[", "\\[").replace("]", "\\]")
    path = quote(media.path, safe="/-._~", encoding="utf-8") if " " in media.path else media.path
    if media.is_picture:
        return f"![{words}]({path})"
    return f"[{media.name}]({path})"


def room_for_chunks() -> int:
    """Return how many bytes one request of an upload may carry."""
    return min(LARGEST_CHUNK, runtime().settings.max_body_admin // 2)


def upload_limits() -> dict[str, int]:
    """Return what scripts of uploads need to know: the largest file and part of one, in bytes."""
    return {"most": limits_of(site()).max_bytes, "chunk": room_for_chunks()}
