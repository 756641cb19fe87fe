"""Completing a tag while it is typed."""

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import func, select

from admin.access import requires
from shared.domain.permissions import Permission
from shared.models import PostTag, Tag
from shared.web import Routes, session

blueprint = Blueprint("tags", __name__)
route = Routes("admin", blueprint)

MOST = 8


@route("complete")
@requires(Permission.POSTS_CREATE, Permission.PAGES_EDIT)
def complete() -> Response:
    """Return the names of the most used tags that contain `q`, those that begin with it first."""
    wanted = request.args.get("q", "").strip()
    begins = Tag.name.istartswith(wanted, autoescape=True)
    uses = select(func.count()).where(PostTag.tag_id == Tag.id).scalar_subquery()
    names = session().scalars(
        select(Tag.name)
        .where(Tag.name.icontains(wanted, autoescape=True))
        .order_by(begins.desc(), uses.desc(), Tag.name)
        .limit(MOST)
    )
    return jsonify(tags=list(names))
