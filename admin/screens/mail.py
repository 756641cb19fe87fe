"""Mails: what waits, what was sent, what failed and why."""

from typing import Final

from flask_babel import lazy_gettext as _l
from sqlalchemy import and_

from admin.crud import Action, ChoiceFilter, Column, DateColumn, LinkColumn, Screen, StatusColumn
from admin.crud.conditions import Asked, Condition, found
from shared.domain.mail import retry_mail, state_of
from shared.domain.permissions import Permission
from shared.models import Mail

STATES: Final = {
    "waiting": ("", _l("Waiting")),
    "late": ("warn", _l("Tried in vain, will be again")),
    "sent": ("good", _l("Sent")),
    "failed": ("bad", _l("Failed")),
}
IS_OPEN: Final = and_(Mail.sent_at.is_(None), Mail.failed_at.is_(None))
IN_STATE: Final = {
    "waiting": found(and_(IS_OPEN, Mail.attempts == 0), "created_at"),
    "late": found(and_(IS_OPEN, Mail.attempts > 0), "created_at"),
    "sent": Condition(Mail.sent_at.is_not(None), "usual"),
    "failed": found(Mail.failed_at.is_not(None), "created_at"),
}
MAY = (Permission.MAIL_READ,)


def in_state(value: str) -> Asked | None:
    """Return the condition that a mail is in a state."""
    condition = IN_STATE.get(value)
    return None if condition is None else Asked(condition)


class MailScreen(Screen):
    name, title, noun, model = "mail", _l("Mail"), _l("mail"), Mail
    columns = (
        LinkColumn("address", _l("Recipient")),
        Column("subject", _l("Subject")),
        StatusColumn("state", _l("State"), looks=STATES, value=state_of),
        Column("error", _l("What the mail server said")),
        DateColumn("created_at", _l("Written"), sortable=True),
        DateColumn("sent_at", _l("Sent")),
    )
    search, order = ("address", "subject"), "-created_at"
    filters = (
        ChoiceFilter(
            name="state",
            title=_l("State"),
            options=tuple((state, words) for state, (_, words) in STATES.items()),
            where=in_state,
        ),
    )
    actions = (
        Action(
            name="retry",
            label=_l("Try again now"),
            ask=_l("Send these mails now?"),
            done=_l("Will be sent now"),
            verb=lambda mail, work: retry_mail(mail, work=work),
            permissions=MAY,
            offered=lambda mail: mail.sent_at is None,
        ),
    )
    read = MAY
