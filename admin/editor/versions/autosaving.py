"""What the editor's script sends by itself: the text to be kept, and signs of life."""

from typing import Any

from flask import request, url_for

from admin.acting import actor, work
from admin.editor.acts.contents import EMPTY, base_of, read_content, stored_names
from admin.editor.fields.detail_fields import POINT, detail_values
from admin.editor.fields.form import PostForm
from admin.languages import told
from shared.domain import posts
from shared.domain.errors import Conflict, DomainError, Invalid, Raced, Stale
from shared.domain.posts import Content
from shared.models import Post
from shared.web import commit, now, session

Answer = tuple[dict[str, Any], int]


def keep(form: PostForm, kind: str, post: Post | None, *, untitled: str) -> Answer:
    """Keep the text in a form, and tell what is stored; a text that came too late is set aside."""
    if not form.sent_save.key:
        return {"reason": "key"}, 400
    if request.form.get("user", type=int) != actor().user_id:
        return {"reason": "person"}, 409
    content, odd = _read(form, kind, post)
    try:
        kept = posts.autosave(
            post, content, form.sent_save, kind=kind, untitled=untitled, work=work()
        )
    except Stale as error:
        session().rollback()
        return _set_aside(form, content, post, error), 409
    except Raced as error:
        session().rollback()
        return refuse("busy", error), 409  # the script tries again
    except Conflict as error:
        session().rollback()
        return refuse("state", error), 409
    commit()
    refused = {name: told(message) for name, message in (odd | {**kept.refused}).items()}
    return describe(kept.post, form.sent_save.key) | {
        "stored": [name for name in stored_names(form) if name not in refused],
        "refused": refused,
    }, 200


def _read(form: PostForm, kind: str, post: Post | None) -> tuple[Content, dict[str, str]]:
    """Read the content; a field that names nothing stays as it was saved, with the reason."""
    saved = posts.content_of(post) if post else EMPTY
    as_saved = detail_values(saved, session())
    refused: dict[str, str] = {}
    wrong = [name for name in POINT if form[name].data is None]
    while True:
        for name in wrong:
            form[name].data = as_saved[name]
        try:
            return read_content(form, saved, kind=kind, work=work()), refused
        except Invalid as error:
            wrong = [name for name in error.errors if name not in refused]
            refused |= error.errors
            if not wrong:
                raise


def describe(post: Post, key: str) -> dict[str, Any]:
    """Tell how a post stands, and who else has it open."""
    others = posts.list_others(post, key, work=work())
    me = actor().user_id
    return {
        "post": post.id,
        "url": url_for("page.edit", id=post.id),
        "version": post.version,
        "base": base_of(post),
        "changed": post.live is not None and post.working is not None,
        "at": now().isoformat(),
        "others": [
            {"name": other.name, "since": other.since.isoformat(), "me": other.user_id == me}
            for other in others
        ],
    }


def refuse(reason: str, error: DomainError) -> dict[str, Any]:
    """Tell why nothing was kept."""
    return {"reason": reason, "message": told(error.message)}


def _set_aside(form: PostForm, content: Content, post: Post | None, error: Stale) -> dict[str, Any]:
    """Put the text into the history, once, where it can be read and merged from."""
    post = post or posts.get_begun(form.sent_save.key, work=work())
    theirs = post.working or post.live
    posts.set_aside(post, content, work=work())
    commit()
    return refuse("stale", error) | {
        "by": theirs.author_name if theirs else "",
        "at": theirs.updated_at.isoformat() if theirs else "",
    }
