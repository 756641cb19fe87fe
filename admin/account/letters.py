"""What the console writes to people, in their language: invitations, links, notices."""

from flask import flash
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from admin.acting import me, site
from admin.languages import speaking_to
from shared.domain.invitations import invite, is_invited
from shared.domain.mail import owe_mail
from shared.domain.sessions import LINK_LIFE, offer_link
from shared.domain.work import Work
from shared.models import User
from shared.own_places import console_address
from shared.urls import MOUNTS, path_to
from shared.web import links, runtime


def sends_mail() -> bool:
    """Tell whether letters go out; else links are shown to whoever passes them on."""
    return runtime().settings.sends_mail


def address(endpoint: str, **parts: str) -> str:
    """Return the address of a page of the console as the settings have it, whatever host was asked.

    A link in a mail must not lead where somebody else's request said that we are.
    """
    path = path_to("admin", endpoint, query=None, **parts)
    return console_address(runtime().settings) + path.removeprefix(MOUNTS["admin"])


def link_for(user: User, unit: Work) -> tuple[str, str]:
    """Make the link that a person comes in by; return its endpoint and token."""
    if is_invited(user):
        return "account.invitation", invite(user, work=unit)
    return "account.link", offer_link("password", user=user, work=unit)


def show_link(user: User, unit: Work) -> None:
    """Make a link and show it once, for the owner to pass on."""
    endpoint, token = link_for(user, unit)
    said = _("Send %(name)s this link. It works once, for seven days:", name=user.name)
    flash(said, "warning")
    flash(links().absolute("admin", endpoint, token=token), "link")


def mail_link(user: User, unit: Work) -> None:
    """Make a link and send it by mail."""
    endpoint, token = link_for(user, unit)
    write = invitation if endpoint == "account.invitation" else password_letter
    with speaking_to(user):
        subject, text = write(user.name, address(endpoint, token=token))
    owe_mail(unit, to=user.email, subject=subject, text=text, expires_at=unit.at + LINK_LIFE)
    flash(_("A mail with a link goes to %(address)s.", address=user.email), "success")


def send_link(user: User, unit: Work) -> None:
    """Send a link by mail where that works, else show it."""
    (mail_link if sends_mail() else show_link)(user, unit)


def invitation(name: str, link: str) -> tuple[str, str]:
    """Return subject and text of an invitation."""
    subject = _("Write with us at %(site)s", site=site().title)
    text = _(
        "Hello %(name)s,\n\n"
        "%(who)s invites you to %(site)s. Choose your name and password here:\n\n%(link)s\n\n"
        "The link works once, for seven days. If you do not know what this is about, "
        "do nothing: nobody gets in without it.\n",
        name=name,
        who=me().user.name,
        site=site().title,
        link=link,
    )
    return subject, text


def password_letter(name: str, link: str) -> tuple[str, str]:
    """Return subject and text of a mail with a password link that an owner made."""
    subject = _("Set your password for %(site)s", site=site().title)
    text = _(
        "Hello %(name)s,\n\n"
        "%(who)s made a link by which you set your password for %(site)s:\n\n%(link)s\n\n"
        "It works once, for seven days.\n",
        name=name,
        who=me().user.name,
        site=site().title,
        link=link,
    )
    return subject, text


def tell(user: User, what: LazyString, *, unit: Work, to: str = "") -> None:
    """Let a person know by mail what happened to the account, where mail works."""
    if not sends_mail():
        return
    with speaking_to(user):
        subject = _("Your account at %(site)s", site=site().title)
        text = _(
            "Hello %(name)s,\n\n%(what)s\n\n"
            "If you did not expect this, talk to an owner of the site.\n",
            name=user.name,
            what=what,
        )
    owe_mail(unit, to=to or user.email, subject=subject, text=text)
