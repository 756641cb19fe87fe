"""The site's settings, which are one thing: a change of any of them counts."""

import json
from dataclasses import asdict, replace
from typing import Any, cast

from sqlalchemy.orm import Session

from shared.domain.site import OPTIONS, Site, load_site, save_site
from shared.domain.undo.steps import Document, Step, Whole
from shared.domain.work import Work
from shared.models import Setting

WHOLE = 0  # the log names no number for settings


class SettingsKind(Whole):
    """The settings as a whole."""

    name = Setting.__tablename__

    def remember(self, thing: Site, session: Session) -> Step:  # noqa: ARG002 - a seam
        """Return what the settings say."""
        return Step(kind=self.name, id=WHOLE, label="", back=_document(thing))

    def forget(self, step: Step, session: Session) -> Step:  # noqa: ARG002 - a seam
        """Return what the settings say now."""
        return self.remember(load_site(session), session)

    def marks(self, steps: list[Step], session: Session) -> dict[int, Any]:  # noqa: ARG002 - there is but one
        """Return the settings themselves: they have no version."""
        return {WHOLE: _document(load_site(session))}

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:  # noqa: ARG002 - they have no parts
        """Save what the settings said; those that came since keep their value."""
        back = step.back or {}
        known = {
            name: OPTIONS[name].restore(value) for name, value in back.items() if name in OPTIONS
        }
        now = load_site(work.session)
        save_site(replace(now, **known), work=work)
        changed = sorted(name for name, value in known.items() if getattr(now, name) != value)
        work.record("settings.undone", "setting", ", ".join(changed))


def _document(site: Site) -> Document:
    """Return the settings as JSON gives them back."""
    return cast("Document", json.loads(json.dumps(asdict(site))))
