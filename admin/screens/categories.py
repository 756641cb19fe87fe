"""Categories: a tree, listed as one."""

from collections.abc import Iterable

from sqlalchemy import select
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired

from admin.acting import work
from admin.crud import Action, Column, CountColumn, LinkColumn, Screen
from admin.forms import ObjectField, VersionedForm, within
from shared.domain.permissions import Permission
from shared.domain.taxonomy import delete_category, save_category
from shared.models import Category, PostCategory
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

    name = StringField("Name", [DataRequired("Give a name."), within(Category.name)])
    slug = StringField(
        "Address", [within(Category.slug)], description="Made from the name when left empty."
    )
    parent = ObjectField("Stands below", options=tree, none="At the top")
    description = TextAreaField(
        "Description", [within(Category.description)], render_kw={"rows": 3}, default=""
    )


class CategoryScreen(Screen):
    name, title, noun = "categories", "Categories", "category"
    model, form = Category, CategoryForm
    columns = (
        LinkColumn("name", value=indented),
        Column("path", "Address"),
        CountColumn("posts", key=PostCategory.category_id, link=("page.index", "category", "id")),
    )
    search, order = ("name", "path"), "path"
    actions = (
        Action(
            name="delete",
            label="Delete",
            ask="Delete these categories for good? Their posts stay.",
            done="Deleted",
            verb=lambda category, work: delete_category(category, work=work),
            permissions=(Permission.CATEGORIES_EDIT,),
            danger=True,
            offered=lambda _: False,
        ),
    )
    read = edit = (Permission.CATEGORIES_EDIT,)

    def save(self, row: Category, form: VersionedForm) -> None:
        with session().no_autoflush:
            form.populate_obj(row)
        save_category(row, version=form.base_version, work=work())

    def delete(self, row: Category) -> None:
        delete_category(row, work=work())
