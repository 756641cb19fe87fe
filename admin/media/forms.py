"""The forms of the media library."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from admin.forms import Form, VersionedForm, within
from shared.content.images import Box
from shared.domain.media import About
from shared.models import Media


class AboutForm(VersionedForm):
    """What people say of a file."""

    name = StringField(_l("Name"), [DataRequired(_l("Give a name.")), within(Media.name)])
    alt = TextAreaField(_l("Alternative text"), [within(Media.alt)], default="")
    decorative = BooleanField(_l("Decorative: it says nothing that the text does not"))
    caption = StringField(_l("Caption"), [within(Media.caption)], default="")
    credit = StringField(_l("Credit"), [within(Media.credit)], default="")
    folder = StringField(_l("Folder"), [within(Media.folder)], default="")
    focus_x = IntegerField(_l("From the left, in per cent"), [NumberRange(0, 100)], default=50)
    focus_y = IntegerField(_l("From above, in per cent"), [NumberRange(0, 100)], default=50)

    @property
    def about(self) -> About:
        """What the form says."""
        names = About.__dataclass_fields__
        return About(**{name: self[name].data for name in names})


class UploadForm(Form):
    """Files, for browsers without JavaScript."""

    files = MultipleFileField(_l("Files"))
    folder = StringField(_l("Folder"), default="")


class CropForm(Form):
    """A part of a picture, in pixels."""

    left = IntegerField(_l("From the left"), [InputRequired(), NumberRange(0)], default=0)
    top = IntegerField(_l("From above"), [InputRequired(), NumberRange(0)], default=0)
    width = IntegerField(_l("Width"), [InputRequired(), NumberRange(1)])
    height = IntegerField(_l("Height"), [InputRequired(), NumberRange(1)])

    @property
    def box(self) -> Box:
        """The part."""
        return Box(*(self[name].data for name in ("left", "top", "width", "height")))


def filled(media: Media, **more: Any) -> AboutForm:
    """Return the form of a file as it stands."""
    return AboutForm(obj=media, **more)
