"""What publishing would change: in the editor's dialog, or without scripts on a page of its own."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from admin.access import requires
from admin.acting import actor, site, work
from admin.editor.acts.actions import Action, offer, offer_new
from admin.editor.acts.contents import EMPTY, read_content
from admin.editor.checking import list_findings
from admin.editor.fields.form import PostForm
from admin.editor.opening import open_post
from admin.editor.planning import Plan, make_plan
from admin.editor.showing import form_for, show_editor
from admin.editor.standing import describe
from admin.views.writing.pages import asked_kind
from shared.content.markdown import ContentTooLarge
from shared.domain.errors import Forbidden, Invalid
from shared.domain.permissions import Permission, permission_on
from shared.domain.posts import content_of
from shared.domain.posts.content import check_content
from shared.models import Post
from shared.web import Routes, links, now, session

blueprint = Blueprint("plan", __name__)
route = Routes("admin", blueprint)
UNSENT = ("csrf_token", "action", "publish_at", "unpublish_at")


@route("show", methods=["POST"])
@requires(Permission.POSTS_PUBLISH_OWN, Permission.POSTS_PUBLISH, Permission.PAGES_PUBLISH)
def show() -> ResponseReturnValue:
    """Tell what publishing the posted text would change for visitors; nothing is saved."""
    kind, post = _asked()
    actions = offer(post, actor(), now()) if post else offer_new(kind, actor())
    if Action.PUBLISH not in actions:
        raise Forbidden(f"{kind}s:publish")
    form = form_for(kind, post)
    plan = _plan(form, kind, post)
    is_part = "part" in request.args
    if plan is None and not is_part:
        return show_editor(form, kind, post, status=422)
    about: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "post": post,
        "plan": plan,
        "actions": actions,
        "findings": list_findings(request.form, kind, post.id if post else None),
    }
    about |= {"standing": describe(post, now()), "zone": site().zone}
    if is_part:
        return render_template("page/_plan.html", **about), 200 if plan else 422
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in UNSENT]
    return render_template("page/plan.html", fields=fields, **about)


def _asked() -> tuple[str, Post | None]:
    post_id = request.args.get("id", type=int)
    if post_id is None:
        kind = asked_kind()
        work().require(permission_on(kind, "create"))
        return kind, None
    post = open_post(session(), post_id)
    work().require_on("edit", post)
    return post.kind, post


def _plan(form: PostForm, kind: str, post: Post | None) -> Plan | None:
    """Return the plan, None where the form is not fit to be published; it says why."""
    if not form.validate():
        return None
    try:
        base = content_of(post) if post else EMPTY
        content = read_content(form, base, kind=kind, work=work())
        check_content(content, kind=kind)
        return make_plan(content, kind, post, site=site(), links=links(), work=work())
    except Invalid as error:
        form.take_errors(error)
    except ContentTooLarge as error:
        form.take_errors(Invalid({"body": str(error)}))
    return None
