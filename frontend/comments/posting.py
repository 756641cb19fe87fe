"""Taking in what a visitor sent, and the answer to it."""

from dataclasses import replace
from typing import Any, Final

from flask import Response, make_response, request

from frontend.comments.forms import Draft, is_own, is_token, origin_of, said_in, token_for
from frontend.comments.layout import lay_out
from frontend.comments.reading import read_tree
from frontend.frame import frame, path, path_of
from frontend.head import Head
from frontend.old_urls import move_to
from frontend.templating import show as render
from shared.domain.comments import receive
from shared.domain.errors import Conflict, Invalid, Throttled
from shared.domain.work import Actor, Work
from shared.models import Comment, Post
from shared.models.reading import Summary
from shared.web import commit, now, runtime, session

VISITOR: Final = Actor(kind="visitor", name="visitor")


def take_in(post: Summary) -> Response:
    """Take in the comment that the request carries; whatever was wrong, nothing typed is lost."""
    draft, words = Draft.of_form(request.form), frame().words.comments
    if not is_own(request, runtime().settings.site_url):
        return _refused(post, draft, 403, words.foreign, is_open=False)
    if not is_token(runtime(), post.id, request.form.get("token", "")):
        return _refused(post, draft, 422, words.old_page)
    try:
        comment = _receive(post, draft)
    except Invalid as error:
        return _incomplete(post, draft, error)
    except Throttled as error:
        answer = _refused(post, draft, 429, words.wait(error.retry_after))
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    except Conflict as error:
        return _refused(post, draft, 409, words.told(error.message), is_open=False)
    place = _place_of(post, comment)
    commit()
    return _unkept(move_to(place, 303))


def _receive(post: Summary, draft: Draft) -> Comment:
    work = Work(session=session(), actor=VISITOR, at=now())
    origin = origin_of(runtime(), request.environ)
    said = said_in(draft, request.form, origin=origin)
    return receive(said, session().get_one(Post, post.id), frame().site, work=work)


def _place_of(post: Summary, comment: Comment) -> str:
    """Return where a comment stands; one that is not shown has a page that says so."""
    if comment.state != "approved":
        return path("comments.waiting", id=post.id)
    on = lay_out(read_tree(session(), post.id)).page_of(comment.id)
    place = path("comments.page", id=post.id, number=on) if on > 1 else path_of(post)
    return f"{place}#comment-{comment.id}"


def _incomplete(post: Summary, draft: Draft, error: Invalid) -> Response:
    words = frame().words.comments
    errors = {name: words.told(text) for name, text in error.errors.items()}
    if reason := errors.pop("parent", ""):  # sent again, it answers the post itself
        draft = replace(draft, parent="")
    return _refused(post, replace(draft, errors=errors), 422, reason)


def _refused(
    post: Summary, draft: Draft, status: int, reason: str, *, is_open: bool = True
) -> Response:
    head = Head(
        title=frame().words.comments.unsent, path="", is_indexed=False, sheets=("comments",)
    )
    about: dict[str, Any] = {"post": post, "draft": draft, "reason": reason, "is_open": is_open}
    token = token_for(runtime(), post.id)
    return _unkept(make_response(render("comments/form.html", head, token=token, **about), status))


def _unkept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
