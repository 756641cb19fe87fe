"""`flask mail test` says what the mail server said."""

from dataclasses import replace

import pytest

from admin import create_app
from shared.runtime import Runtime


@pytest.fixture
def run_with_mail(runtime, box):
    settings = replace(
        runtime.settings,
        smtp_host="127.0.0.1",
        smtp_port=box.port,
        smtp_tls="none",
        smtp_from="site@example.org",
        site_url="https://example.org",
    )
    runner = create_app(Runtime(settings, runtime.clock)).test_cli_runner()
    return lambda *words: runner.invoke(args=list(words))


def test_mail_is_taken(run_with_mail, box):
    done = run_with_mail("mail", "test", "you@example.org")

    assert (done.exit_code, done.output) == (0, "127.0.0.1 took a mail to you@example.org.\n")
    assert [mail["To"] for mail in box.mails] == ["you@example.org"]


def test_refusal_is_one_line(run_with_mail, box):
    box.unknown = "you@example.org"
    done = run_with_mail("mail", "test", "you@example.org")

    assert (done.exit_code, done.output) == (1, "Error: 550 no such mailbox\n")


def test_without_a_server_it_says_where_to_set_one(run):
    assert run("mail", "test", "a@example.org").output == (
        "Error: no mail server is set; see SMTP_HOST\n"
    )
