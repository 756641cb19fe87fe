"""The site's settings: each option that an act changed is compared and put back by itself."""

import json
from dataclasses import asdict, replace
from typing import Any, cast

from sqlalchemy.orm import Session

from shared.domain.site import OPTIONS, Site, load_site, save_site
from shared.domain.undo.steps import Change, Document, Step
from shared.domain.work import Work
from shared.models import Setting

WHOLE = 0  # the log names no number for settings


class SettingsKind:
    """The settings, of which an act changed some."""

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

    def find_changes(self, step: Step, mark: Document, session: Session) -> list[Change]:  # noqa: ARG002 - a seam
        """Return the options of the act, by their names, that have another value by now."""
        after = step.mark or {}
        late = [name for name in _touched(step) if mark.get(name) != after.get(name)]
        return [Change(kind=self.name, id=WHOLE, label=", ".join(late))] if late else []

    def put_back(self, step: Step, *, without: frozenset[int], work: Work) -> None:  # noqa: ARG002 - they have no parts
        """Save what the options of the act said; all others keep their value."""
        back = step.back or {}
        known = {name: OPTIONS[name].restore(back[name]) for name in _touched(step)}
        now = load_site(work.session)
        save_site(replace(now, **known), work=work)
        changed = sorted(name for name, value in known.items() if getattr(now, name) != value)
        work.record("settings.undone", "setting", ", ".join(changed))


def _touched(step: Step) -> list[str]:
    """Return the names of the options that an act changed, of those that there still are."""
    back, after = step.back or {}, step.mark or {}
    return sorted(
        name for name in back if name in OPTIONS and (not after or back[name] != after.get(name))
    )


def _document(site: Site) -> Document:
    """Return the settings as JSON gives them back."""
    return cast("Document", json.loads(json.dumps(asdict(site))))
