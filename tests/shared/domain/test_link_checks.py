"""Every internal link is looked at, and where every redirect ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shared.domain.errors import NotFound
from shared.domain.link_checks import check_links, forget_broken, keep_report, shorten
from shared.domain.posts import publish, save_post, schedule, unpublish
from shared.domain.redirects import save_redirect
from shared.domain.taxonomy import ensure_category
from shared.domain.whereabouts import Place, find_places
from shared.models import BrokenLink, LinkCheck, Redirect
from tests.cast import NOON, make_content, make_post, work_of

HOSTS = frozenset({"blog.example.org"})


def redirect(work, path, target="", **over):
    made = Redirect(path=path, target=target, status=301, origin="console")
    for name, value in over.items():
        setattr(made, name, value)
    save_redirect(made, work=work)
    return made


def force(work, path, target):
    """Write a redirect past the rule that forbids a loop, as an import of old might have."""
    made = Redirect(
        path=path, target=target, status=301, origin="import", created_at=NOON, updated_at=NOON
    )
    work.session.add(made)
    work.flush()
    return made


def check(work):
    def has_file(path):
        return path == "/media/a.png"

    return check_links(work.session, NOON, has_file=has_file, own_hosts=HOSTS)


def found(report):
    return sorted((row.source_label, row.address, row.problem) for row in report.broken)


def test_paths_of_every_kind_are_told_apart(work):
    make_post(work, title="Here", tags=("Red",), author_id=None)
    later = make_post(work, title="Later", published=False)
    schedule(later, version=None, at=NOON + timedelta(days=1), work=work)
    make_post(work, title="About", kind="page")
    ensure_category(["News", "City"], work=work)
    redirect(work, "/old.html", "/page/here/")
    force(work, "/bye", "").status = 410
    work.flush()
    paths = {
        "/": "there",
        "/search": "there",
        "/archive/2026/": "there",
        "/page/here/": "there",
        "/page/here": "there",
        "/page/later/": "hidden",
        "/page/none/": "missing",
        "/about/": "there",
        "/list/red/": "there",
        "/list/red/feed.xml": "there",
        "/list/blue/": "missing",
        "/category/news/city/": "there",
        "/author/ann/": "there",
        "/media/a.png": "there",
        "/media/b.png": "missing",
        "/old/": "moved",
        "/bye": "missing",
    }

    places = find_places(work.session, paths, NOON, has_file=lambda path: path == "/media/a.png")

    assert {path: place.state for path, place in places.items()} == paths
    assert places["/old/"] == Place("moved", "/page/here/")


def test_broken_links_of_public_texts_are_found_and_no_others(work):
    body = (
        "[ok](/page/target/) [abs](https://blog.example.org/page/none/) [x](/nowhere/?q=1#a) "
        "[out](https://example.com/none/) [mail](mailto:a@b.org) [note](#note) "
        "![pic](/media/none.png) `[code](/in-code/)`"
    )
    make_post(work, title="Target")
    make_post(work, title="Source", body=body)
    make_post(work, title="Draft", body="[x](/nowhere/)", published=False)

    report = check(work)

    assert (report.sources, report.links) == (2, 4)
    assert found(report) == [
        ("Source", "/media/none.png", "missing"),
        ("Source", "/nowhere/?q=1#a", "missing"),
        ("Source", "https://blog.example.org/page/none/", "missing"),
    ]


def test_link_over_a_redirect_is_told_with_its_end(work):
    post = make_post(work, title="Target")
    make_post(work, title="Source", body="[x](/page/target/)")
    save_post(post, make_content(title="Target", slug="new"), version=None, work=work)
    publish(post, version=None, work=work)

    (row,) = check(work).broken

    assert (row.problem, row.address, row.leads_to) == ("moved", "/page/target/", "/page/new/")


def test_chains_loops_and_dead_ends_of_redirects_are_found(work):
    post = make_post(work, title="Target")
    redirect(work, "/c", post_id=post.id)
    redirect(work, "/b", "/c")
    redirect(work, "/a", "/b")
    redirect(work, "/dead", "/nowhere/")
    force(work, "/x", "/y")
    force(work, "/y", "/x")
    redirect(work, "/old.html", "/old/")
    make_post(work, title="Old", kind="page")

    assert found(check(work)) == [
        ("/a", "/b", "chain"),
        ("/b", "/c", "chain"),
        ("/dead", "/nowhere/", "missing"),
        ("/x", "/y", "loop"),
        ("/y", "/x", "loop"),
    ]


def test_chain_is_shortened_to_its_end(work, cast):
    post = make_post(work, title="Target")
    redirect(work, "/c", post_id=post.id)
    redirect(work, "/b", "/c")
    first = redirect(work, "/a", "/b")
    keep_report(work.session, check(work), NOON)

    shorten(first.id, work=work_of(work.session, cast.ben))

    assert (first.target, first.post_id) == ("", post.id)
    assert found(check(work)) == [("/b", "/c", "chain")]
    left = work.session.scalars(select(BrokenLink.source_label)).all()
    assert left == ["/b"]
    with pytest.raises(NotFound):
        shorten(first.id, work=work_of(work.session, cast.ben))


def test_report_takes_the_place_of_the_last_one(work, cast):
    make_post(work, title="Source", body="[x](/nowhere/)")
    target = make_post(work, title="Nowhere", kind="page", published=False)
    keep_report(work.session, check(work), NOON)
    (row,) = work.session.scalars(select(BrokenLink)).all()
    assert row.problem == "hidden"
    forget_broken(row.id, work=work_of(work.session, cast.ben))
    assert work.session.scalars(select(BrokenLink)).all() == []

    publish(target, version=None, work=work)
    later = NOON + timedelta(hours=1)
    keep_report(work.session, check(work), later)

    assert work.session.scalars(select(BrokenLink)).all() == []
    assert work.session.get(LinkCheck, 1).checked_at == later
    unpublish(target, version=None, work=work)
    assert found(check(work)) == [("Source", "/nowhere/", "hidden")]
