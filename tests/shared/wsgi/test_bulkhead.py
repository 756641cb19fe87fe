import gc
import io
from wsgiref.util import FileWrapper

import pytest
from werkzeug.test import EnvironBuilder

from shared.wsgi.bulkhead import Bulkhead, Slots
from tests.shared.wsgi.applications import echo, raising


class Closing(list):
    """A body that notes that it was closed, and may fail at that."""

    closed = 0
    error = None

    def close(self):
        self.closed += 1
        if self.error:
            raise self.error


def answering(body):
    def application(environ, start_response):
        start_response("200 OK", [])
        return body

    return application


def ask(app, path="/v1/posts", **more):
    told = []
    environ = EnvironBuilder(path="/").get_environ() | {
        "PATH_INFO": path,
        "SCRIPT_NAME": "/api",
        "triptych.root": "",
        **more,
    }
    body = app(environ, lambda status, headers, _=None: told.append((status, dict(headers))))
    return body, *told[0]


def test_a_place_is_held_until_the_answer_is_closed():
    slots = Slots(2)
    bulkhead = Bulkhead("api", answering([b"x"]), slots)
    first, second = ask(bulkhead)[0], ask(bulkhead)[0]
    assert (slots.taken, list(first)) == (2, [b"x"])
    body, status, headers = ask(bulkhead)
    assert (status, headers["Retry-After"]) == ("503 Service Unavailable", "1")
    assert b'"error_code": 999, "msg": "Too many requests are in progress' in b"".join(body)
    first.close()
    assert (slots.taken, ask(bulkhead)[1]) == (1, "200 OK")
    second.close()


def test_closing_twice_gives_one_place_back():
    slots = Slots(2)
    bulkhead = Bulkhead("api", answering([b"x"]), slots)
    first, _second = ask(bulkhead)[0], ask(bulkhead)[0]
    first.close()
    first.close()
    assert slots.taken == 1


@pytest.mark.parametrize("error", [None, RuntimeError("close"), SystemExit(1)])
def test_the_body_is_closed_with_it(error):
    slots, body = Slots(1), Closing([b"x"])
    body.error = error
    held = ask(Bulkhead("api", answering(body), slots))[0]
    if error is None:
        held.close()
    else:
        with pytest.raises(type(error)):
            held.close()
    assert (body.closed, slots.taken) == (1, 0)


def test_an_application_that_raises_keeps_no_place():
    slots = Slots(1)
    with pytest.raises(SystemExit):
        ask(Bulkhead("api", raising(SystemExit(1)), slots))
    assert slots.taken == 0


def test_a_forgotten_answer_keeps_no_place():
    slots = Slots(1)
    ask(Bulkhead("api", answering([b"x"]), slots))
    gc.collect()
    assert slots.taken == 0


def test_static_files_need_no_place():
    slots = Slots(1)
    bulkhead = Bulkhead("api", echo("api"), slots, exempt="/static/")
    held = ask(bulkhead)[0]
    assert ask(bulkhead, "/static/a.css")[1] == "200 OK"
    assert ask(bulkhead, "/staticx")[1] == "503 Service Unavailable"
    held.close()


def test_a_shared_limit_holds_over_several_mounts():
    everyone = Slots(1)
    api = Bulkhead("api", echo("api"), Slots(2), everyone)
    admin = Bulkhead("admin", echo("admin"), own := Slots(2), everyone)
    held = ask(api)[0]
    assert (ask(admin)[1], own.taken) == ("503 Service Unavailable", 0)
    held.close()
    assert ask(admin)[1] == "200 OK"


def exporting(limit=1, admin=4):
    exports, console, everyone = Slots(limit), Slots(admin), Slots(6)
    inner = Bulkhead("exports", echo("admin"), exports, only="/export/")
    outer = Bulkhead("admin", inner, console, everyone, exempt="/static/")
    return outer, [exports, console, everyone]


def test_some_paths_are_held_to_narrower_slots_inside_the_wider():
    bulkhead, slots = exporting()
    held = ask(bulkhead, "/export/content.zip")[0]
    assert [each.taken for each in slots] == [1, 1, 1]
    assert ask(bulkhead, "/export/again/")[1:][0] == "503 Service Unavailable"
    assert [each.taken for each in slots] == [1, 1, 1]
    other = ask(bulkhead, "/page/")
    assert (other[1], [each.taken for each in slots]) == ("200 OK", [1, 2, 2])
    for body in (held, other[0]):
        body.close()
    assert [each.taken for each in slots] == [0, 0, 0]


def test_an_export_that_is_sent_as_a_file_holds_all_its_places():
    slots, file = [Slots(1), Slots(2)], io.BytesIO(b"zip")
    inner = Bulkhead("exports", answering(FileWrapper(file)), slots[0], only="/export/")
    body = ask(Bulkhead("admin", inner, slots[1]), "/export/", **{"wsgi.file_wrapper": FileWrapper})
    assert [each.taken for each in slots] == [1, 1]
    body[0].close()
    assert ([each.taken for each in slots], file.closed) == ([0, 0], True)


def test_the_log_is_told_once_a_second(caplog):
    now = [100.0]
    bulkhead = Bulkhead("api", echo("api"), Slots(1), clock=lambda: now[0])
    held = ask(bulkhead)[0]
    for _ in range(5):
        ask(bulkhead)
    now[0] += 1
    ask(bulkhead)
    held.close()
    told = [r.getMessage() for r in caplog.records if r.name == "shared.wsgi.bulkhead"]
    assert told == [
        "api is full: 1 in progress, 1 refused",
        "api is full: 1 in progress, 5 refused",
    ]


def test_a_file_stays_the_servers_own_and_holds_its_place():
    slots, file = Slots(1), io.BytesIO(b"file")
    bulkhead = Bulkhead("media", answering(FileWrapper(file)), slots)
    body = ask(bulkhead, **{"wsgi.file_wrapper": FileWrapper})[0]
    assert (type(body), slots.taken) == (FileWrapper, 1)
    body.close()
    assert (slots.taken, file.closed) == (0, True)


def test_head_and_empty_bodies_give_their_place_back():
    slots = Slots(1)
    bulkhead = Bulkhead("api", echo("api"), slots)
    for _ in range(3):
        body = ask(bulkhead, REQUEST_METHOD="HEAD")[0]
        assert list(body) == []
        body.close()
    assert slots.taken == 0
