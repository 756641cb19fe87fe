"""The media library: all files, one file, and what can be done with them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from admin.access import requires
from admin.acting import actor, work
from admin.languages import told
from admin.media.forms import AboutForm, CropForm, UploadForm
from admin.media.listing import Wanted, list_media
from admin.media.showing import markdown_of, upload_limits
from admin.media.storing import describe, read_limits, upload_each
from admin.undoing import flash_done, offer, remember_all
from shared.domain import media as domain
from shared.domain.errors import Conflict, DomainError, Invalid
from shared.domain.permissions import Permission
from shared.domain.trash import find_trashed
from shared.domain.undo import Step
from shared.models import Media
from shared.saying import Saying, say
from shared.web import Routes, commit, runtime, session

blueprint = Blueprint("media", __name__)
route = Routes("admin", blueprint)
uploaders = requires(Permission.MEDIA_UPLOAD)
PICKED = 24
NAMED = 3  # files that the offer to undo names


@dataclass(frozen=True)
class Action:
    """Something done to one file or to many, which can be undone."""

    verb: Callable[..., None]
    told: Callable[[str], Saying]


ACTIONS: Final = {
    "trash": Action(
        domain.trash_media, lambda what: say("Moved to the trash: %(what)s", what=what)
    ),
    "restore": Action(
        domain.restore_media, lambda what: say("Restored from the trash: %(what)s", what=what)
    ),
}


@route("index")
@uploaders
def index() -> str:
    """Show the library, narrowed by the query."""
    wanted = Wanted.of(request.args)
    return render_template(
        "media/index.html",
        wanted=wanted,
        shelf=list_media(session(), wanted),
        folders=domain.list_folders(session()),
        form=UploadForm(folder=wanted.folder),
        limits=upload_limits(),
    )


@route("pick")
@uploaders
def pick() -> str:
    """Show what the picker's dialog holds: the newest files, or those that are searched for."""
    wanted = Wanted.of(request.args)
    shelf = list_media(session(), wanted, limit=PICKED)
    return render_template("media/pick.html", shelf=shelf, wanted=wanted, describe=describe)


@route("upload", methods=["POST"])
@uploaders
def upload() -> ResponseReturnValue:
    """Take the files of a plain form."""
    form = UploadForm()
    files = [file for file in form.files.data or () if file and file.filename]
    for line, kind in upload_each(files, form.folder.data or ""):
        flash(line, kind)
    if not files:
        flash(_("Choose at least one file."), "warning")
    return redirect(url_for("media.index", folder=form.folder.data or None), 303)


@route("show", methods=["GET", "POST"])
@uploaders
def show(id: int) -> ResponseReturnValue:
    """Show a file and where it is used; keep what is said of it."""
    media = domain.get_media(session(), id)
    form = AboutForm(obj=media)
    if form.validate_on_submit():
        try:
            domain.save_media(media, form.about, version=form.base_version, work=work())
        except Invalid as error:
            form.take_errors(error)
        else:
            commit()
            flash(_("Saved."), "success")
            return redirect(url_for("media.show", id=id), 303)
    return make_response(show_file(media, form), form.page_status)


@route("replace", methods=["POST"])
@uploaders
def replace(id: int) -> ResponseReturnValue:
    """Put other bytes at a file's address."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid({"file": _("Choose at least one file.")})
    with sent.stream as opened:
        taken = domain.take(opened.read(), sent.filename, read_limits())
    media = domain.get_media(session(), id)
    steps = remember_all(media)
    domain.put_in_place(
        media,
        taken,
        version=request.form.get("version", type=int),
        instance=runtime().settings.instance,
        work=work(),
    )
    offered = offer(say("Replaced: %(what)s", what=media.name), steps)
    commit()
    flash_done(_("The file is replaced. Its address is the same."), offered)
    return redirect(url_for("media.show", id=id), 303)


@route("crop", methods=["POST"])
@uploaders
def crop(id: int) -> ResponseReturnValue:
    """Make another file of a part of a picture."""
    form, instance = CropForm(), runtime().settings.instance
    if not form.validate():
        raise Invalid({"box": _("Choose a part of the picture.")})
    with runtime().database.reading() as reading:
        whole = domain.get_media(reading, id)
    part = domain.take_part(whole, form.box, instance=instance, limits=read_limits())
    media = domain.get_media(session(), id)
    made = domain.bring_part_in(media, part, instance=instance, work=work())
    commit()
    flash(_("The part is a file of its own. The picture is as it was."), "success")
    return redirect(url_for("media.show", id=made.id), 303)


@route("trash", methods=["POST"])
@uploaders
def trash(id: int) -> ResponseReturnValue:
    """Move a file to the trash."""
    return press(id, "trash", _("The file is in the trash."))


@route("restore", methods=["POST"])
@uploaders
def restore(id: int) -> ResponseReturnValue:
    """Take a file out of the trash."""
    return press(id, "restore", _("The file is back at its address."))


@route("bulk", methods=["POST"])
@uploaders
def bulk() -> ResponseReturnValue:
    """Do one thing with the ticked files."""
    action = ACTIONS.get(request.form.get("action", ""))
    if action is None:
        raise Conflict(_("Choose what to do with the files."))
    steps, kept = _carry_out(action.verb, request.form.getlist("ids", type=int))
    offered = offer(action.told(", ".join(step.label for step in steps[:NAMED])), steps)
    commit()
    done = len(steps)
    if done:
        flash_done(ngettext("%(num)s file is done.", "%(num)s files are done.", done), offered)
    if kept:
        flash(kept, "warning")
    return redirect(url_for("media.index") + Wanted.of(request.args).but(), 303)


def _carry_out(verb: Callable[..., None], ids: list[int]) -> tuple[list[Step], str]:
    """Return what the files were like that a verb took, and what was told of one it did not."""
    steps, kept = [], ""
    for media_id in ids:
        try:
            with session().begin_nested():
                media = domain.get_media(session(), media_id)
                before = remember_all(media)
                verb(media, work=work())
        except DomainError as error:
            kept = told(error.message)
        else:
            steps += before
    return steps, kept


@route("card")
@uploaders
def card(id: int) -> Response:
    """Tell a program of the console what it needs to know of a file."""
    return jsonify(describe(domain.get_media(session(), id)))


def press(media_id: int, name: str, done: str) -> ResponseReturnValue:
    """Do one thing with a file, offer the way back, and show it."""
    action, media = ACTIONS[name], domain.get_media(session(), media_id)
    steps = remember_all(media)
    action.verb(media, version=request.form.get("version", type=int), work=work())
    offered = offer(action.told(media.name), steps)
    commit()
    flash_done(done, offered)
    return redirect(url_for("media.show", id=media_id), 303)


def show_file(media: Media, form: AboutForm) -> str:
    """Return the page of a file."""
    about: dict[str, Any] = {
        "uses": domain.list_uses(session(), media),
        "folders": domain.list_folders(session()),
        "is_mine": domain.may_change(media, actor()),
        "lying": find_trashed(session(), "media", media.id),
        "can_crop": media.kind == "image" and not media.animated and media.ending != ".gif",
        "markdown": markdown_of(media),
        "crop": CropForm(width=media.width, height=media.height),
    }
    return render_template("media/show.html", media=media, form=form, **about)
