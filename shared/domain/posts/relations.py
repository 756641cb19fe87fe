"""What a content says of other rows: who wrote it too, and what it is a translation of."""

from dataclasses import replace

from shared.domain.errors import Invalid
from shared.domain.permissions import may, permission_on
from shared.domain.posts.content import Content, content_of
from shared.domain.posts.details import find_people, root_of
from shared.domain.posts.giving import may_write
from shared.domain.work import Work
from shared.models import Post
from shared.saying import say


def may_name_authors(kind: str, *, work: Work) -> bool:
    """Tell whether the actor may say who else wrote something: whoever edits what others wrote."""
    return permission_on(kind, "edit") in work.actor.permissions


def _may_see(post: Post, work: Work) -> bool:
    """Tell whether the actor may read a post, whose title is shown beside its number."""
    return post.is_public(work.at) or may(
        work.actor.permissions, "read", post, user_id=work.actor.user_id
    )


def settle_relations(content: Content, *, kind: str, post: Post | None, work: Work) -> Content:
    """Return the content with what it points at made sure of; raises Invalid naming the field.

    What the last save pointed at may be gone since: people are let go of, a group stays.
    """
    before = content_of(post) if post is not None else Content(title="")
    errors = {}
    people = find_people(content.coauthors, work.session)
    if content.coauthors != before.coauthors:
        new = [number for number in content.coauthors if number not in before.coauthors]
        if not may_name_authors(kind, work=work):
            errors["coauthors"] = say("Only who edits everybody’s may name further authors.")
        elif any(number not in people or not may_write(people[number], kind) for number in new):
            errors["coauthors"] = say("Choose people who may write this.")
    target = content.translation_of
    if target is not None and target != before.translation_of:
        other = work.session.get(Post, target)
        if other is None or other.kind != kind or other is post or not _may_see(other, work):
            errors["translation_of"] = say("Choose another one of which this is a translation.")
        elif post is not None:
            target = root_of(post, target, work.session)
    if errors:
        raise Invalid(errors)
    coauthors = tuple(number for number in content.coauthors if number in people)
    return replace(content, coauthors=coauthors, translation_of=target)
