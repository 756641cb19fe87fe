"""Audit events told as sentences."""

from typing import Final

from shared.models import AuditEvent

_TOLD: Final = {
    "client.approved": "approved the API client {label}",
    "client.registered": "registered the API client {label}",
    "client.revoked": "revoked the API client {label}",
    "client.token_issued": "issued a token to {label}",
    "category.deleted": "deleted the category {label}",
    "category.saved": "saved the category {label}",
    "content.exported": "exported {label}",
    "import.finished": "imported {label}",
    "link.password_offered": "made a password link for {label}",
    "link.password_used": "set a password by link",
    "link.setup_offered": "offered the set-up link",
    "link.setup_used": "used the set-up link",
    "mail.retried": "tried again to send {label}",
    "post.autosaved": "is writing {label}",
    "post.created": "started {label}",
    "post.discarded": "discarded changes to {label}",
    "post.given": "gave {label} to another author",
    "post.published": "published {label}",
    "post.restored": "took {label} out of the trash",
    "post.saved": "saved {label}",
    "post.scheduled": "scheduled {label}",
    "post.trashed": "moved {label} to the trash",
    "post.unpublished": "unpublished {label}",
    "redirect.deleted": "deleted the redirect {label}",
    "redirect.saved": "saved the redirect {label}",
    "settings.saved": "changed the settings {label}",
    "tag.created": "made the tag {label}",
    "tag.deleted": "deleted the tag {label}",
    "tag.saved": "saved the tag {label}",
    "user.created": "created the account of {label}",
    "user.disabled": "disabled the account of {label}",
    "user.enabled": "enabled the account of {label}",
    "user.password_set": "set a password for {label}",
    "user.saved": "saved the account of {label}",
    "user.session_revoked": "ended a session of {label}",
    "user.signed_in": "signed in",
    "user.signed_out": "signed out",
    "view.deleted": "deleted the view {label}",
    "view.saved": "saved the view {label}",
}


ACTIONS: Final = tuple((name, name) for name in sorted(_TOLD))


def sentence(event: AuditEvent) -> str:
    """Return what happened, without the actor's name: `published “A quiet morning”`."""
    label = f"“{event.object_label}”" if event.object_label else f"{event.object_kind}"
    told = _TOLD.get(event.action)
    if told is None:
        return f"{event.action.replace('.', ' ').replace('_', ' ')} {label}"
    return told.format(label=label)
