"""What may be done to many posts or pages at once: the verbs check each of them."""

from admin.crud import Action
from shared.domain import posts
from shared.domain.permissions import Permission

Permissions = tuple[Permission, ...]


def act_on(*, publish: Permissions, trash: Permissions) -> tuple[Action, ...]:
    """Return the actions on posts or pages, shown to those with one of the permissions."""
    return (
        Action(
            name="publish",
            label="Publish",
            ask="Publish these now?",
            done="Published",
            verb=lambda post, work: posts.publish(post, version=None, work=work),
            permissions=publish,
        ),
        Action(
            name="unpublish",
            label="Unpublish",
            ask="Take these off the site?",
            done="Unpublished",
            verb=lambda post, work: posts.unpublish(post, version=None, work=work),
            permissions=publish,
        ),
        Action(
            name="trash",
            label="Move to trash",
            ask="Move these to the trash?",
            done="In the trash",
            verb=lambda post, work: posts.trash(post, work=work),
            permissions=trash,
            danger=True,
        ),
        Action(
            name="restore",
            label="Restore",
            ask="Take these out of the trash, as drafts?",
            done="Restored as a draft",
            verb=lambda post, work: posts.restore(post, work=work),
            permissions=trash,
        ),
    )
