"""Tags."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired

from admin.acting import work
from admin.crud import Action, Column, CountColumn, DateColumn, Edit, LinkColumn, Screen
from admin.display import grouped
from admin.forms import VersionedForm, within
from shared.domain.permissions import Permission
from shared.domain.taxonomy import delete_tag, save_tag
from shared.domain.work import Work
from shared.models import PostTag, Tag
from shared.saying import say
from shared.web import session


class TagForm(VersionedForm):
    """A tag's name, address and description."""

    name = StringField(_l("Name"), [DataRequired(_l("Give a name.")), within(Tag.name)])
    slug = StringField(
        _l("Address"), [within(Tag.slug)], description=_l("Made from the name when left empty.")
    )
    description = TextAreaField(
        _l("Description"), [within(Tag.description)], render_kw={"rows": 3}, default=""
    )


def edited(name: str) -> Edit:
    """Return how a tag's name or address is changed in the list."""

    def store(tag: Tag, text: str, work: Work) -> None:
        setattr(tag, name, text)
        save_tag(tag, work=work)

    return Edit(store, (Permission.TAGS_EDIT,))


def facts(tag: Tag) -> dict[str, str]:
    """Return what a deletion changes of a tag, in words."""
    count = session().scalar(select(func.count()).where(PostTag.tag_id == tag.id))
    return {str(_l("Posts")): grouped(count or 0)}


class TagScreen(Screen):
    name, title, noun, model, form = "tags", _l("Tags"), _l("tag"), Tag, TagForm
    columns = (
        LinkColumn("name", _l("Name"), sortable=True, edit=edited("name")),
        Column("slug", _l("Address"), sortable=True, edit=edited("slug")),
        CountColumn("posts", _l("Posts"), key=PostTag.tag_id, link=("page.index", "tag", "slug")),
        DateColumn("updated_at", _l("Changed")),
    )
    search, order = ("name", "slug"), "name"
    actions = (
        Action(
            name="delete",
            label=_l("Delete"),
            ask=_l("Move these tags to the trash? Their posts stay."),
            done=_l("Deleted"),
            verb=lambda tag, work: delete_tag(tag, work=work),
            permissions=(Permission.TAGS_EDIT,),
            danger=True,
            offered=lambda _: False,
            facts=facts,
            told=lambda what: say("Deleted: %(what)s", what=what),
        ),
    )
    read = edit = (Permission.TAGS_EDIT,)

    def save(self, row: Tag, form: VersionedForm) -> None:
        form.populate_obj(row)
        save_tag(row, version=form.base_version, work=work())

    def delete(self, row: Tag) -> None:
        delete_tag(row, work=work())
