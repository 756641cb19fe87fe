"""Several tags or categories become one: chosen, foreseen, done."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired

from admin.access import requires
from admin.acting import work
from admin.editor.fields.choices import list_categories
from admin.editor.fields.tagging import split_tags
from admin.forms import Form
from admin.undoing import flash_done, offer, remember_all
from shared.domain.errors import Conflict, Invalid
from shared.domain.merging import Outlook, foresee, merge_categories, merge_tags
from shared.domain.permissions import Permission
from shared.domain.taxonomy import get_category, tag_slug
from shared.domain.undo import Merge
from shared.models import Category, Tag
from shared.saying import say
from shared.web import Routes, commit, session

blueprint = Blueprint("merging", __name__)
route = Routes("admin", blueprint)


class TagsForm(Form):
    """Which tags go, and which one stands in their place."""

    sources = StringField(_l("These tags go"), [DataRequired(_l("Name at least one tag."))])
    into = StringField(_l("This one stays"), [DataRequired(_l("Name the tag that stays."))])

    def read(self) -> tuple[Sequence[Tag], Tag]:
        """Return the tags of the names; raises Invalid naming those that there are not."""
        known = {
            "sources": find_tags(split_tags(self.sources.data), "sources"),
            "into": find_tags([self.into.data], "into"),
        }
        return known["sources"], known["into"][0]


class CategoriesForm(Form):
    """Which categories go, and which one takes their posts and children."""

    sources = SelectMultipleField(_l("These categories go"), coerce=int)
    into = SelectField(_l("This one stays"), coerce=int)

    def __init__(self, choices: list[SelectChoice], **more: Any) -> None:
        super().__init__(**more)
        self.sources.choices = self.into.choices = choices

    def read(self) -> tuple[Sequence[Category], Category]:
        """Return the categories that were chosen."""
        found = [get_category(session(), number) for number in self.sources.data or ()]
        return found, get_category(session(), self.into.data)


def find_tags(names: Sequence[str], field: str) -> list[Tag]:
    """Return the tags of some names, in their order; raises Invalid naming those missing."""
    slugs = {tag_slug(name): name for name in names}
    rows = session().scalars(select(Tag).where(Tag.slug.in_(slugs)))
    known = {tag.slug: tag for tag in rows}
    if missing := [name for slug, name in slugs.items() if slug not in known]:
        raise Invalid({field: say("There is no tag “%(name)s”.", name=missing[0])})
    return [known[slug] for slug in slugs]


@route("tags", methods=["GET", "POST"])
@requires(Permission.TAGS_EDIT)
def tags() -> ResponseReturnValue:
    """Merge tags."""
    return _page(TagsForm(), merge_tags, "tags")


@route("categories", methods=["GET", "POST"])
@requires(Permission.CATEGORIES_EDIT)
def categories() -> ResponseReturnValue:
    """Merge categories."""
    return _page(CategoriesForm(list_categories(session())), merge_categories, "categories")


def _page(form: Any, merge: Any, kind: str) -> ResponseReturnValue:
    """Ask, show what would change, and do it once that was confirmed."""
    outlook: Outlook | None = None
    sources: Sequence[Any] = ()
    if form.validate_on_submit():
        try:
            sources, into = form.read()
            if "confirmed" in request.form:
                return _merged(merge, Merge(sources, into), kind)
            outlook = foresee(session(), sources, into)
        except Invalid as error:
            form.take_errors(error)
        except Conflict as error:
            form.take_errors(Invalid({"sources": error.message}))
    page = render_template(
        "merging/index.html", form=form, kind=kind, outlook=outlook, sources=sources
    )
    return make_response(page, 200 if outlook else form.page_status)


def _merged(merge: Any, what: Merge, kind: str) -> ResponseReturnValue:
    """Merge, and offer the way back."""
    before = remember_all(what) if what.sources else []
    name, names = what.into.name, ", ".join(item.name for item in what.sources)
    outlook = merge(what.sources, what.into, work=work())
    offered = offer(say("Merged into “%(name)s”: %(names)s", name=name, names=names), before)
    commit()
    said = ngettext("%(num)s post changed over.", "%(num)s posts changed over.", outlook.moving)
    flash_done(f"{_('Merged into “%(name)s”.', name=name)} {said}", offered)
    return redirect(url_for(f"{kind}.index"), 303)
