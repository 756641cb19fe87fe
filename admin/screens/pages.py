"""Standing pages such as About: the list; they open in the same editor as posts."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select

from admin.acting import may
from admin.addresses import row_url
from admin.crud import Screen
from admin.screens.post_actions import act_on
from admin.screens.post_filters import MORE_FILTERS, PAGES, STATUS
from admin.screens.post_search import PostSearch
from admin.screens.posts import COLUMNS, LISTED
from shared.domain.permissions import Permission
from shared.models import Post


class PageScreen(Screen):
    name, title, noun, model = "pages", _l("Pages"), _l("page"), Post
    columns, search, order = COLUMNS, PostSearch("page", "title", "slug"), "title"
    filters = (STATUS, *MORE_FILTERS)
    actions = act_on(
        publish=(Permission.PAGES_PUBLISH,),
        trash=(Permission.PAGES_TRASH,),
        edit=(Permission.PAGES_EDIT,),
    )
    read = (Permission.PAGES_READ,)

    def query(self) -> Select[Any]:
        return LISTED

    def scope(self) -> ColumnElement[bool]:
        return PAGES

    def url(self, row: Post) -> str:
        return row_url("page.edit", row.id)

    def url_new(self) -> str:
        return url_for("page.new", kind="page") if may(Permission.PAGES_EDIT) else ""
