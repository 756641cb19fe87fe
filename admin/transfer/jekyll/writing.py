"""Writing one entry by the domain's verbs; a failure undoes that entry and no other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from sqlalchemy import func, or_, select

from admin.transfer.jekyll import ours
from admin.transfer.jekyll.contents import digest_of, make_content, marked, state_of
from admin.transfer.jekyll.plan import Item, addresses, mark_of
from admin.transfer.jekyll.targets import Site
from shared.domain.errors import DomainError
from shared.domain.posts import (
    Content,
    Until,
    content_of,
    create_post,
    publish,
    save_post,
    schedule,
    unpublish,
)
from shared.domain.redirects import find_redirect, post_path, save_redirect
from shared.domain.taxonomy import ensure_category
from shared.domain.work import Work
from shared.models import Category, Post, Redirect, User

NOTE = "Imported again"


@dataclass
class Writer:
    """Writes entries one after the other and counts what became of them."""

    site: Site
    work: Work
    default_author: int | None = None

    def write(self, item: Item, body: str) -> None:
        """Create or update the post of an entry and the redirects to it."""
        report, path = self.site.report, item.entry.path
        try:
            with self.work.session.begin_nested():
                outcome = self._write(item, body)
        except DomainError as error:
            report.skip(path, error.message)
            return
        report.counts[outcome] += 1
        if outcome == "skipped":
            return
        if item.entry.draft:
            report.counts["drafts"] += 1
        elif item.entry.at and item.entry.at > self.work.at:
            report.counts["scheduled"] += 1

    def _write(self, item: Item, body: str) -> str:
        author, coauthors, byline = self._author(item.entry.authors)
        if self.site.config.is_ours:
            byline = str(item.entry.front.get("byline") or byline)
        categories = tuple(self._category(name) for name in item.entry.categories)
        plain = make_content(item, body, categories, byline, guess=not self.site.config.is_ours)
        plain = replace(plain, coauthors=coauthors)
        if self.site.config.is_ours:
            plain = self._with_details(plain, item)
        content = marked(plain, item)
        if item.post is None:
            item.post = create_post(content, kind=item.entry.kind, author_id=author, work=self.work)
            self._show(item.post, item)
            self._redirect(item)
            return "created"
        return self._update(item.post, item, content)

    def _update(self, post: Post, item: Item, content: Content) -> str:
        mark, report = mark_of(post), self.site.report
        if (mark.get("digest"), mark.get("date")) == (digest_of(content), state_of(item.entry)):
            self._redirect(item)
            return "unchanged"
        if post.trashed_at is not None:
            report.add("kept", item.entry.path, f"“{post.title}” is in the trash")
            return "skipped"
        if digest_of(content_of(post)) != mark.get("digest") or self._moved(post, mark):
            report.add("kept", item.entry.path, f"“{post.title}” at {post_path(post)}")
            return "skipped"
        at = item.entry.at
        if post.published_at and (item.entry.draft or (at and at > self.work.at)):
            unpublish(post, version=None, work=self.work)
        save_post(post, content, version=None, note=NOTE, work=self.work)
        self._show(post, item)
        self._redirect(item)
        return "updated"

    def _moved(self, post: Post, mark: dict[str, object]) -> bool:
        """Tell whether someone published, unpublished or dated the post here."""
        if not mark.get("date"):
            return post.published_at is None
        at = post.published_at
        return (at.timestamp() if at else None) != _timestamp(str(mark["date"]))

    def _show(self, post: Post, item: Item) -> None:
        """Publish as of the entry's date, schedule, or leave a draft."""
        at, is_ours = item.entry.at, self.site.config.is_ours
        if item.entry.draft:
            return
        until = ours.ends_at(item.entry.front, self.work.at) if is_ours else Until.KEPT
        if at is not None and at > self.work.at:
            schedule(post, at, version=None, until=until, work=self.work)
        else:
            publish(post, version=None, at=at or post.published_at, until=until, work=self.work)
        if at is not None and post.live is not None:
            # What visitors read was written then; feeds would else call every old post new.
            post.live.created_at = post.live.updated_at = min(at, self.work.at)
            if self.site.config.is_ours:
                post.live.updated_at = ours.written_at(item.entry.front) or post.live.updated_at
            self.work.flush()

    def _category(self, name: str) -> int:
        """Return the id of a category, by its path where the archive is one of ours."""
        if self.site.config.is_ours:
            path = self.work.session.scalar(select(Category.id).where(Category.path == name))
            return path or ensure_category(name.split("/"), work=self.work).id
        return ensure_category([name], work=self.work).id

    def _with_details(self, content: Content, item: Item) -> Content:
        """Return the content with what an archive of ours says beside the text."""
        front = item.entry.front
        given = front.get("coauthors")
        names = [str(name) for name in given] if isinstance(given, list) else []
        people = [(name, self._account(name)) for name in names]
        for name, number in people:
            if number is None:
                self.site.report.add("authors", item.entry.path, f"{name} has no account here")
        coauthors = tuple(number for _, number in people if number is not None)
        begun = self._find_begun(front, item)
        details = ours.details_of(front)
        return replace(content, coauthors=coauthors, translation_of=begun, **details).tidied()

    def _find_begun(self, front: Mapping[str, Any], item: Item) -> int | None:
        """Return the id of the post that a translation names by its address."""
        if not ours.is_translation(front):
            return None
        address = str(front["translation_of"])
        slug = address.removeprefix("/page/").strip("/")
        for other in self.site.plan.items:
            same = (other.entry.kind, other.entry.name) == (item.entry.kind, unquote(slug))
            if same and other.post is not None:
                return other.post.id
        self.site.report.add("translations", item.entry.path, f"{address} is not here")
        return None

    def _author(self, names: tuple[str, ...]) -> tuple[int | None, tuple[int, ...], str]:
        """Return the accounts of known authors, else everyone's names as a byline."""
        if not names:
            return self.default_author, (), ""
        known = [self._account(name) for name in names]
        found = [number for number in known if number is not None]
        if len(found) == len(names):
            return found[0], tuple(found[1:]), ""
        return None, (), ", ".join(names)[:200]

    def _account(self, name: str) -> int | None:
        """Return the account that goes by a name, a slug or an address."""
        name = name.casefold()
        same = or_(User.slug == name, func.lower(User.name) == name, User.email == name)
        return self.work.session.scalar(select(User.id).where(same).order_by(User.id).limit(1))

    def _redirect(self, item: Item) -> None:
        """Lead every old address of the entry to its post."""
        for path in dict.fromkeys(addresses(item.entry, self.site.config)):
            if item.post is None or path.rstrip("/") == post_path(item.post).rstrip("/"):
                continue
            known = find_redirect(self.work.session, path)
            if known is not None and known.path == path:
                if known.post_id != item.post.id:
                    self._tell(item, f"{path} leads elsewhere already")
                continue
            redirect = Redirect(path=path, post_id=item.post.id, status=301, origin="import")
            try:
                save_redirect(redirect, work=self.work)
            except DomainError as error:
                self._tell(item, f"{path}: {error.message}")
            else:
                self.site.report.counts["redirects"] += 1

    def _tell(self, item: Item, text: str) -> None:
        self.site.report.add("redirects", item.entry.path, text)


def _timestamp(date: str) -> float | None:
    return None if date == "draft" else datetime.fromisoformat(date).timestamp()
