"""One post as a Markdown file: front matter as Jekyll has it, and the text as it was written."""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from admin.transfer.export.rows import Version
from shared.content import frontmatter
from shared.domain.posts import Content
from shared.domain.posts.details import PRESENTED
from shared.domain.redirects import post_path

# The fields of a content that go out under their own names, where they say something.
DETAILS: Final = (*(name for name in PRESENTED if name != "translation_of"), "comments")
FIELDS: Final = (
    *("title", "slug", "permalink", "date", "updated", "expires", "status", "published"),
    *("author", "byline", "description", "lang", "tags", "categories", "redirect_from", "meta"),
    *("coauthors", "translation_of", *DETAILS),
)
# What an importer takes for one of the fields; where `meta` has it, it goes out below `meta`.
TAKEN: Final = {*FIELDS, "authors", "category", "excerpt", "language", "locale", "tag"}


def write_document(version: Version, zone: ZoneInfo, now: datetime) -> str:
    """Return the file of one version; its dates are those of the site's zone."""
    return frontmatter.dump(front_matter(version, zone, now), version.content.body)


def front_matter(version: Version, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """Return the fields that have a value, in the order of FIELDS; then what `meta` keeps."""
    content, status = version.content, version.post.status(now)
    fields = {
        "title": content.title,
        "slug": content.slug,
        "permalink": post_path(version.post) if version.kind == "page" else None,
        "date": _local(version.published_at, zone),
        "updated": _local(version.updated_at, zone),
        "expires": _local(version.expires_at, zone),
        "status": status,
        "published": None if status in {"published", "scheduled"} else False,
        "author": version.author,
        "byline": content.byline,
        "description": content.summary,
        "lang": content.language,
        "tags": list(content.tags),
        "categories": list(version.categories),
        "redirect_from": list(version.redirects),
        "coauthors": list(version.coauthors),
        "translation_of": version.translation_of,
    }
    usual = Content(title="")
    told = {name: getattr(content, name) for name in DETAILS}
    fields |= {name: value for name, value in told.items() if value != getattr(usual, name)}
    kept = {key: value for key, value in content.meta.items() if key != "import"}
    clashing = {key: value for key, value in kept.items() if key in TAKEN}
    plain = {key: value for key, value in kept.items() if key not in TAKEN}
    given = {key: value for key, value in fields.items() if value not in (None, "", [])}
    return given | ({"meta": clashing} if clashing else {}) | plain


def folder_and_name(version: Version, zone: ZoneInfo) -> tuple[str, str]:
    """Return where the file lies: posts with the date in front, as Jekyll wants it."""
    slug, at = version.content.slug, version.published_at
    if version.working:
        return "working", slug if version.kind == "page" else f"{_day(at, zone)}{_flat(slug)}"
    if version.kind == "page":
        return "pages", slug
    return ("_drafts", _flat(slug)) if at is None else ("_posts", f"{_day(at, zone)}{_flat(slug)}")


def _day(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d}-" if at else ""


def _flat(slug: str) -> str:
    return slug.replace("/", "-")


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone) if at else None
