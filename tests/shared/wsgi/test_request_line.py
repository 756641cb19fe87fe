import logging

from shared.wsgi.request_line import log_answer


def line(caplog, **environ):
    with caplog.at_level(logging.INFO, "triptych.access"):
        log_answer({"REQUEST_METHOD": "GET", "PATH_INFO": "/a"} | environ, 200, 12)
    return caplog.messages[-1].rsplit(" ", 2)[0]


def test_the_line_has_the_path_as_it_was_sent_without_its_query(caplog):
    assert line(caplog, RAW_URI="/%E9%97%A8?q=secret") == "GET /%E9%97%A8 200 12"
    assert line(caplog, REQUEST_URI="/b?q=secret", SCRIPT_NAME="/x") == "GET /b 200 12"


def test_a_path_that_is_only_known_decoded_is_encoded(caplog):
    decoded = "/门 1".encode().decode("latin-1")
    assert line(caplog, SCRIPT_NAME="/x", PATH_INFO=decoded) == "GET /x/%E9%97%A8%201 200 12"


def test_who_asked_is_told_where_it_is_known(caplog):
    with caplog.at_level(logging.INFO, "triptych.access"):
        log_answer({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, 404, 0)
        log_answer({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, 404, 0, who="127.0.0.1")
    assert [message.split()[-1] for message in caplog.messages] == ["-", "127.0.0.1"]
