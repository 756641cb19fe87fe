"""What jobs write to people, as sentences that are told in the reader's language."""

from datetime import timedelta

from shared.saying import Saying, say


def forgotten_letter(site: str, link: str, life: timedelta) -> tuple[Saying, Saying]:
    """Return subject and text of a mail to someone who forgot the password."""
    subject = say("Set a new password for %(site)s", site=site)
    text = say(
        "Hello,\n\n"
        "someone, probably you, asked for a new password for %(site)s. Set it here:\n\n%(link)s\n\n"
        "The link works once, for %(minutes)s minutes. If it was not you, do nothing: "
        "your password stays as it is.\n",
        site=site,
        link=link,
        minutes=int(life.total_seconds() // 60),
    )
    return subject, text
