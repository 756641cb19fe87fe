"""Between the form and the domain: filling the one in, reading an order from the other."""

from dataclasses import replace
from typing import Any

from admin.editor.actions import Action
from admin.editor.choices import NOBODY, list_authors, list_categories, list_languages
from admin.editor.form import PostForm
from admin.editor.orders import Order
from admin.editor.tagging import join_tags, split_tags
from admin.editor.zones import NoSuchTime, from_wall, to_wall
from shared.domain.errors import Invalid
from shared.domain.permissions import Permission
from shared.domain.posts import Content, content_of
from shared.domain.site import Site
from shared.domain.work import Work
from shared.models import Post

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
        form.author.choices = list_authors(work.session, kind, post)
    else:
        del form.author
    return form


def read_order(form: PostForm, action: Action, post: Post | None, *, site: Site) -> Order:
    """Read what was ordered; raises Invalid for a time that does not exist."""
    return Order(
        action=action,
        content=read_content(form, content_of(post) if post else EMPTY),
        version=form.sent_version,
        note=(form.note.data or "").strip(),
        author_id=(form.author.data or None) if "author" in form else None,
        at=_read_time(form, post, site),
    )


def read_content(form: PostForm, base: Content) -> Content:
    """Return the content in a form; what the form has no field for stays as in `base`."""
    changed: dict[str, Any] = {name: form[name].data or "" for name in PLAIN}
    if "tags" in form:
        changed["tags"] = split_tags(form.tags.data or "")
        changed["categories"] = tuple(form.categories.data or ())
    return replace(base, **changed).tidied()


def _values(content: Content, post: Post | None, *, site: Site, work: Work) -> dict[str, Any]:
    return {name: getattr(content, name) for name in PLAIN} | {
        "tags": join_tags(content.tags),
        "categories": list(content.categories),
        "author": (post.author_id or NOBODY) if post else work.actor.user_id,
        "publish_at": to_wall(post.published_at, site.zone) if post else "",
        "note": "",
        "version": post.version if post else None,
        "draft_key": "",
    }


def _read_time(form: PostForm, post: Post | None, site: Site) -> Any:
    try:
        return from_wall(
            form.publish_at.data or "", site.zone, known=post.published_at if post else None
        )
    except NoSuchTime as error:
        raise Invalid({"publish_at": str(error)}) from error
