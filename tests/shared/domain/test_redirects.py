"""Old paths of the site lead on, whatever their ending."""

import pytest

from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.redirects import (
    delete_redirect,
    find_redirect,
    get_redirect,
    post_path,
    save_redirect,
)
from shared.domain.work import Work
from shared.models import Redirect
from tests.cast import Cast, make_post, work_of


def save(work: Work, path: str, target: str = "/page/new/", **over: object) -> Redirect:
    redirect = Redirect(path=path, target=target, **({"status": 301} | over))
    save_redirect(redirect, work=work)
    return redirect


ENDINGS = ("/2019/old", "/2019/old/", "/2019/old.html", "/2019/old/index.html")


@pytest.mark.parametrize("asked", ENDINGS)
@pytest.mark.parametrize("kept", ENDINGS)
def test_redirect_is_found_with_and_without_its_ending(work: Work, kept: str, asked: str) -> None:
    made = save(work, kept)
    assert find_redirect(work.session, asked) is made
    assert find_redirect(work.session, "/2019/other") is None


def test_exact_path_goes_before_a_similar_one(work: Work) -> None:
    bare, slashed = save(work, "/old", "/a/"), save(work, "/old/", "/b/")
    assert find_redirect(work.session, "/old") is bare
    assert find_redirect(work.session, "/old/") is slashed


def test_percent_encoded_path_is_kept_decoded(work: Work) -> None:
    assert save(work, "/%E5%AE%9E%E4%B9%A0/").path == "/实习/"


@pytest.mark.parametrize(
    ("path", "target", "status", "field"),
    [
        ("old", "/new/", 301, "path"),
        ("/a//b", "/new/", 301, "path"),
        ("/old?q=1", "/new/", 301, "path"),
        ("/admin/x", "/new/", 301, "path"),
        ("/old", "", 301, "target"),
        ("/old", "//evil.example", 301, "target"),
        ("/old", "/\\evil.example", 301, "target"),
        ("/old", "javascript:alert(1)", 301, "target"),
        ("/old", "/a\nSet-Cookie: x", 301, "target"),
        ("/old", "/old", 301, "target"),
        ("/old", "/new/", 307, "status"),
    ],
)
def test_redirect_with_a_bad_field_names_it(
    work: Work, path: str, target: str, status: int, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        save(work, path, target, status=status)
    assert list(caught.value.errors) == [field]


def test_gone_needs_no_target(work: Work) -> None:
    assert save(work, "/gone", "", status=410).status == 410


def test_second_redirect_of_a_path_is_refused(work: Work) -> None:
    save(work, "/old")
    with pytest.raises(Conflict, match="/old has a redirect already"):
        save(work, "/old", "/other/")


def test_redirect_is_changed_and_deleted_by_editors(work: Work, cast: Cast) -> None:
    made = save(work, "/old")
    made.target = "https://example.org/x"
    save_redirect(made, version=1, work=work)
    with pytest.raises(Forbidden, match="redirects:edit"):
        delete_redirect(made, work=work_of(work.session, cast.cy))
    delete_redirect(made, work=work)
    with pytest.raises(NotFound):
        get_redirect(work.session, made.id)


def test_path_of_a_post_and_of_a_page_are_readable(work: Work) -> None:
    post, page = make_post(work, slug="flask学习"), make_post(work, kind="page", slug="about/团队")
    assert (post_path(post), post_path(page)) == ("/page/flask学习/", "/about/团队/")


def test_redirect_that_leads_back_over_others_is_refused(work: Work) -> None:
    save(work, "/a/", "/b/")
    save(work, "/b/", "/c/")
    with pytest.raises(Invalid, match="leads back"):
        save(work, "/c/", "/a/")
    assert save(work, "/c/", "/d/").target == "/d/"
