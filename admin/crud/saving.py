"""Storing a form by its screen's verb, and what stands against it."""

from typing import Any

from admin.crud.screen import Screen
from admin.forms import VersionedForm, shown
from shared.domain.errors import DomainError, Invalid, Stale
from shared.web import commit, session


def store(screen: Screen, row: Any, form: VersionedForm) -> bool:
    """Save and commit; or take back what was begun and say in the form why."""
    try:
        screen.save(row, form)
        commit()
    except Stale:
        form.is_stale = True
    except Invalid as error:
        form.take_errors(error)
    except DomainError as error:
        form.form_errors.append(error.message)
    else:
        return True
    session().rollback()
    session().expunge_all()  # what is shown next is read anew, without what was refused
    return False


def differences(screen: Screen, form: VersionedForm, current: Any) -> list[tuple[str, str, str]]:
    """Return label, their value and mine of each field that differs; the form moves to theirs."""
    assert screen.form is not None
    theirs = screen.form(formdata=None, obj=current)
    form.version.data = current.version
    return [
        (field.label.text, shown(theirs[field.name]), shown(field))
        for field in form.visible
        if shown(theirs[field.name]) != shown(field)
    ]
