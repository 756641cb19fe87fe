"""What may be done to many posts or pages at once: the verbs check each of them."""

import re
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from admin.crud import Action, Ask
from admin.crud.conditions import number_or_none
from admin.screens.post_filters import STATES, authors, categories
from shared.domain import posts
from shared.domain.errors import Invalid
from shared.domain.permissions import Permission
from shared.domain.posts import many
from shared.domain.site import LANGUAGES
from shared.domain.work import Work
from shared.models import Category, Post
from shared.saying import say
from shared.web import now, session

COMMENTS = (("on", _l("On")), ("closed", _l("Closed")), ("off", _l("Off")))
Permissions = tuple[Permission, ...]


def act_on(*, publish: Permissions, trash: Permissions, edit: Permissions) -> tuple[Action, ...]:
    """Return the actions on posts or pages, shown to those with one of the permissions."""
    return (*_of_state(publish, trash), *_of_content(edit), _author(edit))


def facts(post: Post) -> dict[str, str]:
    """Return what actions change of a post, in words; the content is what is edited next."""
    content = posts.content_of(post)
    named = (session().get(Category, number) for number in content.categories)
    changed = post.working_id is not None and post.is_public(now())
    return {
        str(_l("Title")): content.title,
        str(_l("Status")): str(STATES["changed" if changed else post.status(now())][1]),
        str(_l("Tags")): ", ".join(sorted(content.tags)),
        str(_l("Category")): ", ".join(sorted(item.name for item in named if item)),
        str(_l("Language")): content.language,
        str(_l("Comments")): str(dict(COMMENTS).get(content.comments, _l("As the site has it"))),
        str(_l("Author")): post.author.name if post.author else post.byline,
    }


def words_in(given: str) -> list[str]:
    """Return the tags that a person wrote, separated by commas of any kind."""
    return [name for name in map(str.strip, re.split(r"[,，、;；]", given)) if name]


def languages(_: Session) -> Sequence[tuple[str, str]]:
    """Return the languages that a post may be in."""
    return [(code, code) for code in LANGUAGES]


def give(post: Post, work: Work, given: str) -> None:
    """Make someone else the author."""
    author_id = number_or_none(given)
    if author_id is None:
        raise Invalid({"author": say("Choose a person.")})
    posts.give_post(post, author_id, version=None, work=work)


def _of_content(edit: Permissions) -> tuple[Action, ...]:
    written = Ask(label=_l("Tags"), hint=_l("Separate several by commas."))
    return (
        Action(
            name="add_tags",
            label=_l("Add tags"),
            ask=_l("Which tags shall these carry too?"),
            done=_l("Tags added"),
            verb=lambda post, work, given: many.add_tags(post, words_in(given), work=work),
            permissions=edit,
            asks=written,
            facts=facts,
            told=lambda what: say("Tags added: %(what)s", what=what),
        ),
        Action(
            name="remove_tags",
            label=_l("Remove tags"),
            ask=_l("Which tags shall be taken off these?"),
            done=_l("Tags removed"),
            verb=lambda post, work, given: many.remove_tags(post, words_in(given), work=work),
            permissions=edit,
            asks=written,
            facts=facts,
            told=lambda what: say("Tags removed: %(what)s", what=what),
        ),
        Action(
            name="category",
            label=_l("Set the category"),
            ask=_l("Which category shall these be in?"),
            done=_l("Category set"),
            verb=lambda post, work, given: many.set_category(
                post, number_or_none(given), work=work
            ),
            permissions=edit,
            asks=Ask(
                label=_l("Category"), options=categories, may_be_empty=True, empty=_l("In none")
            ),
            facts=facts,
            told=lambda what: say("Category set: %(what)s", what=what),
        ),
        Action(
            name="language",
            label=_l("Set the language"),
            ask=_l("Which language are these in?"),
            done=_l("Language set"),
            verb=lambda post, work, given: many.set_language(post, given, work=work),
            permissions=edit,
            asks=Ask(
                label=_l("Language"),
                options=languages,
                may_be_empty=True,
                empty=_l("That of the site"),
            ),
            facts=facts,
            told=lambda what: say("Language set: %(what)s", what=what),
        ),
        Action(
            name="comments",
            label=_l("Comments on or off"),
            ask=_l("May visitors comment on these?"),
            done=_l("Comments set"),
            verb=lambda post, work, given: many.set_comments(post, given, work=work),
            permissions=edit,
            asks=Ask(
                label=_l("Comments"),
                options=lambda _: COMMENTS,
                may_be_empty=True,
                empty=_l("As the site has it"),
            ),
            facts=facts,
            told=lambda what: say("Comments set: %(what)s", what=what),
        ),
    )


def _author(edit: Permissions) -> Action:
    return Action(
        name="author",
        label=_l("Give to another author"),
        ask=_l("Whose shall these be?"),
        done=_l("Given to another author"),
        verb=give,
        permissions=edit,
        asks=Ask(label=_l("Author"), options=authors),
        facts=facts,
        told=lambda what: say("Given to another author: %(what)s", what=what),
    )


def _of_state(publish: Permissions, trash: Permissions) -> tuple[Action, ...]:
    return (
        Action(
            name="publish",
            label=_l("Publish"),
            ask=_l("Publish these now?"),
            done=_l("Published"),
            verb=lambda post, work: posts.publish(post, version=None, work=work),
            permissions=publish,
            facts=facts,
            told=lambda what: say("Published: %(what)s", what=what),
        ),
        Action(
            name="unpublish",
            label=_l("Unpublish"),
            ask=_l("Take these off the site?"),
            done=_l("Unpublished"),
            verb=lambda post, work: posts.unpublish(post, version=None, work=work),
            permissions=publish,
            facts=facts,
            told=lambda what: say("Unpublished: %(what)s", what=what),
        ),
        Action(
            name="trash",
            label=_l("Move to trash"),
            ask=_l("Move these to the trash?"),
            done=_l("In the trash"),
            verb=lambda post, work: posts.trash(post, work=work),
            permissions=trash,
            danger=True,
            facts=facts,
            told=lambda what: say("Moved to the trash: %(what)s", what=what),
        ),
        Action(
            name="restore",
            label=_l("Restore"),
            ask=_l("Take these out of the trash, as drafts?"),
            done=_l("Restored as a draft"),
            verb=lambda post, work: posts.restore(post, work=work),
            permissions=trash,
            facts=facts,
            told=lambda what: say("Restored from the trash: %(what)s", what=what),
        ),
    )
