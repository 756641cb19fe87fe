"""Rules: what people do to posts and pages."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from shared.domain.posts import (
    content_of,
    create_post,
    discard_changes,
    publish,
    restore,
    restore_revision,
    save_post,
    schedule,
    trash,
    unpublish,
)
from shared.domain.posts.giving import give_post
from shared.models import Category, Post, User
from tests.cast import make_content
from tests.frontend.pagestore.property.picking import HOURS, PLACES, SLUGS, TAGS, WORDS, pick
from tests.frontend.pagestore.property.world import World

VERBS = {"discard": discard_changes, "restore": restore, "trash": trash, "unpublish": unpublish}
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": WORDS,
        "slug": SLUGS,
        "body": st.sampled_from(
            ["A quiet *change*.", "# One\n\n实习 [x](/page/one/) [](post:1)", ""]
        ),
        "summary": WORDS,
        "byline": st.sampled_from(["", "A guest"]),
        "language": st.sampled_from(["", "zh-Hans"]),
        "tags": TAGS.map(sorted).map(tuple),
        "coauthors": st.sampled_from([(), (1,), (3, 2)]),
        "cover": st.sampled_from(["", "/media/a.png"]),
        "seo_title": WORDS,
        "template": st.sampled_from(["", "wide", "undated"]),
        "noindex": st.booleans(),
        "translation_of": st.none() | st.integers(1, 4),
    },
)


class Writing:
    """Edits, drafts, publication and the trash."""

    world: World

    @rule(fields=FIELDS, kind=st.sampled_from(["post", "page"]), hours=HOURS, category=PLACES)
    def write(self, fields: dict[str, Any], kind: str, hours: int, category: int) -> None:
        with self.world.work() as work:
            chosen = pick(work.session, Category, category)
            filed = (chosen.id,) if chosen and category % 2 else ()
            content = make_content(**{"slug": "new"} | fields, categories=filed)
            post = create_post(content, kind=kind, author_id=1 + category % 3, work=work)
            self._show(post, hours, work)

    @rule(place=PLACES, fields=FIELDS, hours=HOURS, is_shown=st.booleans())
    def edit(self, place: int, fields: dict[str, Any], hours: int, *, is_shown: bool) -> None:
        with self.world.work() as work:
            post = pick(work.session, Post, place)
            save_post(post, replace(content_of(post), **fields), version=None, work=work)
            if is_shown:
                self._show(post, 0 if post.is_public(work.at) else hours, work)

    @rule(place=PLACES, fields=FIELDS)
    def autosave(self, place: int, fields: dict[str, Any]) -> None:
        with self.world.work() as work:
            post = pick(work.session, Post, place)
            content = replace(content_of(post), **fields)
            save_post(post, content, version=None, autosave=True, work=work)

    @rule(place=PLACES, hours=HOURS)
    def show(self, place: int, hours: int) -> None:
        with self.world.work() as work:
            self._show(pick(work.session, Post, place), hours, work)

    @rule(place=PLACES, verb=st.sampled_from(sorted(VERBS)))
    def apply(self, place: int, verb: str) -> None:
        with self.world.work() as work:
            VERBS[verb](pick(work.session, Post, place), version=None, work=work)

    @rule(place=PLACES, number=st.integers(1, 3))
    def undo(self, place: int, number: int) -> None:
        with self.world.work() as work:
            post = pick(work.session, Post, place)
            restore_revision(post, number, version=None, work=work)
            publish(post, version=None, work=work)

    @rule(place=PLACES, author=PLACES)
    def give(self, place: int, author: int) -> None:
        with self.world.work() as work:
            user = pick(work.session, User, author)
            give_post(pick(work.session, Post, place), user.id, version=None, work=work)

    @rule(place=PLACES, hours=st.none() | HOURS)
    def let_expire(self, place: int, hours: int | None) -> None:
        with self.world.work() as work:
            at = None if hours is None else work.at + timedelta(hours=hours)
            pick(work.session, Post, place).expires_at = at

    def _show(self, post: Post, hours: int, work: Any) -> None:
        """Publish as of then, or schedule."""
        at = work.at + timedelta(hours=hours)
        if hours > 0:
            schedule(post, at, version=None, work=work)
        else:
            publish(post, version=None, at=at if hours else None, work=work)
