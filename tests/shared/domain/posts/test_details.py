"""What stands beside a text: checked, kept as a working copy, and shown once it is published."""

from datetime import timedelta

import pytest

from shared.domain.errors import Forbidden, Invalid
from shared.domain.posts import (
    Until,
    content_of,
    create_post,
    give_post,
    publish,
    restore_revision,
    save_post,
    schedule,
    set_end,
    unpublish,
)
from shared.domain.work import Work
from shared.models import Post, PostAuthor, Presentation
from shared.models.reading import Cover, Details, Summary, Where, list_public
from tests.cast import NOON, Cast, make_content, make_post, work_of

HOUR = timedelta(hours=1)
SAID = {
    "cover": "/media/2026/a.png",
    "cover_alt": "A table",
    "cover_x": 20,
    "cover_y": 80,
    "seo_title": "For engines",
    "seo_description": "Found",
    "social_title": "For friends",
    "social_description": "Shared",
    "social_image": "https://example.org/b.png",
    "canonical": "https://example.org/a/",
    "comments": "off",
    "template": "wide",
    "noindex": True,
}


def shown(work: Work, slug: str = "a-quiet-morning") -> Summary:
    [found] = list_public(work.session, Where(slug=slug), now=work.at, limit=1, html=True)
    return found


def test_details_reach_visitors_at_publication_and_not_before(work: Work) -> None:
    post = make_post(work)
    save_post(post, make_content(**SAID), version=None, work=work)
    assert (shown(work).cover, shown(work).details) == (None, Details())
    assert work.session.get(Presentation, post.id) is None
    publish(post, version=None, work=work)
    told = {name: value for name, value in SAID.items() if not name.startswith("cover")}
    assert shown(work).cover == Cover("/media/2026/a.png", "A table", 20, 80)
    assert shown(work).details == Details(**told)
    assert content_of(post) == make_content(**SAID, slug="a-quiet-morning")


def test_details_that_say_nothing_leave_no_row(work: Work) -> None:
    post = make_post(work, **SAID)
    save_post(post, make_content(comments="on"), version=None, work=work)
    publish(post, version=None, work=work)
    assert work.session.get(Presentation, post.id) is None
    assert shown(work).details == Details(comments="on")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cover", "media/a.png"),
        ("cover", "//example.org/a.png"),
        ("cover", "javascript:alert(1)"),
        ("social_image", "data:image/png;base64,"),
        ("cover_x", 101),
        ("cover_y", -1),
        ("cover_alt", "x" * 501),
        ("canonical", "/page/a/"),
        ("canonical", "https:///a"),
        ("canonical", "https://me:secret@example.org/"),
        ("canonical", "https://example.org/#part"),
        ("canonical", "https://[::1/"),
        ("comments", "maybe"),
        ("template", "wild"),
        ("seo_title", "x" * 201),
        ("coauthors", (99,)),
        ("coauthors", (5,)),
        ("translation_of", 99),
    ],
)
def test_details_that_are_not_allowed_are_named(work: Work, name: str, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        make_post(work, **{name: value})
    assert list(refused.value.errors) == [name]


def names(work: Work, slug: str) -> list[str]:
    return [label.name for label in shown(work, slug).authors]


def by(work: Work, author_id: int, limit: int = 10) -> list[str]:
    where = Where(author_id=author_id)
    return [item.slug for item in list_public(work.session, where, now=work.at, limit=limit)]


def test_authors_are_listed_in_order_and_each_has_the_post(work: Work, cast: Cast) -> None:
    cy, ben, ann = cast.cy.id, cast.ben.id, cast.ann.id
    make_post(work, slug="both", author_id=cy, coauthors=(ben, ann), at=NOON - HOUR)
    make_post(work, slug="own", author_id=cy)
    make_post(work, slug="old", author_id=ben, coauthors=(cy,), at=NOON - 2 * HOUR)
    assert names(work, "both") == ["Cy", "Ben", "Ann"]
    assert (by(work, cy), by(work, ben)) == (["own", "both", "old"], ["both", "old"])
    assert (by(work, ann), by(work, cy, 2)) == (["both"], ["own", "both"])


def test_authors_change_with_the_publication(work: Work, cast: Cast) -> None:
    post = make_post(work, slug="a", author_id=cast.cy.id, coauthors=(cast.ben.id, cast.ann.id))
    changed = make_content(slug="a", coauthors=(cast.ann.id,))
    save_post(post, changed, version=None, work=work)
    assert by(work, cast.ben.id) == ["a"]
    publish(post, version=None, work=work)
    assert (names(work, "a"), by(work, cast.ben.id)) == (["Cy", "Ann"], [])
    unpublish(post, version=None, work=work)
    assert work.session.get_one(PostAuthor, (post.id, cast.ann.id)).listed_at is None


def test_author_who_is_given_the_post_stands_there_once(work: Work, cast: Cast) -> None:
    post = make_post(work, slug="a", author_id=cast.cy.id, coauthors=(cast.ben.id, cast.ann.id))
    give_post(post, cast.ben.id, version=None, work=work)
    publish(post, version=None, at=NOON - HOUR, work=work)
    assert (names(work, "a"), by(work, cast.cy.id)) == (["Ben", "Ann"], [])


def test_only_who_edits_everybodys_names_further_authors(work: Work, cast: Cast) -> None:
    post = make_post(work, slug="a", author_id=cast.cy.id, coauthors=(cast.ben.id,))
    own = work_of(work.session, cast.cy)
    with pytest.raises(Invalid, match="further authors"):
        save_post(post, make_content(slug="a"), version=None, work=own)
    kept = make_content(slug="a", title="Other", coauthors=(cast.ben.id,))
    save_post(post, kept, version=None, work=own)
    save_post(post, make_content(slug="a"), version=None, work=work)
    restore_revision(post, 1, version=None, work=own)
    assert content_of(post).coauthors == ()


def group(work: Work, post: Post) -> int | None:
    row = work.session.get(Presentation, post.id)
    return row.translation_of if row else None


def test_translations_gather_at_the_one_that_they_began_with(work: Work) -> None:
    one, two, three, other = (make_post(work, slug=slug) for slug in ("a", "b", "c", "d"))

    def link(post: Post, to: Post | None) -> None:
        changed = make_content(slug=post.slug, translation_of=to.id if to else None)
        save_post(post, changed, version=None, work=work)
        publish(post, version=None, work=work)

    link(two, one)
    link(three, two)
    assert [group(work, post) for post in (one, two, three)] == [None, one.id, one.id]
    link(one, two)  # in a ring: it stays the one that they began with
    assert [group(work, post) for post in (one, two, three)] == [None, one.id, one.id]
    link(one, other)
    assert [group(work, post) for post in (one, two, three)] == [other.id] * 3
    link(two, None)
    assert [group(work, post) for post in (one, two, three)] == [other.id, None, other.id]
    with pytest.raises(Invalid):
        link(other, other)


def test_end_of_a_publication_is_set_with_it(work: Work) -> None:
    post = make_post(work, published=False)
    with pytest.raises(Invalid, match="after the publication"):
        publish(post, version=None, until=NOON, work=work)
    publish(post, version=None, until=NOON + HOUR, work=work)
    assert (post.expires_at, post.status(NOON + HOUR)) == (NOON + HOUR, "expired")
    version = post.version
    publish(post, version=None, until=NOON + HOUR, work=work)
    assert post.version == version
    publish(post, version=None, until=None, work=work)
    assert (post.expires_at, post.version) == (None, version + 1)


def test_end_is_kept_until_it_has_passed(work: Work, cast: Cast) -> None:
    post = make_post(work, published=False)
    schedule(post, NOON + HOUR, version=None, until=NOON + 3 * HOUR, work=work)
    schedule(post, NOON + 2 * HOUR, version=None, until=Until.KEPT, work=work)
    assert post.expires_at == NOON + 3 * HOUR
    later = work_of(work.session, cast.ben, NOON + 4 * HOUR)
    assert post.status(later.at) == "expired"
    publish(post, version=None, work=later)
    assert (post.expires_at, post.status(later.at)) == (None, "published")
    unpublish(post, version=None, work=work)
    with pytest.raises(Invalid, match="after the publication"):
        schedule(post, NOON + HOUR, version=None, until=NOON + HOUR, work=work)


def test_end_alone_leaves_changes_unpublished(work: Work, cast: Cast) -> None:
    post = make_post(work)
    save_post(post, make_content(title="Other"), version=None, work=work)
    set_end(post, NOON + HOUR, version=post.version, work=work)
    assert (post.expires_at, post.title) == (NOON + HOUR, "A quiet morning")
    with pytest.raises(Forbidden):
        set_end(post, None, version=None, work=work_of(work.session, cast.con))
    set_end(post, None, version=None, work=work)
    assert post.expires_at is None


def test_translation_is_of_what_one_may_read(work: Work, cast: Cast) -> None:
    con = work_of(work.session, cast.con)
    secret, public = make_post(work, published=False, title="Secret"), make_post(work, title="Told")
    with pytest.raises(Invalid) as refused:
        create_post(make_content(title="Mine", translation_of=secret.id), work=con)
    assert list(refused.value.errors) == ["translation_of"]
    made = create_post(make_content(title="Mine", translation_of=public.id), work=con)
    assert content_of(made).translation_of == public.id
