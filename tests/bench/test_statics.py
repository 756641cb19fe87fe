"""The comparison of ways to serve static files, but for its figures."""

from werkzeug.test import Client

from bench.static_ways import ENDINGS, NONE, OURS, copy_files, logged, make
from bench.statics import LARGE, SMALL
from shared.web.statics import Statics
from tests.guards.sources import ROOT


def test_ours_serves_the_files_that_are_asked_for():
    client = Client(make(OURS, ROOT))
    for path in (SMALL, LARGE):
        _, app, name = path.removeprefix("/").split("/", 2)
        answer = client.get(path, buffered=True)
        assert answer.data == (ROOT / app / "static" / name).read_bytes()


def test_the_others_get_the_same_files_under_both_names(tmp_path):
    copy_files(tmp_path)
    names = Statics(ROOT / "api" / "static")
    for name in names.files:
        source = (ROOT / "api" / "static" / name).read_bytes()
        for known in (name, names.hashed(name)):
            assert (tmp_path / "api" / known).read_bytes() == source
    copied = {path.suffix for path in (tmp_path / "frontend").rglob("*")}
    assert copied - set(ENDINGS.values()) == {"", ".css", ".js", ".svg"}


def test_the_empty_way_answers_and_the_log_line_is_written(caplog):
    with caplog.at_level("INFO", "triptych.access"):
        assert Client(logged(make(NONE, ROOT))).get("/a").status_code == 200
    assert [message.split()[:3] for message in caplog.messages] == [["GET", "/a", "200"]]
