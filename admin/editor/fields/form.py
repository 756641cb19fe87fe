"""The form of posts and pages: shapes and lengths here, the rules in the domain."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import TextArea, TextInput

from admin.editor.fields.detail_fields import DetailForm
from admin.forms import within
from shared.domain.posts import Save
from shared.models import Post, Revision

MOST = 2**31 - 1


class PostForm(DetailForm):
    """Everything that is written about a post; the pressed button comes beside it as `action`."""

    title = StringField(_l("Title"), [within(Post.title)], widget=TextArea())
    slug = StringField(_l("Address"), [within(Post.slug)])
    body = TextAreaField(_l("Text"))
    summary = TextAreaField(_l("Summary"), [within(Post.summary)])
    tags = StringField(_l("Tags"))
    categories = SelectMultipleField(_l("Categories"), coerce=int)
    language = SelectField(_l("Language"))
    byline = StringField(_l("Byline"), [within(Post.byline)])
    author = SelectField(_l("Author"), coerce=int)
    publish_at = StringField(_l("Time of publication"), widget=TextInput("datetime-local"))
    unpublish_at = StringField(_l("Take off the site at"), widget=TextInput("datetime-local"))
    note = StringField(_l("Note on this version"), [within(Revision.note)])
    review_message = TextAreaField(_l("Message to the editors"))
    review_note = TextAreaField(_l("Note to the author"))
    # Names the copy that the browser keeps; it comes back once the text is stored here.
    draft_key = HiddenField(validators=[Length(max=64)])
    # Which of that editor's saves this is, and what its text was begun from.
    sequence = HiddenField()
    base = HiddenField()

    @property
    def sent_version(self) -> int:
        """The version that came with the form; 0, which is always stale, when there is none."""
        sent = self.version.raw_data or [""]
        return int(sent[0]) if sent[0].isdecimal() else 0

    @property
    def sent_save(self) -> Save:
        """Which save of which editor came with the form; its key is empty where no script ran."""
        number = self.sequence.data or ""
        return Save(
            key=(self.draft_key.data or "")[:64],
            sequence=min(int(number), MOST) if number.isdecimal() else 0,
            version=self.sent_version,
            digest=(self.base.data or "").rpartition(".")[2],
        )

    def rebase(self, version: int) -> None:
        """Let the next save be on top of `version`, whatever this one began from."""
        self.version.data, self.version.raw_data = str(version), None
