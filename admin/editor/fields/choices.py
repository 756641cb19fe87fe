"""What the form's lists offer."""

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import gettext as _
from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from shared.domain.posts import may_write
from shared.domain.site import LANGUAGE_NAMES, LANGUAGES, Site
from shared.models import Category, Post, User

NOBODY = 0  # the choice for a post without an author, such as an imported one

CATEGORIES: Final = select(Category.id, Category.name, Category.path).order_by(Category.path)
PEOPLE: Final = (
    select(User.id, User.name, User.slug, User.role, User.disabled_at)
    .where(or_(User.role != "reader", User.id == bindparam("now")))
    .order_by(User.name, User.id)
)


def list_categories(session: Session) -> list[SelectChoice]:
    """Return every category with its depth as `data-depth`, parents before children."""
    rows = sorted(session.connection().execute(CATEGORIES), key=lambda row: row[2].split("/"))
    return [
        SelectChoice(number, name, {"data-depth": str(path.count("/"))})
        for number, name, path in rows
    ]


def list_people(session: Session, kind: str, post: Post | None) -> list[Any]:
    """Return who may be among the authors: those who may write, and the author whoever it is."""
    now = post.author_id if post else None
    people: Any = session.connection().execute(PEOPLE, {"now": now}).all()
    return [user for user in people if user.id == now or may_write(user, kind)]


def author_choices(people: Sequence[Any], post: Post | None) -> list[tuple[int, str]]:
    """Return the choices for the author; nobody too, where nobody is it."""
    able = [(user.id, user.name) for user in people]
    return [(NOBODY, _("Nobody")), *able] if post and post.author_id is None else able


def list_languages(site: Site, present: str) -> list[tuple[str, str]]:
    """Return the languages, the site's own first as the empty choice; `present` is among them."""
    choices = [("", _("%(language)s (the site’s)", language=LANGUAGE_NAMES[site.language]))]
    choices += [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
    return choices if present in dict(choices) else [*choices, (present, present)]
