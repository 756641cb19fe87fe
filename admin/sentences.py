"""Audit events told as sentences."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

from admin.languages import told
from shared.domain.site import OPTIONS
from shared.models import AuditEvent

_TOLD: Final = {
    "client.approved": _l("approved the API client {label}"),
    "client.registered": _l("registered the API client {label}"),
    "client.revoked": _l("revoked the API client {label}"),
    "client.token_issued": _l("issued a token to {label}"),
    "category.deleted": _l("deleted the category {label}"),
    "category.merged": _l("merged the category {label} into another"),
    "category.saved": _l("saved the category {label}"),
    "category.restored": _l("took the category {label} out of the trash"),
    "category.undone": _l("took back what was done to the category {label}"),
    "comment.approved": _l("approved the comment {label}"),
    "comment.data_taken": _l("took out what one visitor said in comments"),
    "comment.deleted": _l("deleted the comment {label} for good"),
    "comment.edited": _l("edited the comment {label}"),
    "comment.erased": _l("erased what one visitor said in comments"),
    "comment.held": _l("took the comment {label} off the page until it is approved"),
    "comment.marked_spam": _l("marked the comment {label} as spam"),
    "comment.purged": _l("let go of old spam and trash among comments: {label}"),
    "comment.replied": _l("answered a comment by {label}"),
    "comment.restored": _l("took the comment {label} out of the trash"),
    "comment.trashed": _l("moved the comment {label} to the trash"),
    "comment.undone": _l("took back what was done to the comment {label}"),
    "content.exported": _l("exported {label}"),
    "import.finished": _l("imported {label}"),
    "link.password_offered": _l("made a password link for {label}"),
    "link.password_used": _l("set a password by link"),
    "link.setup_offered": _l("offered the set-up link"),
    "link.setup_used": _l("used the set-up link"),
    "mail.retried": _l("tried again to send {label}"),
    "missing.hidden": _l("hid addresses that were asked for in vain: {label}"),
    "missing.shown": _l("showed addresses again that were asked for in vain: {label}"),
    "media.adopted": _l("registered {label} of the media folder"),
    "media.deleted": _l("deleted the file {label} for good"),
    "media.replaced": _l("replaced the file {label}"),
    "media.restored": _l("took the file {label} out of the trash"),
    "media.saved": _l("changed what is said of the file {label}"),
    "media.trashed": _l("moved the file {label} to the trash"),
    "media.undone": _l("took back what was done to the file {label}"),
    "media.uploaded": _l("uploaded the file {label}"),
    "post.autosaved": _l("is writing {label}"),
    "post.created": _l("started {label}"),
    "post.discarded": _l("discarded changes to {label}"),
    "post.end_set": _l("set when {label} ends"),
    "post.given": _l("gave {label} to another author"),
    "post.pruned": _l("let go of old versions of {label}"),
    "post.published": _l("published {label}"),
    "post.purged": _l("deleted {label} for good"),
    "preview.offered": _l("made a preview link of {label}"),
    "preview.reopened": _l("let a preview link of {label} open it again"),
    "preview.revoked": _l("took a preview link of {label} back"),
    "post.commented": _l("commented on {label}"),
    "post.comment_reopened": _l("reopened a comment on {label}"),
    "post.comment_resolved": _l("settled a comment on {label}"),
    "post.review_approved": _l("approved {label}"),
    "post.review_asked": _l("asked for review of {label}"),
    "post.review_reopened": _l("let {label} wait for review again"),
    "post.review_returned": _l("returned {label} with a note"),
    "post.review_withdrawn": _l("no longer asks for review of {label}"),
    "post.restored": _l("took {label} out of the trash"),
    "post.saved": _l("saved {label}"),
    "post.scheduled": _l("scheduled {label}"),
    "post.set_aside": _l("came too late with a text of {label}, which was set aside"),
    "post.trashed": _l("moved {label} to the trash"),
    "post.undone": _l("took back what was done to {label}"),
    "post.version_named": _l("named a version of {label}"),
    "post.unpublished": _l("unpublished {label}"),
    "redirect.deleted": _l("deleted the redirect {label}"),
    "redirect.saved": _l("saved the redirect {label}"),
    "redirect.restored": _l("took the redirect {label} out of the trash"),
    "redirect.undone": _l("took back what was done to the redirect {label}"),
    "settings.saved": _l("changed the settings {label}"),
    "settings.undone": _l("took back the change of the settings {label}"),
    "tag.created": _l("made the tag {label}"),
    "tag.deleted": _l("deleted the tag {label}"),
    "tag.merged": _l("merged the tag {label} into another"),
    "tag.saved": _l("saved the tag {label}"),
    "tag.restored": _l("took the tag {label} out of the trash"),
    "tag.undone": _l("took back what was done to the tag {label}"),
    "trash.purged": _l("deleted {label} out of the trash for good"),
    "user.data_taken": _l("took out what is kept about themselves"),
    "user.created": _l("created the account of {label}"),
    "user.disabled": _l("disabled the account of {label}"),
    "user.enabled": _l("enabled the account of {label}"),
    "user.password_set": _l("set a password for {label}"),
    "user.saved": _l("saved the account of {label}"),
    "user.session_revoked": _l("ended a session of {label}"),
    "user.signed_in": _l("signed in"),
    "user.signed_out": _l("signed out"),
    "user.undone": _l("took back what was done to the account of {label}"),
    "list.exported": _l("exported the list {label}"),
    "view.deleted": _l("deleted the view {label}"),
    "view.restored": _l("brought the view {label} back"),
    "view.saved": _l("saved the view {label}"),
    "link.invitation_offered": _l("invited {label}"),
    "link.invitation_used": _l("accepted an invitation"),
    "user.invitation_revoked": _l("took the invitation of {label} back"),
    "user.joined": _l("joined as {label}"),
    "user.sessions_ended": _l("signed {label} out everywhere"),
    "user.totp_enabled": _l("set up one-time codes for {label}"),
    "user.totp_disabled": _l("removed one-time codes from {label}"),
    "user.recovery_codes_made": _l("made recovery codes for {label}"),
    "user.recovery_code_used": _l("used a recovery code of {label}"),
    "user.factors_reset": _l("reset the second step of {label}"),
    "user.passkey_added": _l("added the passkey {label}"),
    "user.passkey_renamed": _l("renamed a passkey to {label}"),
    "user.passkey_removed": _l("removed the passkey {label}"),
    "user.erased": _l("deleted the account of {label}"),
}


class ActionWords:
    """An act without its object, in the language of whoever reads: `published …`."""

    def __init__(self, pattern: Any) -> None:
        self._pattern = pattern

    def __str__(self) -> str:
        """Return the words."""
        return str(self._pattern).format(label="…")


ACTIONS: Final = tuple((name, ActionWords(_TOLD[name])) for name in sorted(_TOLD))


def sentence(event: AuditEvent) -> str:
    """Return what happened, without the actor's name: `published “A quiet morning”`."""
    label = f"“{_named(event)}”" if event.object_label else f"{event.object_kind}"
    words = _TOLD.get(event.action)
    if words is None:
        return f"{event.action.replace('.', ' ').replace('_', ' ')} {label}"
    return str(words).format(label=label)


def _named(event: AuditEvent) -> str:
    """Return what the object is called; settings by the titles that their pages show."""
    label: str = event.object_label
    return titles_of(label) if event.object_kind == "setting" else label


def titles_of(label: str) -> str:
    """Return the titles of the options that a label names."""
    names = label.split(", ")
    return ", ".join(told(OPTIONS[name].title) if name in OPTIONS else name for name in names)
