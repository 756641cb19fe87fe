"""The job that sends a mail."""

from typing import Any

from shared.domain.letters import forgotten_letter
from shared.domain.mail import note_refused, note_sent, owe_mail
from shared.domain.sessions import FORGOTTEN_LIFE, PLACE, offer_link
from shared.domain.site import load_site
from shared.domain.users import find_user
from shared.domain.work import SYSTEM, Work
from shared.jobs.outcomes import GiveUp
from shared.models import Mail
from shared.post_office import Letter, Refused, hand_over
from shared.runtime import Runtime
from shared.words import language_for, spoken


def deliver(runtime: Runtime, data: dict[str, Any]) -> None:
    """Send the mail that the data names, unless it is out already; note how it went."""
    with runtime.database.reading() as session:
        mail = session.get(Mail, data["mail"])
        sender = load_site(session).title
    if mail is None or mail.sent_at is not None or mail.failed_at is not None:
        return
    try:
        send(mail, sender=sender, runtime=runtime)
    except Refused as error:
        note(runtime, mail.id, error)
    else:
        note(runtime, mail.id, None)


def send(mail: Mail, *, sender: str, runtime: Runtime) -> None:
    """Hand a mail to the server; raises Refused, also where none is set or its link ran out."""
    now = runtime.clock()
    if not runtime.settings.sends_mail:
        raise Refused("no mail server is set: SMTP_HOST", for_good=True)
    if mail.expires_at is not None and mail.expires_at <= now:
        raise Refused("the link in it has run out", for_good=True)
    letter = Letter(mail.address, mail.subject, mail.text, f"mail-{mail.id}", now)
    hand_over(letter, sender=sender, settings=runtime.settings)


def note(runtime: Runtime, mail_id: int, error: Refused | None) -> None:
    """Write down how it went, for the owner to see; the job is tried again or given up."""
    with runtime.database.writing() as session:
        mail = session.get(Mail, mail_id)
        if mail is None:
            return
        if error is None:
            note_sent(mail, at=runtime.clock())
        else:
            note_refused(mail, str(error), for_good=error.for_good, at=runtime.clock())
        session.commit()
        is_over = mail.failed_at is not None
    if error is not None:
        raise GiveUp(str(error)) if is_over else error


def mail_password_link(runtime: Runtime, data: dict[str, Any]) -> None:
    """Mail a link to whoever forgot the password; nothing where there is no such account."""
    now = runtime.clock()
    with runtime.database.writing() as session:
        user = find_user(session, data["email"])
        if user is None or user.disabled_at is not None:
            return
        work = Work(session=session, actor=SYSTEM, at=now)
        token = offer_link("password", user=user, life=FORGOTTEN_LIFE, work=work)
        link = data["link"].replace(PLACE, token)
        letter = forgotten_letter(load_site(session).title, link, FORGOTTEN_LIFE)
        language = language_for(user.language, data["asked_in"])
        subject, text = (spoken(part, language) for part in letter)
        owe_mail(work, to=user.email, subject=subject, text=text, expires_at=now + FORGOTTEN_LIFE)
        session.commit()
