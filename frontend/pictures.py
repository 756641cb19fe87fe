"""Pictures of the media library in a page: in the forms that a screen needs, of known size."""

import re
from html import escape
from typing import Final
from urllib.parse import quote, unquote

from shared.content.pictures import missing_image
from shared.content.tags import edit_tags, read_attributes, tag_pattern, write_tag
from shared.content.wording import find_wording
from shared.media_names import CODINGS, form_path
from shared.models.pictures import Picture, find_pictures
from shared.web import session

_MARK: Final = 'src="/media/'
_IMAGE: Final = tag_pattern("img")
_PICTURE: Final = re.compile(r"<picture\b.*?</picture>", re.DOTALL)
# The column of a text is 42rem wide; browsers that know `auto` ask their own layout.
SIZES: Final = "auto, (min-width: 46rem) 42rem, 94vw"
SAFE: Final = "/-._~"


def fit_pictures(html: str) -> str:
    """Give each picture of the library its size and forms; one in the trash is told in words."""
    if _MARK not in html:
        return html
    named = (read_attributes(match[2]).get("src", "") for match in _IMAGE.finditer(html))
    found = find_pictures(session(), {path for src in named if (path := _path_of(src))})

    def edit(_: str, attributes: dict[str, str]) -> str | None:
        picture = found.get(_path_of(attributes.get("src", "")))
        return None if picture is None else _write(picture, attributes)

    pieces, at = [], 0
    for kept in _PICTURE.finditer(html):  # the author's own choice of forms
        pieces += [edit_tags(html[at : kept.start()], _IMAGE, edit), kept[0]]
        at = kept.end()
    return "".join([*pieces, edit_tags(html[at:], _IMAGE, edit)])


def _path_of(source: str) -> str:
    return (
        unquote(source.partition("?")[0].partition("#")[0]) if source.startswith("/media/") else ""
    )


def _write(picture: Picture, attributes: dict[str, str]) -> str:
    if not picture.file:
        alt = attributes.get("alt", "")
        return missing_image(alt, picture.path, find_wording(alt))
    attributes = attributes | {"src": quote(picture.file, safe=SAFE)}
    if picture.width and picture.height and not {"width", "height"} & attributes.keys():
        attributes |= {"width": str(picture.width), "height": str(picture.height)}
    image = write_tag("img", attributes)
    sources = "".join(
        _source(picture, coding, attributes) for coding in CODINGS if coding in picture.forms
    )
    return f"<picture>{sources}{image}</picture>" if sources else image


def _source(picture: Picture, coding: str, attributes: dict[str, str]) -> str:
    widths = [width for width, _ in picture.forms[coding]]
    files = (quote(form_path(picture.file, width, coding), safe=SAFE) for width in widths)
    listed = ", ".join(f"{file} {width}w" for file, width in zip(files, widths, strict=True))
    sizes = escape(attributes.get("sizes", SIZES))
    return f'<source type="image/{coding}" srcset="{listed}" sizes="{sizes}">'
