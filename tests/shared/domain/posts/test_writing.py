"""Every save is a revision and never changes what visitors see."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from shared.domain.posts import (
    content_of,
    create_post,
    discard_changes,
    get_post,
    get_revision,
    publish,
    restore_revision,
    save_post,
    trash,
)
from shared.domain.work import Work
from shared.models import Post, Revision, Tag
from tests.cast import NOON, Cast, make_content, make_post, work_of


def revisions(post: Post, work: Work) -> list[tuple[int, str, str]]:
    rows = select(Revision).where(Revision.post_id == post.id).order_by(Revision.number)
    return [(item.number, item.origin, item.title) for item in work.session.scalars(rows)]


def test_create_makes_a_draft_with_a_slug_of_its_title(work: Work) -> None:
    post = create_post(make_content(title="flask学习 Notes!"), work=work)
    assert (post.slug, post.status(NOON), post.author_id) == (
        "flask学习-notes",
        "draft",
        work.actor.user_id,
    )
    assert revisions(post, work) == [(1, "create", "flask学习 Notes!")]


def test_create_twice_with_one_title_numbers_the_slug(work: Work) -> None:
    slugs = [create_post(make_content(), work=work).slug for _ in range(3)]
    assert slugs == ["a-quiet-morning", "a-quiet-morning-2", "a-quiet-morning-3"]


def test_post_and_page_may_share_a_slug(work: Work) -> None:
    kinds = [
        create_post(make_content(slug="news"), kind=kind, work=work) for kind in ("post", "page")
    ]
    assert [item.slug for item in kinds] == ["news", "news"]


@pytest.mark.parametrize(
    ("over", "field", "message"),
    [
        ({"title": "  "}, "title", "Give a title."),
        ({"title": "x" * 201}, "title", "Give at most 200 characters."),
        ({"summary": "x" * 501}, "summary", "Give at most 500 characters."),
        ({"language": "english!"}, "language", "Give a language tag such as en or zh-Hans."),
        ({"categories": (77,)}, "categories", "There is no category 77."),
        ({"tags": ("x" * 101,)}, "tags", "Give at most 50 tags of at most 100 characters."),
    ],
)
def test_create_with_a_bad_field_names_it(
    work: Work, over: dict[str, object], field: str, message: str
) -> None:
    with pytest.raises(Invalid) as caught:
        create_post(make_content(**over), work=work)
    assert caught.value.errors == {field: message}


def test_create_with_a_taken_slug_is_refused(work: Work) -> None:
    make_post(work, slug="here")
    with pytest.raises(Invalid) as caught:
        create_post(make_content(slug="here"), work=work)
    assert caught.value.errors == {"slug": "“here” is taken by another post."}


@pytest.mark.parametrize("slug", ["admin", "api", "page", "list/x", "feed.xml", "healthz"])
def test_page_with_a_reserved_first_segment_is_refused(work: Work, slug: str) -> None:
    with pytest.raises(Invalid) as caught:
        create_post(make_content(slug=slug), kind="page", work=work)
    assert list(caught.value.errors) == ["slug"]


def test_saving_a_live_post_changes_nothing_that_visitors_see(work: Work) -> None:
    post = make_post(work, tags=("one",))
    before = (post.title, post.html, post.slug, [tag.name for tag in post.tags])
    save_post(post, make_content(title="Other", body="New", tags=("two",)), version=2, work=work)
    assert (post.title, post.html, post.slug, [tag.name for tag in post.tags]) == before
    assert content_of(post).title == "Other"
    assert content_of(post, live=True).title == "A quiet morning"


def test_saving_a_draft_shows_it_in_lists_under_its_new_title(work: Work) -> None:
    post = make_post(work, published=False)
    save_post(post, make_content(title="Other", slug="other", tags=("one",)), version=1, work=work)
    assert (post.title, post.slug, [tag.name for tag in post.tags]) == ("Other", "other", ["one"])


def test_saving_a_stale_version_is_refused_and_keeps_both_texts(work: Work) -> None:
    post = make_post(work, published=False)
    save_post(post, make_content(body="first"), version=1, work=work)
    with pytest.raises(Stale) as caught:
        save_post(post, make_content(body="second"), version=1, work=work)
    assert (caught.value.given, caught.value.current) == (1, 2)
    assert content_of(post).body == "first"


def test_two_units_of_work_on_one_version_let_only_one_through(
    session: Session, work: Work
) -> None:
    post = make_post(work, published=False)
    session.commit()
    session.execute(
        Post.__table__.update()
        .where(Post.id == post.id)
        .values(version=7)  # another process was first
    )
    with pytest.raises(Conflict, match="changed by someone else"):
        save_post(post, make_content(body="mine"), version=1, work=work)


def test_autosaves_of_one_hand_within_five_minutes_coalesce(work: Work, cast: Cast) -> None:
    post = make_post(work, published=False)
    session = work.session
    for minutes, who in ((0, cast.ben), (4, cast.ben), (6, cast.ben), (7, cast.ann)):
        later = work_of(session, who, NOON + timedelta(minutes=minutes))
        save_post(
            post, make_content(title=f"At {minutes}"), version=None, autosave=True, work=later
        )
    assert revisions(post, work) == [
        (1, "create", "A quiet morning"),
        (2, "autosave", "At 4"),
        (3, "autosave", "At 6"),
        (4, "autosave", "At 7"),
    ]


def test_autosave_never_writes_into_the_live_revision(work: Work) -> None:
    post = make_post(work, published=False)
    save_post(post, make_content(title="Auto"), version=None, autosave=True, work=work)
    publish(post, version=None, work=work)
    save_post(post, make_content(title="Later"), version=None, autosave=True, work=work)
    assert content_of(post, live=True).title == "Auto"


def test_restored_revision_becomes_the_working_copy(work: Work) -> None:
    post = make_post(work, published=False, title="First", body="one")
    save_post(post, make_content(title="Second", body="two"), version=1, work=work)
    restore_revision(post, 1, version=2, work=work)
    assert (content_of(post).title, content_of(post).body) == ("First", "one")
    assert revisions(post, work)[-1] == (3, "save", "First")
    assert get_revision(work.session, post, 3).note == "Restored from revision 1"


def test_unknown_revision_is_not_found(work: Work) -> None:
    post = make_post(work)
    with pytest.raises(NotFound, match="no revision 9"):
        restore_revision(post, 9, version=None, work=work)


def test_discarded_changes_leave_the_live_version_and_the_history(work: Work) -> None:
    post = make_post(work)
    save_post(post, make_content(title="Other"), version=2, work=work)
    discard_changes(post, version=3, work=work)
    assert (content_of(post).title, len(revisions(post, work))) == ("A quiet morning", 2)
    with pytest.raises(Conflict, match="no unpublished changes"):
        discard_changes(post, version=4, work=work)


def test_saving_in_the_trash_is_refused(work: Work) -> None:
    post = make_post(work)
    trash(post, work=work)
    with pytest.raises(Conflict, match="trash"):
        save_post(post, make_content(), version=None, work=work)


def test_contributor_edits_own_drafts_only(work: Work, cast: Cast) -> None:
    con = work_of(work.session, cast.con)
    own = make_post(con, published=False)
    save_post(own, make_content(body="mine"), version=1, work=con)
    publish(own, version=2, work=work)
    others = make_post(work, published=False)
    for post in (own, others):
        with pytest.raises(Forbidden, match="posts:edit"):
            save_post(post, make_content(body="again"), version=None, work=con)


def test_reader_writes_nothing(work: Work, cast: Cast) -> None:
    with pytest.raises(Forbidden, match="posts:create"):
        create_post(make_content(), work=work_of(work.session, cast.dee))


def test_author_writes_for_nobody_else(work: Work, cast: Cast) -> None:
    with pytest.raises(Forbidden, match="posts:edit"):
        create_post(make_content(), author_id=cast.ann.id, work=work_of(work.session, cast.cy))


def test_tags_meet_by_slug_whatever_their_case(work: Work) -> None:
    make_post(work, tags=("Flask", "实习"))
    make_post(work, tags=("flask", "FLASK", "实习"))
    names = work.session.scalars(select(Tag.name).order_by(Tag.slug)).all()
    assert names == ["Flask", "实习"]


def test_content_survives_byte_for_byte(work: Work) -> None:
    body = "𠮷野家 — “quotes”\n\n```\ttabs\n\\ back\n```\n\u200d emoji 👩‍💻"
    post = make_post(work, body=body)
    work.session.commit()
    work.session.expire_all()
    assert content_of(get_post(work.session, post.id)).body == body


def test_control_characters_are_not_kept(work: Work) -> None:
    post = make_post(work, title="a\0b", body="x\0\r\ny", byline="\x1bme", tags=("t\0g",))
    assert (post.title, post.body, post.byline, [tag.name for tag in post.tags]) == (
        "a b",
        "x\ny",
        "me",
        ["t g"],
    )
