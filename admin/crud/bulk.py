"""Acting on many rows: what would change is shown first, row by row, then it is done in parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import inspect

from admin.account.safe_next import is_safe
from admin.crud.actions import Action, Previewed, carry_out, preview
from admin.crud.choosing import Chosen, load
from admin.crud.reporting import get_action, report, summed_up
from admin.crud.running import begin
from admin.crud.screen import Screen
from admin.undoing import offer
from shared.web import commit, session

PREVIEWED = 20  # rows on a page of the preview
AT_ONCE = 50  # rows that are done without a page that tells how far it is


@dataclass(frozen=True)
class Asked:
    """What was asked for: an action with what it needs to know, on which rows."""

    action: Action
    given: str
    chosen: Chosen
    ids: Sequence[int]
    back: str

    @property
    def is_complete(self) -> bool:
        """Whether the action knows all that it needs."""
        return self.action.asks is None or bool(self.given) or self.action.asks.may_be_empty

    def part(self) -> tuple[int, Sequence[int]]:
        """Return the number of the page that is looked at, and the ids on it."""
        last = max((len(self.ids) - 1) // PREVIEWED, 0)
        word = request.form.get("page", "0")
        page = min(int(word), last) if word.isdecimal() and len(word) < 7 else 0
        return page, self.ids[page * PREVIEWED :][:PREVIEWED]


def bulk(screen: Screen) -> ResponseReturnValue:
    """Show what an action would change of each chosen row; then do it."""
    asked = read(screen)
    if not asked.ids:
        flash(_("Choose at least one line first."), "warning")
        return redirect(asked.back, 303)
    if "confirmed" not in request.form or not asked.is_complete:
        return show(screen, asked)
    if (seen := request.form.get("counted")) and seen != str(len(asked.ids)):
        said = _("Meanwhile %(count)s rows match. Look again.", count=f"{len(asked.ids):,}")
        flash(said, "warning")
        return show(screen, asked)
    if len(asked.ids) > AT_ONCE:
        return begin(screen, asked.action, asked.given, asked.ids, asked.back)
    return act(screen, asked)


def read(screen: Screen) -> Asked:
    """Return what the form asks for; raises NotFound and Forbidden."""
    back = request.form.get("next", "")
    if not is_safe(back, root=request.script_root):
        back = url_for(f"{screen.name}.index")
    chosen = Chosen.of(screen, request.form)
    given = " ".join(request.form.get("given", "").replace("\0", "").split())[:500]
    action = get_action(screen, request.form.get("action") or request.form.get("asking", ""))
    return Asked(action, given, chosen, chosen.find(session()), back)


def show(screen: Screen, asked: Asked) -> ResponseReturnValue:
    """Show one page of what would change: each row is changed, looked at, and put back."""
    page, ids = asked.part()
    lines: list[Previewed] = []
    if asked.is_complete:
        rows = load(session(), screen, ids)
        labelled = [(screen.label(row), row) for row in rows]
        lines = preview(asked.action, asked.given, labelled)
        session().rollback()
    choices = asked.action.asks.choices(session()) if asked.action.asks else ()
    return render_template(
        "crud/bulk.html",
        screen=screen,
        asked=asked,
        action=asked.action,
        choices=choices,
        lines=lines,
        page=page,
        first=page * PREVIEWED + 1,
        last=page * PREVIEWED + len(ids),
        total=len(asked.ids),
    )


def act(screen: Screen, asked: Asked) -> ResponseReturnValue:
    """Do the action to few rows at once, and offer to undo it."""
    action, back = asked.action, asked.back
    outcome = carry_out(action, load(session(), screen, asked.ids), asked.given)
    offered = offer(action.told(summed_up(screen, outcome)), outcome.steps) if action.told else None
    commit()
    report(screen, action, outcome, offered)
    if any(inspect(row).detached for row in outcome.done):
        back = url_for(f"{screen.name}.index")  # the page that it came from may be of what is gone
    return redirect(back, 303)
