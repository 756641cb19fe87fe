"""Checks the audit log every day: what is new, and once a week all of it."""

import logging
from typing import Any

from shared.domain.audit_checks import check_chain, keep_outcome
from shared.runtime import Runtime

logger = logging.getLogger(__name__)


def check(runtime: Runtime, data: dict[str, Any]) -> None:
    """Check the chain and keep what was found; the mark goes to the log, out of the database."""
    key = runtime.key("audit")
    with runtime.database.reading() as session:
        outcome = check_chain(session, key, runtime.clock(), whole=bool(data.get("whole")))
    with runtime.database.writing() as session:
        keep_outcome(session, outcome, key)
        session.commit()
    if outcome.broken is not None:
        where, why = outcome.broken.number, outcome.broken.reason
        logger.error("the audit log was tampered with at event %s: %s", where, why)
    else:
        logger.info("the audit log holds, mark %s:%s", outcome.mark.number, outcome.mark.mac)
