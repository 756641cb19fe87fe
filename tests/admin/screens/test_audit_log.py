"""The audit log at length: grouped by day, filtered by index, with links to what is there."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert

from shared.domain import posts
from shared.domain.taxonomy import delete_tag, save_tag
from shared.domain.trash import list_trash, purge_trashed
from shared.models import AuditEvent, Tag
from tests.admin.content import write
from tests.admin.counting import explained
from tests.admin.lists import read_list
from tests.admin.media_files import put
from tests.cast import NOON, work_of

LONG = 4_000
CEILING = 8
KINDS = ("post", "post", "post", "media", "user", "tag")


@pytest.fixture
def long(runtime):
    """Four thousand events of some months."""

    def row(n):
        return {
            "at": NOON - timedelta(minutes=48 * n),
            "actor_kind": "system" if n % 9 == 0 else "user",
            "actor_id": None if n % 9 == 0 else n % 3 + 1,
            "actor_name": f"Person {n % 3 + 1}",
            "action": "user.signed_in" if n % 50 == 0 else "post.saved",
            "object_kind": KINDS[n % len(KINDS)],
            "object_id": n % 40 + 1,
            "object_label": f"Thing {n % 40 + 1}",
            "data": {},
        }

    with runtime.database.writing() as session:
        session.execute(insert(AuditEvent), [row(n) for n in range(LONG)])
        session.commit()
    return runtime


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?sort=at",
        "?kind=post",
        "?kind=tag",
        "?actor=user:2",
        "?actor=system",
        "?action=post.saved",
        "?action=user.signed_in",
        "?object=post:12",
        "?at=2026-02-20..2026-02-28",
        "?kind=post&actor=user:1&at=2026-01-20..2026-02-28",
        "?action=post.saved&kind=post&actor=user:1",
    ],
)
def test_long_log_is_never_read_from_end_to_end(as_, long, query):
    ann = as_("Ann")
    with explained(long) as statements:
        answer = ann.get(f"/audit/{query}")
    with long.database.reading() as session:
        found = [
            line.detail
            for text, values in statements
            if "FROM audit_event" in text
            for line in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
        ]

    assert answer.status == 200
    assert len(statements) <= CEILING
    assert [line for line in found if re.match(r"SCAN audit_event(?! USING)", line)] == []
    assert [line for line in found if "USE TEMP B-TREE" in line and not few(query)] == []


def few(query):
    """Tell whether so few rows are meant that they are found first and sorted then."""
    return any(part in query for part in ("tag", "signed_in", ":12", "system", "..", "&"))


def headings(html):
    return re.findall(r'<tr class="list-day"><th[^>]*>(.*?)</th>', html)


def test_days_are_headings_while_the_log_is_in_its_order(as_, runtime, clock):
    write(runtime, title="One")
    clock.forward(days=1)
    ann = as_("Ann")
    with runtime.database.writing() as session:
        posts.create_post(
            posts.Content(title="Two"), kind="post", work=work_of(session, at=clock())
        )
        session.commit()

    assert headings(ann.get("/audit/").page.html) == [
        "Monday, March 2, 2026",
        "Sunday, March 1, 2026",
    ]
    assert headings(ann.get("/page/").page.html) == []


def test_object_is_linked_where_it_is(as_, runtime):
    here = write(runtime, title="Here")
    gone = write(runtime, title="Gone", then=lambda post, work: posts.trash(post, work=work))
    put(runtime, "gate.jpg")
    with runtime.database.writing() as session:
        for name in ("kept", "lost"):
            tag = Tag(name=name, slug=name)
            save_tag(tag, version=None, work=work_of(session))
        delete_tag(tag, work=work_of(session))
        session.commit()
    html = as_("Ann").get("/audit/").page.html

    assert f'<a href="/page/edit/{here}/">Post or page {here}</a>' in html
    assert (
        f'<a href="/page/edit/{gone}/">Post or page {gone}</a>'
        ' <span class="cell-note">in the trash</span>'
    ) in html
    assert '<a href="/media/1/">File 1</a>' in html
    assert '<a href="/tags/edit/1/">Tag 1</a>' in html
    assert '<a href="/trash/">Tag 2</a> <span class="cell-note">in the trash</span>' in html


def test_what_was_deleted_for_good_says_so(as_, runtime):
    post = write(runtime, title="Gone", then=lambda post, work: posts.trash(post, work=work))
    with runtime.database.writing() as session:
        work = work_of(session)
        [item] = list_trash(session, work.actor)
        purge_trashed(item, work=work)
        session.commit()
    rows = read_list(as_("Ann"), f"/audit/?object=post:{post}").rows

    assert {row["About"] for row in rows} == {f"Post or page {post} deleted for good"}


def test_chips_name_object_actor_and_day(as_, runtime):
    post = write(runtime, "Ben", title="A quiet morning")
    path = f"/audit/?object=post:{post}&actor=user:2&at=2026-03-01..2026-03-01"
    page = as_("Ann").get(path).page

    assert f"Post or page {post} “A quiet morning”" in page.text
    assert "Ben" in page.html.partition("chips")[2].partition("</ul>")[0]
    assert len(read_list(as_("Ann"), path).rows) == 2


def test_editors_of_things_lead_to_what_was_done_to_them(as_, runtime):
    post = write(runtime)
    put(runtime, "gate.jpg")
    ann = as_("Ann")
    expected = {
        f"/page/edit/{post}/": f"/audit/?object=post:{post}",
        "/media/1/": "/audit/?object=media:1",
        "/users/edit/2/": "/audit/?object=user:2",
    }

    for path, link in expected.items():
        assert f'href="{link}"' in ann.get(path).page.html
    assert 'href="/audit/?actor=user:2"' in ann.get("/users/edit/2/").page.html
    assert "/audit/" not in as_("Ben").get(f"/page/edit/{post}/").page.html


def test_filtered_log_is_exported(as_, runtime):
    write(runtime, "Ben", title="A quiet morning")
    write(runtime, "Cy", title="=1+1")
    ann = as_("Ann")
    sent = {"csrf_token": ann.token(), "form": "json"}
    told = ann.send("/export/audit/?actor=user:3", sent).response.get_json()

    assert [(line["actor_name"], line["action"]) for line in told] == [
        ("Cy", "published “=1+1”"),
        ("Cy", "started “=1+1”"),
    ]
    assert told[0]["at"] == "2026-03-01T12:00:00+00:00"
