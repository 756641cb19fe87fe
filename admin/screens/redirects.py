"""Redirects: old paths of the site and where they lead."""

import re
from typing import Any
from urllib.parse import unquote

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired

from admin.acting import work
from admin.crud import Action, Ask, ChoiceFilter, Column, DateColumn, Edit, LinkColumn, Screen
from admin.crud.conditions import number_or_none, same, same_number
from admin.forms import VersionedForm, choices_of, within
from shared.domain.permissions import Permission
from shared.domain.posts import find_post
from shared.domain.redirects import delete_redirect, post_path, save_redirect
from shared.domain.work import Work
from shared.models import Post, Redirect
from shared.saying import say
from shared.web import session

STATUSES = (
    (301, _l("301: moved for good")),
    (302, _l("302: moved for now")),
    (410, _l("410: gone, leads nowhere")),
)
ORIGINS = (
    ("console", _l("Made here")),
    ("slug", _l("Left by a changed address")),
    ("import", _l("Imported")),
)
GONE = 410
MAY = (Permission.REDIRECTS_EDIT,)


def leads_to(redirect: Redirect) -> str:
    """Return where a redirect leads, in the form in which it is written."""
    return post_path(redirect.post) if redirect.post else redirect.target


class RedirectForm(VersionedForm):
    """An old path, and where it leads."""

    path = StringField(
        _l("Old path"),
        [DataRequired(_l("Give a path such as /old/page.html.")), within(Redirect.path)],
        render_kw={"placeholder": "/old/page.html"},
    )
    target = StringField(
        _l("Leads to"),
        [within(Redirect.target)],
        description=_l(
            "A path of this site or an address. The path of a post is remembered as "
            "that post, and holds when its address changes."
        ),
        default="",
    )
    status = SelectField(_l("How"), choices=choices_of(STATUSES), coerce=int, default=301)

    def __init__(self, *args: Any, obj: Redirect | None = None, **more: Any) -> None:
        super().__init__(*args, obj=obj, **more)
        if obj is not None and not self.target.raw_data:
            self.target.data = leads_to(obj)


def move(redirect: Redirect, path: str, work: Work) -> None:
    """Give a redirect another old path."""
    redirect.path = path
    save_redirect(redirect, version=None, work=work)


def facts(redirect: Redirect) -> dict[str, str]:
    """Return what actions change of a redirect, in words."""
    return {
        str(_l("How")): str(dict(STATUSES).get(redirect.status, redirect.status)),
        str(_l("Leads to")): leads_to(redirect),
    }


def set_status(redirect: Redirect, given: str, work: Work) -> None:
    """Let a redirect answer otherwise; one that is gone leads nowhere any more."""
    redirect.status = number_or_none(given) or 0
    if redirect.status == GONE:
        redirect.target, redirect.post = "", None
    save_redirect(redirect, version=None, work=work)


class RedirectScreen(Screen):
    name, title, noun = "redirects", _l("Redirects"), _l("redirect")
    model, form = Redirect, RedirectForm
    columns = (
        LinkColumn("path", _l("Old path"), sortable=True, edit=Edit(move, MAY)),
        Column("target", _l("Leads to"), value=leads_to),
        Column("status", _l("How")),
        Column(
            "origin", _l("Origin"), value=lambda item: dict(ORIGINS).get(item.origin, item.origin)
        ),
        DateColumn("created_at", _l("Since")),
    )
    search, order = ("path", "target"), "path"
    filters = (
        ChoiceFilter(
            name="status",
            title=_l("How"),
            options=tuple((str(status), words) for status, words in STATUSES),
            where=same_number(Redirect.status, "path"),
        ),
        ChoiceFilter(
            name="origin", title=_l("Origin"), options=ORIGINS, where=same(Redirect.origin, "path")
        ),
    )
    actions = (
        Action(
            name="delete",
            label=_l("Delete"),
            ask=_l("Delete these redirects? Their old paths lead nowhere then."),
            done=_l("Deleted"),
            verb=lambda item, work: delete_redirect(item, work=work),
            permissions=MAY,
            danger=True,
            offered=lambda _: False,
            told=lambda what: say("Deleted: %(what)s", what=what),
        ),
        Action(
            name="status",
            label=_l("Set how they lead"),
            ask=_l("How shall these old paths answer?"),
            done=_l("Answer set"),
            verb=lambda item, work, given: set_status(item, given, work),
            permissions=MAY,
            offered=lambda _: False,
            asks=Ask(
                label=_l("How"), options=lambda _: [(str(code), told) for code, told in STATUSES]
            ),
            facts=facts,
            told=lambda what: say("Answer set: %(what)s", what=what),
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
