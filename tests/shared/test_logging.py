import json
import logging
import re
import subprocess
import sys
import warnings

import pytest

from shared import logging as shared_logging
from shared.log_batches import RequestLine
from shared.log_context import app_name, request_id
from shared.logging import TextLine, configure, log_path, log_request
from shared.settings import Settings

MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


@pytest.fixture(autouse=True)
def outside_any_request():
    """Forget what a test before this one left in the context."""
    tokens = (request_id.set("-"), app_name.set(""))
    yield
    request_id.reset(tokens[0])
    app_name.reset(tokens[1])


@pytest.fixture
def console(capsys, monkeypatch):
    """A process whose logging is not configured yet; calling it returns what was printed."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setattr(shared_logging, "_configured", [])
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    yield lambda: capsys.readouterr().err
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def fail(message):
    raise ValueError(message)


def settings_in(folder, **over):
    return Settings(instance=folder, **over)


def written(settings):
    return log_path(settings).read_text(encoding="utf-8")


def test_a_line_has_the_notes_format_with_app_and_request(tmp_path, console):
    settings = settings_in(tmp_path)
    configure(settings, app="command")
    app, request = app_name.set("admin"), request_id.set("6f1c")
    logging.getLogger("shared.domain.posts").warning("published post %d", 12)
    app_name.reset(app)
    request_id.reset(request)
    logging.getLogger("shared.db").error("outside")

    lines = written(settings).splitlines()
    assert re.sub(MOMENT, "MOMENT", lines[0]) == (
        "MOMENT - shared.domain.posts - WARNING - [admin 6f1c] published post 12"
    )
    assert re.sub(MOMENT, "MOMENT", lines[1]) == (
        "MOMENT - shared.db - ERROR - [command -] outside"
    )
    assert console().splitlines() == lines


def test_a_json_line_is_one_object_with_everything_in_it(tmp_path, console):
    settings = settings_in(tmp_path, log_format="json")
    configure(settings)
    try:
        fail("first\nsecond \u2028 third")
    except ValueError:
        logging.getLogger("t").exception("it broke\x1b[31m")

    (line,) = written(settings).splitlines()
    found = json.loads(line)
    assert re.fullmatch(MOMENT, found.pop("time"))
    trace = found.pop("exception")
    assert found == {
        "level": "ERROR",
        "logger": "t",
        "app": "server",
        "request_id": "-",
        "message": "it broke\x1b[31m",
    }
    assert trace.endswith("ValueError: first\nsecond \u2028 third")
    assert "\u2028" not in line
    assert "\x1b" not in line


def test_configuring_again_changes_nothing_and_other_settings_replace(tmp_path, console):
    first, second = settings_in(tmp_path / "a"), settings_in(tmp_path / "b")
    configure(first)
    handlers = list(logging.getLogger().handlers)
    configure(first)
    assert logging.getLogger().handlers == handlers

    configure(second)
    logging.getLogger("t").info("only here")
    assert written(second).count("only here") == 1
    assert not log_path(first).exists()
    assert console().count("only here") == 1


def test_levels_below_the_setting_are_not_written(tmp_path, console):
    settings = settings_in(tmp_path, log_level="WARNING")
    configure(settings)
    logging.getLogger("t").info("quiet")
    log_request("GET", "/", 200, size=1, ms=1.0)
    logging.getLogger("t").warning("loud")

    assert [line.rpartition("] ")[2] for line in written(settings).splitlines()] == ["loud"]


def test_the_servers_own_lines_and_warnings_come_in_the_same_form(tmp_path, console):
    settings = settings_in(tmp_path)
    server = logging.getLogger("gunicorn.error")
    server.propagate = False
    server.addHandler(logging.StreamHandler())
    configure(settings)
    server.info("Listening at: %s", "http://127.0.0.1:8000")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging._showwarning("old\nthing", UserWarning, "file.py", 3)

    endings = [line.partition("Z - ")[2] for line in written(settings).splitlines()]
    assert endings == [
        "gunicorn.error - INFO - [server -] Listening at: http://127.0.0.1:8000",
        r"py.warnings - WARNING - [server -] file.py:3: UserWarning: old\nthing\n",
    ]
    assert console().count("Listening") == 1


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("a\n2026-11-23T00:00:00.000Z - root - INFO - forged", r"a\n2026-11-23T00:00:00.000Z - "),
        ("a\r\nb", r"a\r\nb"),
        ("\x1b[2Jcleared", r"\x1b[2Jcleared"),
        ("nul\x00 del\x7f nel\x85", r"nul\x00 del\x7f nel\x85"),
        ("line\u2028paragraph\u2029", r"line\u2028paragraph\u2029"),
        ("right\u202eto\u2066left", r"right\u202eto\u2066left"),
        ("tab\tbom\ufeff", r"tab\tbom\ufeff"),
        ("中文，é and 😀 stay", "中文，é and 😀 stay"),
    ],
)
def test_no_character_can_forge_a_line(tmp_path, console, sent, shown):
    settings = settings_in(tmp_path)
    configure(settings)
    logging.getLogger("t\n" if "\n" in sent else "t").info("%s", sent)

    (line,) = written(settings).splitlines()
    assert shown in line
    assert line.isprintable()


def test_a_traceback_cannot_pose_as_a_record(tmp_path, console):
    settings = settings_in(tmp_path)
    configure(settings)
    try:
        fail("x\n2026-11-23T00:00:00.000Z - root - INFO - [admin -] forged\x1b[2J")
    except ValueError:
        logging.getLogger("t").exception("failed")

    first, *below = written(settings).splitlines()
    assert first.endswith("ERROR - [server -] failed")
    assert {line[:6] for line in below} == {"    | "}
    assert below[-1] == r"    | 2026-11-23T00:00:00.000Z - root - INFO - [admin -] forged\x1b[2J"
    assert any("raise ValueError(message)" in line for line in below)


CANARY = "c4n4ry-8f3a91"


@pytest.mark.parametrize(
    "message",
    [
        f"Authorization: Bearer {CANARY}",
        f"Authorization: Signature keyId={CANARY}, sig={CANARY}; x={CANARY}",
        f"{{'Authorization': 'Basic {CANARY}', 'Accept': '*/*'}}",
        f"('Cookie', 'admin={CANARY}; other={CANARY}')",
        f"Set-Cookie: __Host-admin={CANARY}; Path=/",
        f"HTTP_COOKIE={CANARY}",
        f"password={CANARY}&next=/",
        f"new_password: '{CANARY} with \\' quotes'",
        f'{{"client_secret": "{CANARY}"}}',
        f'unclosed {{"client_secret": "{CANARY}',
        f"POST /api/v1/client/token?client_secret={CANARY}",
        f"access_token={CANARY}",
        f"X-Api-Key: {CANARY}",
        f"DB_PASSWD={CANARY}",
        f"got bearer {CANARY} from 127.0.0.1",
        f"http://127.0.0.1:8000/admin/setup/{CANARY}/ was opened",
        f"GET /admin/password/{CANARY}/ 200 5123 1.8 -",
        f"postgresql://triptych:{CANARY}@db/triptych is down",
        f"$argon2id$v=19$m=19456,t=2,p=1${CANARY}$abc",
        f"the key {CANARY * 3} of the instance",
    ],
)
@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_secret_never_reaches_a_line(tmp_path, console, message, log_format):
    settings = settings_in(tmp_path, secret_key=CANARY * 3, log_format=log_format)
    configure(settings)
    try:
        fail(message)
    except ValueError:
        logging.getLogger("t").exception("%s", message)
    log_request("GET", f"/admin/setup/{CANARY}/", 200, size=1, ms=1.0)

    assert "[hidden]" in written(settings)
    assert CANARY not in written(settings) + console()


@pytest.mark.parametrize(
    "message",
    [
        "GET /page/secret-garden/ 200 5123 1.8 -",
        "no basic change: token expired, password too short",
        "see https://example.org/a@b and ann@example.org",
        "TOKEN_MINUTES must be a whole number",
    ],
)
def test_words_about_secrets_stay_readable(tmp_path, console, message):
    settings = settings_in(tmp_path)
    configure(settings)
    logging.getLogger("t").info(message)

    assert written(settings).rstrip("\n").endswith(f"[server -] {message}")


def test_a_long_message_is_cut_and_hostile_ones_are_quick(tmp_path, console):
    settings = settings_in(tmp_path)
    configure(settings)
    for text in ("x" * 1_000_000, "token" * 200_000, "cookie" + " " * 999_999, "://" * 300_000):
        logging.getLogger("t").info(text)

    lines = written(settings).splitlines()
    assert len(lines) == 4
    assert max(map(len, lines)) < shared_logging.MAX_MESSAGE + 100
    assert lines[0].endswith("x… (cut)")


def test_wrong_arguments_do_not_lose_the_message():
    record = logging.LogRecord("t", logging.INFO, "", 0, "%d posts", ("many",), None)

    line = TextLine("server", []).format(record)
    assert line.endswith("[server -] %d posts (its arguments do not fit)")


@pytest.mark.parametrize(
    ("path", "who", "expected"),
    [
        ("/page/x/", "user:7", "GET /page/x/ 200 5123 1.8 user:7"),
        ("/search/?q=private", "-", "GET /search/ 200 5123 1.8 -"),
        ("/page/flask%E5%AD%A6/", "", "GET /page/flask%E5%AD%A6/ 200 5123 1.8 -"),
        ("/学 b\r\nc", "ann b", "GET /%E5%AD%A6%20b%0D%0Ac 200 5123 1.8 ann%20b"),
    ],
)
def test_the_access_line_has_six_words_whatever_was_sent(path, who, expected):
    line = RequestLine(0.0, "", "-", "GET", path, 200, 5123, 1.84, who, "")
    assert line.text() == expected


def test_the_access_line_is_split_into_fields_in_json(tmp_path, console):
    settings = settings_in(tmp_path, log_format="json")
    configure(settings)
    log_request("POST", "/api/v1/posts?secret", 201, size=310, ms=4.26, who="client:3")

    found = json.loads(written(settings))
    names = ("logger", "message", "method", "path", "status", "bytes", "ms", "who")
    assert [found[name] for name in names] == [
        "triptych.access",
        "POST /api/v1/posts 201 310 4.3 client:3",
        "POST",
        "/api/v1/posts",
        201,
        310,
        4.3,
        "client:3",
    ]


def test_without_a_usable_folder_the_console_has_it_all(tmp_path, console):
    (tmp_path / "logs").write_text("in the way")
    configure(settings_in(tmp_path))
    logging.getLogger("t").info("one")
    logging.getLogger("t").info("two")

    words = [line.partition(" - t - ")[2] or line[:8] for line in console().splitlines()]
    assert sorted(words) == ["INFO - [server -] one", "INFO - [server -] two", "WARNING:"]


def test_a_console_without_utf8_or_that_is_closed_harms_nothing(tmp_path):
    code = (
        "import logging, sys; from pathlib import Path; from shared.settings import Settings;"
        "from shared.logging import configure; configure(Settings(instance=Path(sys.argv[1])));"
        "logging.getLogger('t').info('学'); sys.stderr.close(); logging.getLogger('t').info('two')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr.endswith("INFO - [server -] \\u5b66\n")
    endings = [line[-1] for line in written(settings_in(tmp_path)).splitlines()]
    assert endings == ["学", "o"]
