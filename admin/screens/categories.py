"""Categories: a tree, listed as one."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired

from admin.acting import work
from admin.crud import Action, Column, CountColumn, Edit, LinkColumn, Screen
from admin.display import grouped
from admin.forms import ObjectField, VersionedForm, within
from shared.domain.permissions import Permission
from shared.domain.taxonomy import delete_category, save_category
from shared.domain.work import Work
from shared.models import Category, PostCategory
from shared.saying import say
from shared.web import session


def indented(category: Category) -> str:
    """Return the name, set in as deep as it stands in the tree."""
    return "\u2003" * category.path.count("/") + category.name


def tree() -> Iterable[tuple[Category, str]]:
    """Return every category with its indented name, parents before children."""
    found = session().scalars(select(Category).order_by(Category.path))
    return [(category, indented(category)) for category in found]


class CategoryForm(VersionedForm):
    """A category's name, address, place and description."""

    name = StringField(_l("Name"), [DataRequired(_l("Give a name.")), within(Category.name)])
    slug = StringField(
        _l("Address"),
        [within(Category.slug)],
        description=_l("Made from the name when left empty."),
    )
    parent = ObjectField(_l("Stands below"), options=tree, none=_l("At the top"))
    description = TextAreaField(
        _l("Description"), [within(Category.description)], render_kw={"rows": 3}, default=""
    )


def rename(category: Category, name: str, work: Work) -> None:
    """Give a category another name; its address stays."""
    category.name = name
    save_category(category, work=work)


def facts(category: Category) -> dict[str, str]:
    """Return what a deletion changes of a category, in words."""
    count = session().scalar(select(func.count()).where(PostCategory.category_id == category.id))
    return {str(_l("Posts")): grouped(count or 0)}


class CategoryScreen(Screen):
    name, title, noun = "categories", _l("Categories"), _l("category")
    model, form = Category, CategoryForm
    columns = (
        LinkColumn(
            "name",
            _l("Name"),
            value=indented,
            edit=Edit(rename, (Permission.CATEGORIES_EDIT,)),
        ),
        Column("path", _l("Address")),
        CountColumn(
            "posts",
            _l("Posts"),
            key=PostCategory.category_id,
            link=("page.index", "category", "id"),
        ),
    )
    search, order = ("name", "path"), "path"
    actions = (
        Action(
            name="delete",
            label=_l("Delete"),
            ask=_l("Move these categories to the trash? Their posts stay."),
            done=_l("Deleted"),
            verb=lambda category, work: delete_category(category, work=work),
            permissions=(Permission.CATEGORIES_EDIT,),
            danger=True,
            offered=lambda _: False,
            facts=facts,
            told=lambda what: say("Deleted: %(what)s", what=what),
        ),
    )
    read = edit = (Permission.CATEGORIES_EDIT,)

    def save(self, row: Category, form: VersionedForm) -> None:
        with session().no_autoflush:
            form.populate_obj(row)
        save_category(row, version=form.base_version, work=work())

    def delete(self, row: Category) -> None:
        delete_category(row, work=work())
