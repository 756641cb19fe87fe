"""Rules: tags, categories, people, settings and redirects."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import text

from shared.domain.merging import merge_categories, merge_tags
from shared.domain.redirects import delete_redirect, save_redirect
from shared.domain.site import load_site, save_site
from shared.domain.taxonomy import delete_category, delete_tag, save_category, save_tag
from shared.domain.undo import Merge, offer_undo, remember, take_back
from shared.domain.users import disable_user, enable_user, save_user
from shared.models import Category, Post, Redirect, Tag, User
from shared.saying import say
from tests.frontend.pagestore.property.picking import PLACES, WORDS, pick
from tests.frontend.pagestore.property.world import World

REPOINT = "UPDATE post_tag SET tag_id = :into WHERE tag_id = :tag AND post_id NOT IN"
NAMES = {"name": WORDS, "description": st.sampled_from(["", "Words about it"])}
TAG = st.fixed_dictionaries({}, optional=NAMES | {"slug": st.sampled_from(["oak", "elm", "new"])})
CATEGORY = st.fixed_dictionaries(
    {}, optional=NAMES | {"slug": st.sampled_from(["crafts", "joinery", "works"])}
)
PERSON = st.fixed_dictionaries(
    {}, optional={"name": WORDS, "slug": st.sampled_from(["ann", "zed"]), "bio": WORDS}
)
SITE = st.fixed_dictionaries(
    {},
    optional={
        "title": WORDS,
        "tagline": WORDS,
        "description": WORDS,
        "language": st.sampled_from(["en", "zh-Hans", "de"]),
        "timezone": st.sampled_from(["UTC", "Asia/Shanghai", "America/Anchorage"]),
        "posts_per_page": st.sampled_from([1, 2, 10]),
    },
)
PATHS = st.sampled_from(["/old/", "/nope/", "/page/new/", "/page/brought/", "/new/"])
TARGETS = st.sampled_from(["/page/two/", "/list/?page=1", "https://example.org/x", ""])


def put(thing: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)


class Naming:
    """Everything that stands around posts."""

    world: World

    @rule(place=PLACES, values=TAG)
    def rename_tag(self, place: int, values: dict[str, Any]) -> None:
        with self.world.work() as work:
            if tag := pick(work.session, Tag, place):
                put(tag, values)
                save_tag(tag, work=work)

    @rule(place=PLACES, into=PLACES)
    def merge_tags(self, place: int, into: int) -> None:
        with self.world.work() as work:
            tag, other = pick(work.session, Tag, place), pick(work.session, Tag, into)
            if tag is not other:
                there = "(SELECT post_id FROM post_tag WHERE tag_id = :into)"
                both = {"tag": tag.id, "into": other.id}
                work.session.execute(text(f"{REPOINT} {there}"), both)
                work.session.execute(text("DELETE FROM tag WHERE id = :tag"), both)

    @rule(place=PLACES, into=PLACES, model=st.sampled_from([Tag, Category]), undone=st.booleans())
    def merge_by_verbs(self, place: int, into: int, model: Any, *, undone: bool) -> None:
        offer = None
        with self.world.work() as work:
            source, other = pick(work.session, model, place), pick(work.session, model, into)
            if source is None:
                return
            before = [remember(Merge([source], other), work=work)]
            verb = merge_tags if model is Tag else merge_categories
            verb([source], other, work=work)
            offer = offer_undo(work, say("Merged"), before)
        if offer and undone:
            with self.world.work() as work:
                take_back(offer.id, work=work)

    @rule(place=PLACES)
    def remove_tag(self, place: int) -> None:
        with self.world.work() as work:
            if tag := pick(work.session, Tag, place):
                delete_tag(tag, work=work)

    @rule(place=PLACES, parent=st.none() | PLACES, values=CATEGORY)
    def move_category(self, place: int, parent: int | None, values: dict[str, Any]) -> None:
        with self.world.work() as work:
            if category := pick(work.session, Category, place):
                with work.session.no_autoflush:
                    above = None if parent is None else pick(work.session, Category, parent)
                    put(category, {"parent": above} | values)
                    save_category(category, work=work)

    @rule(parent=st.none() | PLACES, values=CATEGORY)
    def add_category(self, parent: int | None, values: dict[str, Any]) -> None:
        with self.world.work() as work:
            above = None if parent is None else pick(work.session, Category, parent)
            save_category(Category(**{"name": "Works"} | values, parent=above), work=work)

    @rule(place=PLACES)
    def remove_category(self, place: int) -> None:
        with self.world.work() as work:
            if category := pick(work.session, Category, place):
                delete_category(category, work=work)

    @rule(place=PLACES, values=PERSON)
    def rename_person(self, place: int, values: dict[str, Any]) -> None:
        with self.world.work() as work:
            user = pick(work.session, User, place)
            put(user, values)
            save_user(user, work=work)

    @rule(place=PLACES)
    def shut_out_or_let_in(self, place: int) -> None:
        with self.world.work() as work:
            user = pick(work.session, User, place)
            (disable_user if user.disabled_at is None else enable_user)(user, work=work)

    @rule(values=SITE)
    def settle(self, values: dict[str, Any]) -> None:
        with self.world.work() as work:
            save_site(replace(load_site(work.session), **values), work=work)

    @rule(path=PATHS, leads=TARGETS, place=PLACES, status=st.sampled_from([301, 302, 410]))
    def add_redirect(self, path: str, leads: str, place: int, status: int) -> None:
        with self.world.work() as work:
            post_id = None if leads else pick(work.session, Post, place).id
            redirect = Redirect(path=path, target=leads, post_id=post_id, status=status)
            save_redirect(redirect, work=work)

    @rule(place=PLACES, leads=TARGETS, status=st.sampled_from([301, 302, 410]))
    def change_redirect(self, place: int, leads: str, status: int) -> None:
        with self.world.work() as work:
            if redirect := pick(work.session, Redirect, place):
                put(redirect, {"target": leads, "status": status})
                save_redirect(redirect, work=work)

    @rule(place=PLACES)
    def remove_redirect(self, place: int) -> None:
        with self.world.work() as work:
            if redirect := pick(work.session, Redirect, place):
                delete_redirect(redirect, work=work)
