"""Redirects: old paths of the site and where they lead."""

import re
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired

from admin.acting import work
from admin.crud import Action, ChoiceFilter, Column, DateColumn, LinkColumn, Screen
from admin.crud.filters import same, same_number
from admin.forms import VersionedForm, choices_of, within
from shared.domain.permissions import Permission
from shared.domain.posts import find_post
from shared.domain.redirects import delete_redirect, post_path, save_redirect
from shared.models import Post, Redirect
from shared.web import session

STATUSES = (
    (301, "301: moved for good"),
    (302, "302: moved for now"),
    (410, "410: gone, leads nowhere"),
)
ORIGINS = (("console", "Made here"), ("slug", "Left by a changed address"), ("import", "Imported"))
MAY = (Permission.REDIRECTS_EDIT,)


def leads_to(redirect: Redirect) -> str:
    """Return where a redirect leads, in the form in which it is written."""
    return post_path(redirect.post) if redirect.post else redirect.target


class RedirectForm(VersionedForm):
    """An old path, and where it leads."""

    path = StringField(
        "Old path",
        [DataRequired("Give a path such as /old/page.html."), within(Redirect.path)],
        render_kw={"placeholder": "/old/page.html"},
    )
    target = StringField(
        "Leads to",
        [within(Redirect.target)],
        description="A path of this site or an address. The path of a post is remembered as "
        "that post, and holds when its address changes.",
        default="",
    )
    status = SelectField("How", choices=choices_of(STATUSES), coerce=int, default=301)

    def __init__(self, *args: Any, obj: Redirect | None = None, **more: Any) -> None:
        super().__init__(*args, obj=obj, **more)
        if obj is not None and not self.target.raw_data:
            self.target.data = leads_to(obj)


class RedirectScreen(Screen):
    name, title, noun = "redirects", "Redirects", "redirect"
    model, form = Redirect, RedirectForm
    columns = (
        LinkColumn("path", "Old path", sortable=True),
        Column("target", "Leads to", value=leads_to),
        Column("status", "How"),
        Column("origin", value=lambda item: dict(ORIGINS).get(item.origin, item.origin)),
        DateColumn("created_at", "Since"),
    )
    search, order = ("path", "target"), "path"
    filters = (
        ChoiceFilter(
            name="status",
            title="How",
            options=tuple((str(status), words) for status, words in STATUSES),
            where=same_number(Redirect.status),
        ),
        ChoiceFilter(name="origin", title="Origin", options=ORIGINS, where=same(Redirect.origin)),
    )
    actions = (
        Action(
            name="delete",
            label="Delete",
            ask="Delete these redirects? Their old paths lead nowhere then.",
            done="Deleted",
            verb=lambda item, work: delete_redirect(item, work=work),
            permissions=MAY,
            danger=True,
            offered=lambda _: False,
        ),
    )
    read = edit = MAY

    def query(self) -> Select[Any]:
        return select(Redirect).options(
            joinedload(Redirect.post).load_only(Post.kind, Post.slug, Post.title)
        )

    def save(self, row: Redirect, form: VersionedForm) -> None:
        form.populate_obj(row)
        row.target, row.post_id = settle(row.target)
        save_redirect(row, version=form.base_version, work=work())

    def delete(self, row: Redirect) -> None:
        delete_redirect(row, work=work())


def settle(target: str) -> tuple[str, int | None]:
    """Return a target as an address, or as the id of the post whose path it is."""
    path = unquote(target.strip())
    match = re.fullmatch(r"/page/([^/]+)/?", path)
    with session().no_autoflush:
        if match:
            post = find_post(session(), kind="post", slug=match[1])
        else:
            post = find_post(session(), kind="page", slug=path.strip("/"))
    return ("", post.id) if post is not None else (target, None)
