"""Handing mails to the mail server (SMTP, RFC 5321)."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from shared.settings import Settings

SECONDS = 20


class Refused(Exception):
    """The mail server did not take a mail; `for_good` says that trying again is in vain."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


@dataclass(frozen=True)
class Letter:
    """What a mail says, to whom; `name` makes its id, so that a second copy can be told as one."""

    to: str
    subject: str
    text: str
    name: str
    at: datetime


def hand_over(letter: Letter, *, sender: str, settings: Settings) -> None:
    """Give a letter to the mail server; raises Refused. `sender` is the name beside the address."""
    try:
        message = write(letter, sender=sender, settings=settings)
    except (ValueError, MessageError) as error:
        raise Refused(f"this is no address: {error}", for_good=True) from error
    try:
        with connected(settings) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise Refused(told(code, said), for_good=500 <= code < 600) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(str(error), for_good="SMTPUTF8" in str(error)) from error
    except smtplib.SMTPResponseException as error:
        # A wrong password or address of ours is mended by the operator: those are tried again.
        of_letter = isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600
        raise Refused(told(error.smtp_code, error.smtp_error), for_good=of_letter) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Refused(f"{settings.smtp_host}:{settings.smtp_port}: {error}") from error


def write(letter: Letter, *, sender: str, settings: Settings) -> EmailMessage:
    """Return a letter as a message (RFC 5322)."""
    message = EmailMessage()
    message["From"] = formataddr((sender, settings.smtp_from))
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.name}@{settings.smtp_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notices, please
    message.set_content(letter.text)
    return message


@contextmanager
def connected(settings: Settings) -> Iterator[smtplib.SMTP]:
    """Connect to the mail server, encrypted and signed in as the settings say."""
    host, port, trust = settings.smtp_host, settings.smtp_port, ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=trust)
        if settings.smtp_tls == "tls"
        else smtplib.SMTP(host, port, timeout=SECONDS)
    )
    with server:
        if settings.smtp_tls == "starttls":
            server.starttls(context=trust)
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        yield server


def told(code: int, said: bytes | str) -> str:
    """Return a server's refusal as one line."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {text}".split())
