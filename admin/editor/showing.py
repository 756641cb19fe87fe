"""The editor's pages: the form, a conflict, and a text that cannot be stored."""

from collections.abc import Mapping
from typing import Any, Final

from flask import render_template

from admin.acting import actor, site, work
from admin.editor.acts.actions import Action, offer, offer_new
from admin.editor.acts.contents import open_form, read_content, stored_names
from admin.editor.acts.reviewing import NOTHING, read_discussion
from admin.editor.fields.form import PostForm
from admin.editor.standing import describe
from admin.editor.versions.comparing import Comparison, compare
from admin.editor.versions.merging import find_base, make_merge
from shared.content.slugs import slugify
from shared.domain import posts
from shared.domain.errors import Conflict, DomainError, Invalid
from shared.domain.posts import Content, content_of
from shared.models import Post, Revision
from shared.web import commit, links, now, session
from shared.web.headers import allow

Page = tuple[str, int]
PLAIN: Final = {"conflict": None, "merged": False, "answered": ""}
CHOOSE: Final = "choose-"  # how the names of the choices in a merge begin


def form_for(kind: str, post: Post | None, content: Content | None = None) -> PostForm:
    """Return the form as it was posted, else filled from `content` or what was saved last."""
    return open_form(kind, post, content=content, site=site(), work=work())


def show_editor(
    form: PostForm, kind: str, post: Post | None, *, status: int = 200, **more: Any
) -> Page:
    """Show the form with the buttons that the person may press now."""
    allow(frame_src=links().site_source)
    page = render_template(
        "page/edit.html",
        form=form,
        kind=kind,
        post=post,
        actions=offer(post, actor(), now()) if post else offer_new(kind, actor()),
        standing=describe(post, now()),
        automatic_slug=_is_automatic(post),
        meta=content_of(post).meta if post else {},
        language=form.language.data or site().language,
        zone=site().zone,
        stored=stored_names(form),
        last_writer=(posts.find_last_writer(post, work=work()) if post else None) or "",
        **(
            {"conflict": None, "merged": False, "answered": ""}
            | read_discussion(post, work=work())
            | more
        ),
    )
    return page, status


def show_conflict(form: PostForm, post: Post, error: Conflict, action: Action) -> Page:
    """Show both texts after a save that came too late: theirs to read, one's own to go on with."""
    theirs = content_of(post)
    mine = read_content(form, theirs, kind=post.kind, work=work())
    base = find_base(post, form.base.data or "", session())
    conflict = {
        "message": error.message,
        "action": action,
        "theirs": theirs,
        "by": post.working or post.live,
        "differences": compare(theirs, mine, session()),
        "merge": make_merge(base, mine, theirs, session()),
    }
    form.rebase(post.version)
    return show_editor(form, post.kind, post, status=409, conflict=conflict)


def show_answered(form: PostForm, post: Post, error: Conflict) -> Page:
    """Show that a review has been answered meanwhile; a note that was written is not lost.

    It stands in the field of a new comment, to be sent there by whoever likes.
    """
    typed = NOTHING | {"text": form.review_note.data or form.review_message.data or ""}
    return show_editor(form, post.kind, post, status=409, answered=error.message, typed=typed)


def show_merged(form: PostForm, post: Post, choices: Mapping[str, str]) -> Page:
    """Show what both texts become by the person's choices, to be looked over and saved.

    One's own text is in the history before it is changed.
    """
    theirs = content_of(post)
    mine = read_content(form, theirs, kind=post.kind, work=work())
    base = find_base(post, form.base.data or "", session())
    posts.set_aside(post, mine, work=work())
    commit()
    decided = {
        name.removeprefix(CHOOSE): way for name, way in choices.items() if name.startswith(CHOOSE)
    }
    merged = make_merge(base, mine, theirs, session()).result(decided)
    again = form_for(post.kind, post, merged)
    again.draft_key.data = form.draft_key.data
    again.note.data = form.note.data
    return show_editor(again, post.kind, post, merged=True)


def reopen(post: Post, revision: Revision, error: Invalid) -> Page:
    """Show an earlier revision in the editor, to be mended where it cannot be stored as it is."""
    form = form_for(post.kind, post, Content.from_document(revision.content))
    form.take_errors(error)
    return show_editor(form, post.kind, post, status=422)


def show_refused(form: PostForm, post: Post | None, error: DomainError, status: int) -> Page:
    """Show what was typed, to be copied, where the person may not store it any more."""
    return render_template("page/refused.html", form=form, post=post, error=error), status


def compare_revisions(old: Revision | None, new: Revision) -> Comparison:
    """Compare a revision with an earlier one; None: with nothing."""
    before = Content.from_document(old.content) if old else Content(title="")
    return compare(before, Content.from_document(new.content), session())


def _is_automatic(post: Post | None) -> bool:
    """Tell whether the address still follows the title: never public, and made from it."""
    if post is None:
        return True
    if post.first_published_at is not None:
        return False
    content = content_of(post)
    made = slugify(content.title) or post.kind
    number = content.slug.removeprefix(made)
    return content.slug.startswith(made) and (not number or number[1:].isdecimal())
