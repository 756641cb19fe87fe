import pytest

from shared.web.sessions import NoSession, SessionTouchedError

PATHS = (
    "/",
    "/page/a/",
    "/about/",
    "/list/",
    "/list/oak/",
    "/category/crafts/",
    "/author/ann/",
    "/archive/",
    "/archive/2026/",
    "/search/?q=quiet",
    "/feed.xml",
    "/rss.xml",
    "/feed.json",
    "/list/oak/feed.xml",
    "/sitemap.xml",
    "/robots.txt",
)


def headers_of(answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers if name != "Date"}


@pytest.fixture
def content(write, people):
    write(slug="a", tags=("oak",), categories=("Crafts",), author_id=people.ann.id)
    write(kind="page", slug="about")


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_a_function_of_its_address(app, client, content, path):
    plain = client.get(path)
    other = app.test_client()
    other.set_cookie("triptych-frontend", "x")
    dressed = other.get(path, headers={"Accept-Language": "zh-CN", "User-Agent": "other"})
    assert (plain.status_code, plain.data) == (200, dressed.data)
    assert headers_of(plain) == headers_of(dressed)
    assert plain.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert "Set-Cookie" not in plain.headers


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_revalidated_by_its_bytes(client, content, path):
    first = client.get(path)
    tag = first.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert first.headers["Cache-Control"] == "no-cache"
    assert not tag.startswith("W/")
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).data == first.data


def test_a_change_changes_the_tag(client, content, write):
    before = client.get("/").headers["ETag"]
    write(title="New")
    assert client.get("/", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "/nope/", "/list"])
def test_head_says_what_get_says_without_a_body(client, content, path):
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (get.status_code, b"")
    assert headers_of(head) == headers_of(get)


@pytest.mark.parametrize("path", PATHS)
def test_options_name_the_methods(client, content, path):
    answer = client.options(path)
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize("path", ["/nope/", "/list", "/page/none/", "/media/none.png"])
def test_no_answer_sets_a_cookie(client, path):
    assert "Set-Cookie" not in client.get(path).headers


@pytest.mark.parametrize(
    "touch",
    [
        lambda session: session.get("user"),
        lambda session: session["user"],
        lambda session: session.__setitem__("user", 1),
        lambda session: session.update(user=1),
        lambda session: "user" in session,
        dict,
        lambda session: session.setdefault("user", 1),
        lambda session: session.pop("user", None),
    ],
)
def test_the_session_raises_when_touched(touch):
    with pytest.raises(SessionTouchedError):
        touch(NoSession())


def test_a_view_that_touches_the_session_fails(app):
    from flask import session

    app.view_functions["posts.index"] = lambda: session.get("user")
    app.config["PROPAGATE_EXCEPTIONS"] = True
    with pytest.raises(SessionTouchedError):
        app.test_client().get("/")
