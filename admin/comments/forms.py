"""The forms of one comment's page, and of what one visitor said."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from admin.forms import Form, VersionedForm, within
from shared.domain.comments import MOST_OF_A_BODY
from shared.models import Comment

LONG = Length(
    max=MOST_OF_A_BODY,
    message=_l("Give at most %(most)s characters.", most=f"{MOST_OF_A_BODY:,}"),
)


class EditForm(VersionedForm):
    """What a comment says, and who said it."""

    name = StringField(_l("Name"), [DataRequired(_l("Give a name.")), within(Comment.name)])
    email = EmailField(_l("E-mail"), [within(Comment.email)], default="")
    body = TextAreaField(
        _l("Text"), [DataRequired(_l("Write something first.")), LONG], render_kw={"rows": 8}
    )


class ReplyForm(Form):
    """An answer from the console."""

    answer = TextAreaField(
        _l("Your answer"),
        [DataRequired(_l("Write something first.")), LONG],
        render_kw={"rows": 5},
    )


class PersonForm(Form):
    """The address of someone who commented."""

    email = EmailField(
        _l("E-mail address"),
        [DataRequired(_l("Give an e-mail address.")), within(Comment.email)],
        render_kw={"autocomplete": "off"},
    )
