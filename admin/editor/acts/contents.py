"""Between the form and the domain: filling the one in, reading an order from the other."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from admin.editor.acts.actions import Action
from admin.editor.acts.orders import Order
from admin.editor.fields.choices import (
    NOBODY,
    author_choices,
    list_categories,
    list_languages,
    list_people,
)
from admin.editor.fields.detail_fields import DETAILS, POINT, detail_values, read_details
from admin.editor.fields.form import PostForm
from admin.editor.fields.tagging import join_tags, split_tags
from admin.editor.fields.zones import NoSuchTime, from_wall, to_wall
from shared.domain.errors import Invalid
from shared.domain.permissions import Permission
from shared.domain.posts import Content, Until, content_of, digest_of
from shared.domain.posts.publishing import End
from shared.domain.posts.relations import may_name_authors
from shared.domain.site import Site
from shared.domain.work import Work
from shared.models import Post, Revision

RELATED = ("coauthors", "translation_of")
PLAIN = ("title", "slug", "body", "summary", "byline", "language")
EMPTY = Content(title="")


def open_form(
    kind: str, post: Post | None, *, content: Content | None = None, site: Site, work: Work
) -> PostForm:
    """Return the form as it was posted, else filled with what was saved last, or with `content`."""
    posted = {} if content is None else {"formdata": None}
    content = content or (content_of(post) if post else EMPTY)
    form = PostForm(**posted, data=_values(content, post, site=site, work=work))
    form.language.choices = list_languages(site, content.language)
    if kind == "page":
        del form.tags, form.categories
    else:
        form.categories.choices = list_categories(work.session)
    if Permission.POSTS_EDIT in work.actor.permissions:
        form.people = list_people(work.session, kind, post)
        form.author.choices = author_choices(form.people, post)
    else:
        del form.author
    if not may_name_authors(kind, work=work):
        del form.coauthors
    return form


def read_order(
    form: PostForm, action: Action, post: Post | None, *, kind: str, site: Site, work: Work
) -> Order:
    """Read what was ordered; raises Invalid for a time that does not exist."""
    return Order(
        action=action,
        content=read_content(form, content_of(post) if post else EMPTY, kind=kind, work=work),
        version=form.sent_version,
        note=(form.note.data or "").strip(),
        author_id=(form.author.data or None) if "author" in form else None,
        at=_read_time(form, "publish_at", post.published_at if post else None, site),
        until=_read_end(form, post, site),
        said=_read_said(form, action),
    )


def read_content(form: PostForm, base: Content, *, kind: str, work: Work) -> Content:
    """Return the content in a form; what the form has no field for stays as in `base`."""
    changed: dict[str, Any] = {name: form[name].data or "" for name in PLAIN}
    if "tags" in form:
        changed["tags"] = split_tags(form.tags.data or "")
        changed["categories"] = tuple(form.categories.data or ())
    changed |= read_details(form, kind, work.session)
    return replace(base, **changed).tidied()


def base_of(post: Post) -> str:
    """Return what a text is begun from: the number of the revision, and what it says."""
    revision: Revision | None = post.working or post.live
    return f"{revision.number if revision else 0}.{digest_of(content_of(post))}"


def stored_names(form: PostForm) -> list[str]:
    """Return the names of the fields that every save stores; the others wait for a button."""
    names = (*PLAIN, "tags", "categories", *DETAILS, *POINT, "noindex", *RELATED)
    return [name for name in names if name in form]


def _values(content: Content, post: Post | None, *, site: Site, work: Work) -> dict[str, Any]:
    return {name: getattr(content, name) for name in PLAIN} | {
        "tags": join_tags(content.tags),
        "categories": list(content.categories),
        "author": (post.author_id or NOBODY) if post else work.actor.user_id,
        **detail_values(content, work.session),
        "publish_at": to_wall(post.published_at, site.zone) if post else "",
        "unpublish_at": to_wall(post.expires_at, site.zone) if post else "",
        "note": "",
        "version": post.version if post else None,
        "draft_key": "",
        "sequence": "",
        "base": base_of(post) if post else "",
    }


def _read_time(form: PostForm, name: str, known: datetime | None, site: Site) -> datetime | None:
    try:
        return from_wall(form[name].data or "", site.zone, known=known)
    except NoSuchTime as error:
        raise Invalid({name: str(error)}) from error


def _read_said(form: PostForm, action: Action) -> str:
    """Return what is said with a review: the question's message, or the note of the answer."""
    field = form.review_message if action is Action.ASK_REVIEW else form.review_note
    return field.data or ""


def _read_end(form: PostForm, post: Post | None, site: Site) -> End:
    """Return when the publication shall end; as it is where the form did not say."""
    if not form.unpublish_at.raw_data:
        return Until.KEPT
    return _read_time(form, "unpublish_at", post.expires_at if post else None, site)
