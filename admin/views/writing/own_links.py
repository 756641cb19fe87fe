"""Links to one's own posts, completed and looked after while one writes."""

import re

from flask import Blueprint, Response, jsonify, request

from admin.access import requires
from admin.acting import actor
from admin.editor.own_links import describe_choice, is_readable, warn_of
from shared.domain.permissions import Permission
from shared.domain.posts import complete_link, list_named
from shared.web import Routes, now, session

blueprint = Blueprint("links", __name__)
route = Routes("admin", blueprint)
writers = requires(Permission.POSTS_CREATE, Permission.PAGES_EDIT)

MOST = 12
MOST_CHECKED = 200


@route("complete")
@writers
def complete() -> Response:
    """Return the posts and pages whose title holds `q`, last changed first, that one may read."""
    words = request.args.get("q", "").strip()[:200]
    found = complete_link(session(), words, actor=actor(), now=now(), most=MOST)
    return jsonify(
        links=[
            {"id": item.id, "title": item.title, "note": describe_choice(item)} for item in found
        ]
    )


@route("check")
@writers
def check() -> Response:
    """Return for each post of `ids` its title, and a warning where visitors see no link."""
    numbers = [int(n) for n in re.findall(r"\d{1,9}", request.args.get("ids", ""))][:MOST_CHECKED]
    found = list_named(session(), numbers)
    return jsonify(
        links=[
            {
                "id": number,
                "title": item.title if (item := found.get(number)) and is_readable(item) else "",
                "warning": warn_of(number, found.get(number)),
            }
            for number in dict.fromkeys(numbers)
        ]
    )
