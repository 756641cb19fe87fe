import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

from shared.wsgi.first_segment import FirstSegmentDispatcher, first_segment
from tests.shared.wsgi.applications import echo

DISPATCHER = FirstSegmentDispatcher(
    echo("site"),
    {"/admin": echo("admin"), "/api": echo("api")},
    {"/media": echo("media"), "/healthz": echo("health")},
)


def ask(path, *, script="", query=""):
    environ = EnvironBuilder(path="/").get_environ()
    environ |= {"PATH_INFO": path, "SCRIPT_NAME": script, "QUERY_STRING": query}
    return Client(lambda _, start: DISPATCHER(environ, start)).get("/")


@pytest.mark.parametrize(
    ("path", "app", "script", "rest"),
    [
        ("/", "site", "", "/"),
        ("/page/x/", "site", "", "/page/x/"),
        ("/admin/", "admin", "/admin", "/"),
        ("/admin/page/edit/1/", "admin", "/admin", "/page/edit/1/"),
        ("/api/v1/posts", "api", "/api", "/v1/posts"),
        ("/api/admin/x", "api", "/api", "/admin/x"),
        ("/administrator/", "site", "", "/administrator/"),
        ("/Admin/", "site", "", "/Admin/"),
        ("//admin/", "site", "", "//admin/"),
        ("/media/a/b.png", "media", "", "/media/a/b.png"),
        ("/healthz", "health", "", "/healthz"),
    ],
)
def test_the_first_segment_decides(path, app, script, rest):
    answer = ask(path)
    found = [answer.json[key] for key in ("app", "SCRIPT_NAME", "PATH_INFO")]
    assert found == [app, script, rest]


@pytest.mark.parametrize(
    ("path", "script", "query", "location"),
    [
        ("/admin", "", "", "/admin/"),
        ("/api", "", "a=1&b=%2F", "/api/?a=1&b=%2F"),
        ("/admin", "/x/y", "next=/admin/page/", "/x/y/admin/?next=/admin/page/"),
        ("", "/x", "q=1", "/x/?q=1"),
        ("/admin", "", "q=\xe4\r\nSet-Cookie:a", "/admin/?q=%E4%0D%0ASet-Cookie:a"),
    ],
)
def test_a_mount_without_its_slash_redirects_to_a_path(path, script, query, location):
    answer = ask(path, script=script, query=query)
    assert (answer.status_code, answer.headers["Location"], answer.data) == (308, location, b"")


@settings(deadline=None)
@given(st.text(max_size=80))
def test_a_path_reaches_the_mount_of_its_first_segment(text):
    path = "/" + text.encode("utf-8", "replace").decode("latin-1")
    environ = EnvironBuilder(path="/").get_environ() | {"PATH_INFO": path}
    body, status, headers = run_wsgi_app(DISPATCHER, environ)
    name = path.split("/")[1]
    if path in {"/admin", "/api"}:
        assert (status[:3], headers["Location"]) == ("308", path + "/")
    elif name in {"admin", "api"}:
        assert f'"app": "{name}"'.encode() in b"".join(body)
    else:
        others = {"media": "media", "healthz": "health"}
        assert f'"app": "{others.get(name, "site")}"'.encode() in b"".join(body)


@pytest.mark.parametrize(("path", "segment"), [("/", "/"), ("/a", "/a"), ("/a/b/", "/a"), ("", "")])
def test_first_segment(path, segment):
    assert first_segment(path) == segment
