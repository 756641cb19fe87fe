"""Tags."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired

from admin.acting import work
from admin.crud import Action, Column, CountColumn, DateColumn, LinkColumn, Screen
from admin.forms import VersionedForm, within
from shared.domain.permissions import Permission
from shared.domain.taxonomy import delete_tag, save_tag
from shared.models import PostTag, Tag


class TagForm(VersionedForm):
    """A tag's name, address and description."""

    name = StringField("Name", [DataRequired("Give a name."), within(Tag.name)])
    slug = StringField(
        "Address", [within(Tag.slug)], description="Made from the name when left empty."
    )
    description = TextAreaField(
        "Description", [within(Tag.description)], render_kw={"rows": 3}, default=""
    )


class TagScreen(Screen):
    name, title, noun, model, form = "tags", "Tags", "tag", Tag, TagForm
    columns = (
        LinkColumn("name", sortable=True),
        Column("slug", "Address", sortable=True),
        CountColumn("posts", key=PostTag.tag_id, link=("page.index", "tag", "slug")),
        DateColumn("updated_at", "Changed"),
    )
    search, order = ("name", "slug"), "name"
    actions = (
        Action(
            name="delete",
            label="Delete",
            ask="Delete these tags for good? Their posts stay.",
            done="Deleted",
            verb=lambda tag, work: delete_tag(tag, work=work),
            permissions=(Permission.TAGS_EDIT,),
            danger=True,
            offered=lambda _: False,
        ),
    )
    read = edit = (Permission.TAGS_EDIT,)

    def save(self, row: Tag, form: VersionedForm) -> None:
        form.populate_obj(row)
        save_tag(row, version=form.base_version, work=work())

    def delete(self, row: Tag) -> None:
        delete_tag(row, work=work())
