"""Looks at an instance as an experienced operator would: what is wrong, and what to do about it."""

from collections.abc import Iterator

from admin.doctor.database import DATABASE_CHECKS
from admin.doctor.files import FILE_CHECKS
from admin.doctor.finding import Check, Finding
from admin.doctor.server import SERVER_CHECKS
from shared.runtime import Runtime

CHECKS: tuple[Check, ...] = (*SERVER_CHECKS, *FILE_CHECKS, *DATABASE_CHECKS)

__all__ = ["CHECKS", "Finding", "examine"]


def examine(runtime: Runtime) -> Iterator[Finding]:
    """Yield what each check found, in order; one that fails itself is a finding too."""
    for check in CHECKS:
        try:
            finding = check(runtime)
        except Exception as error:  # noqa: BLE001 - the sick instance is what it is made for
            name = check.__name__.removeprefix("check_").replace("_", " ")
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            finding = Finding(name, "error", f"cannot be looked at: {reason}", "See the log.")
        if finding is not None:
            yield finding
