"""What may be done to many posts or pages at once: the verbs check each of them."""

from flask_babel import lazy_gettext as _l

from admin.crud import Action
from shared.domain import posts
from shared.domain.permissions import Permission
from shared.saying import say

Permissions = tuple[Permission, ...]


def act_on(*, publish: Permissions, trash: Permissions) -> tuple[Action, ...]:
    """Return the actions on posts or pages, shown to those with one of the permissions."""
    return (
        Action(
            name="publish",
            label=_l("Publish"),
            ask=_l("Publish these now?"),
            done=_l("Published"),
            verb=lambda post, work: posts.publish(post, version=None, work=work),
            permissions=publish,
            told=lambda what: say("Published: %(what)s", what=what),
        ),
        Action(
            name="unpublish",
            label=_l("Unpublish"),
            ask=_l("Take these off the site?"),
            done=_l("Unpublished"),
            verb=lambda post, work: posts.unpublish(post, version=None, work=work),
            permissions=publish,
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
            told=lambda what: say("Moved to the trash: %(what)s", what=what),
        ),
        Action(
            name="restore",
            label=_l("Restore"),
            ask=_l("Take these out of the trash, as drafts?"),
            done=_l("Restored as a draft"),
            verb=lambda post, work: posts.restore(post, work=work),
            permissions=trash,
            told=lambda what: say("Restored from the trash: %(what)s", what=what),
        ),
    )
