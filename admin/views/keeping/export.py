"""Taking everything out: what there is, and the download."""

from flask import Blueprint, Response, render_template
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from admin.access import requires
from admin.account.proving import recently_proved
from admin.acting import work
from admin.forms import Form
from admin.transfer.export import Report, Scope, begin, count_holdings, write_archive
from shared.domain.permissions import Permission
from shared.web import Routes, commit, now, runtime, session

blueprint = Blueprint("export", __name__)
route = Routes("admin", blueprint)


class ExportForm(Form):
    """What goes into the archive."""

    media = BooleanField(_l("Pictures and other files"), default=True)
    drafts = BooleanField(_l("Drafts, scheduled posts and unpublished changes"), default=True)

    def scope(self) -> Scope:
        """Return what was asked for."""
        return Scope(media=self.media.data, drafts=self.drafts.data)


@route("index")
@requires(Permission.CONTENT_EXPORT)
def index() -> str:
    """Tell what the archive will hold."""
    holdings = count_holdings(session(), runtime().settings.instance, now())
    return render_template("export/index.html", form=ExportForm(), holdings=holdings)


@route("download", methods=["POST"])
@requires(Permission.CONTENT_EXPORT)
@recently_proved
def download() -> Response:
    """Send the archive while it is written; that it was asked for is on record before."""
    scope = ExportForm().scope()
    begin(scope, work=work())
    commit()
    chunks = write_archive(runtime(), scope, Report())
    # Passed through: to ask for its length, as the log line does, would read all of it first.
    response = Response(chunks, mimetype="application/zip", direct_passthrough=True)
    name = f"triptych-{now():%Y-%m-%d}.zip"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
