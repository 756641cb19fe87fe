"""Saving by itself while somebody writes: nothing lost, nothing twice, no conflict with oneself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shared.content.lines import one_line
from shared.domain.errors import Invalid
from shared.domain.posts.content import Content, content_of, differs, digest_of
from shared.domain.posts.editors import take_editor
from shared.domain.posts.reading import get_post
from shared.domain.posts.reviewing import shown_number
from shared.domain.posts.writing import create_post, save_post, settle
from shared.domain.work import Work
from shared.models import OpenEditor, Post
from shared.saying import say

UNTITLED = 80  # characters of the text that stand in for a title


@dataclass(frozen=True, kw_only=True)
class Save:
    """Which save of which editor: its number there, and what the text was begun from."""

    key: str
    sequence: int
    version: int | None
    digest: str = ""


@dataclass(frozen=True)
class Kept:
    """What became of a save: the post, and each field that stayed as it was, with the reason."""

    post: Post
    refused: Mapping[str, str] = field(default_factory=dict)
    is_repeat: bool = False


def autosave(
    post: Post | None, content: Content, save: Save, *, kind: str, untitled: str, work: Work
) -> Kept:
    """Keep what an editor holds; a post that is not there yet is made by its first save.

    A field that is not allowed stays as it was saved. Raises Stale, Forbidden, Conflict.
    """
    editor = take_editor(save.key, work=work)
    if post is None and editor.post_id is not None:  # the answer that named it was lost
        post = get_post(work.session, editor.post_id)
    if post is not None:
        work.require_on("edit", post)
    if post is not None and save.sequence <= editor.sequence and editor.post_id == post.id:
        return Kept(post, is_repeat=True)
    content, refused = _allowed(content, post, kind=kind, untitled=untitled, work=work)
    if post is None:
        post = create_post(content, kind=kind, work=work)
    else:
        version = known_version(post, editor, save)
        if version != post.version or post.trashed_at is not None or differs(content, post):
            save_post(post, content, version=version, autosave=True, editor=editor.key, work=work)
    note_save(editor, post, save.sequence, work=work)
    return Kept(post, refused)


def known_version(post: Post, editor: OpenEditor | None, save: Save) -> int | None:
    """Return the version that a save is based on.

    It is the present one where the last save was the same editor's, whose answer was late or
    lost, and where the text is still the one that was begun from.
    """
    if editor is not None and editor.post_id == post.id and editor.version == post.version:
        return post.version
    if save.version and save.digest == digest_of(content_of(post)):
        return post.version
    return save.version


def note_save(editor: OpenEditor, post: Post, sequence: int, *, work: Work) -> None:
    """Remember that a save of an editor is stored; what it sent before comes too late now."""
    work.flush()
    editor.post_id, editor.version, editor.begun = post.id, post.version, shown_number(post)
    editor.sequence = max(editor.sequence, sequence)
    work.flush()


def _allowed(
    content: Content, post: Post | None, *, kind: str, untitled: str, work: Work
) -> tuple[Content, Mapping[str, str]]:
    """Return the content with what is not allowed as it was saved last, and why."""
    content = content.tidied()
    saved = content_of(post) if post is not None else Content(title="")
    title = saved.title or _first_words(content.body) or untitled
    saved = replace(saved, title=title)
    refused: dict[str, str] = {}
    if not content.title:
        refused["title"] = say("Give a title.")
        content = replace(content, title=title)
    for _ in range(3):  # a rule may look only once another one is kept
        try:
            return settle(content, kind=kind, post=post, work=work), refused
        except Invalid as error:
            refused |= error.errors
            content = replace(content, **{name: getattr(saved, name) for name in error.errors})
    return content, refused


def _first_words(body: str) -> str:
    lines = (one_line(line).lstrip("#>*-+ ") for line in body.splitlines())
    return next(filter(None, lines), "")[:UNTITLED].strip()
