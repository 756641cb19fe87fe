"""The newest comments on a post as an Atom feed."""

from flask import Response, abort

from frontend.comments.reading import read_newest
from frontend.feeds import NEVER, SIZE, stable_id, xml
from frontend.frame import frame, path
from shared.content.links import absolutise
from shared.models.reading import Summary
from shared.web import session


def comments_feed(post: Summary) -> Response:
    """Answer with an Atom feed (RFC 4287); 404 where comments are not shown."""
    around = frame()
    if not around.site.are_shown(post.kind, post.details.comments):
        abort(404)
    remarks = read_newest(session(), post.id, limit=SIZE)
    items = [
        {
            "remark": remark,
            "id": f"{stable_id(around, post)}/comment/{remark.id}",
            "link": around.absolute("comments.find", id=post.id, number=remark.id),
            "html": absolutise(remark.html, base=around.address, page=around.permalink(post)),
        }
        for remark in remarks
    ]
    about = {
        "post": post,
        "items": items,
        "own": around.address + path("comments.feed", id=post.id),
        "updated": remarks[0].at if remarks else NEVER,
    }
    return xml("feeds/comments.xml", "application/atom+xml", **about)
