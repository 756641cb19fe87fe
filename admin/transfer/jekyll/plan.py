"""What an import is going to do, known before anything is written: who goes where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from admin.transfer.jekyll.config import Config
from admin.transfer.jekyll.entries import Entry
from admin.transfer.jekyll.permalinks import same_page
from admin.transfer.report import Report
from shared.content.slugs import MAX_BYTES, SlugError, check_slug, numbered, slugify
from shared.domain.posts import find_post
from shared.domain.redirects import post_path
from shared.models import Post
from shared.urls import RESERVED, SITE_SEGMENTS

NONE: frozenset[str] = frozenset()


@dataclass
class Item:
    """An entry, the slug that it gets, and the post that an earlier import made of it."""

    entry: Entry
    slug: str
    post: Post | None

    @property
    def path(self) -> str:
        """The path of the new page, not percent-encoded."""
        return post_path(Post(kind=self.entry.kind, slug=self.slug))


@dataclass
class Plan:
    """Every entry with its place, to be found by its file and by its old address."""

    items: list[Item] = field(default_factory=list)
    by_file: dict[str, Item] = field(default_factory=dict)
    by_address: dict[str, Item] = field(default_factory=dict)

    def add(self, item: Item, config: Config) -> None:
        """Take an entry in; of two with one old address the first keeps it."""
        self.items.append(item)
        self.by_file[item.entry.path] = item
        for address in addresses(item.entry, config):
            self.by_address.setdefault(same_page(address), item)

    def find_post_file(self, name: str) -> Item | None:
        """Return the post that `{% post_url %}` names: its file's path without ending."""
        wanted = name.strip("/")
        for path, item in self.by_file.items():
            stem = str(PurePosixPath(path).with_suffix(""))
            if stem.endswith(f"/{wanted}") or stem == wanted:
                return item
        return None


def addresses(entry: Entry, config: Config) -> Iterator[str]:
    """Yield every old path of an entry, with and without the folder that the old site lay in."""
    for address in (entry.address, *entry.others):
        path = "/" + address.split("#")[0].split("?")[0].strip().lstrip("/")
        if address.strip("/ "):
            yield path
            if config.base and not path.startswith(f"{config.base}/"):
                yield config.base + path


def make_plan(
    entries: Iterable[Entry], config: Config, *, session: Session, report: Report
) -> Plan:
    """Give every entry a slug of its own: the one of an earlier import, else a new one."""
    plan, known = Plan(), imported_posts(session)
    given: set[tuple[str, str]] = set()
    waiting = []
    for entry in entries:
        post = known.get(entry.source)
        if post is None:
            waiting.append(entry)
            continue
        slug = str(mark_of(post).get("slug") or post.slug)
        given.add((entry.kind, slug))
        plan.add(Item(entry, slug, post), config)
    for entry in waiting:
        wished = entry.name if config.is_ours and can_stand(entry) else wished_slug(entry)

        def taken(slug: str, kind: str = entry.kind) -> bool:
            reserved = kind == "page" and slug.split("/", maxsplit=1)[0] in RESERVED | SITE_SEGMENTS
            stands = find_post(session, kind=kind, slug=slug) is not None
            return reserved or stands or (kind, slug) in given

        slug = numbered(wished, taken)
        if slug != wished:
            report.add("renamed", entry.path, f"{wished} is taken: came in as {slug}")
        given.add((entry.kind, slug))
        plan.add(Item(entry, slug, None), config)
    plan.items.sort(key=lambda item: item.entry.path)
    return plan


def can_stand(entry: Entry) -> bool:
    """Tell whether the slug that a file names can be kept to the letter."""
    page = entry.kind == "page"
    try:
        check_slug(entry.name, nested=page, reserved=RESERVED | SITE_SEGMENTS if page else NONE)
    except SlugError:
        return False
    return True


def wished_slug(entry: Entry) -> str:
    """Return the slug of a post's file name, or the old path of a page where that can stand."""
    if entry.kind == "page":
        path = same_page(entry.address).strip("/").lower()
        try:
            check_slug(path, nested=True, reserved=RESERVED | SITE_SEGMENTS)
        except SlugError:
            return slugify(entry.name, limit=MAX_BYTES) or "page"
        return path
    return slugify(entry.name, limit=MAX_BYTES) or slugify(entry.title) or entry.kind


def imported_posts(session: Session) -> dict[str, Post]:
    """Return the posts that imports made, by the key of their source."""
    rows = (
        select(Post)
        .where(Post.meta["import"]["source"].as_string().is_not(None))
        .options(selectinload(Post.live), selectinload(Post.working))
        .order_by(Post.id.desc())
    )
    return {str(mark_of(post).get("source")): post for post in session.scalars(rows)}


def mark_of(post: Post) -> dict[str, object]:
    """Return what the import noted in a post's front matter."""
    mark = (post.meta or {}).get("import")
    return mark if isinstance(mark, dict) else {}
