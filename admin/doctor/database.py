"""The database: whether it answers, fits this code, and stands where it is safe."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url, text

from admin.doctor.files import nearest
from admin.doctor.finding import Check, Finding, Level
from shared.db import POOL_SIZE
from shared.domain.audit_checks import read_outcome
from shared.runtime import Runtime
from shared.sqlite_driver import SAFE_VERSION, load_driver

MEGABYTE = 1_000_000
LARGE_WAL = 200 * MEGABYTE
OVERFLOW = 4  # connections beyond the pool, as in shared/engines.py
LARGEST_SKEW, WORST_SKEW = 5.0, 60.0  # seconds
# Where two processes cannot be sure of each other's locks.
NETWORK = frozenset(
    {
        "9p",
        "afs",
        "ceph",
        "cifs",
        "fuse.glusterfs",
        "fuse.s3fs",
        "fuse.sshfs",
        "nfs",
        "nfs4",
        "smb3",
    }
)


def check_reachable(runtime: Runtime) -> Finding:
    """The database answers."""
    kind = runtime.database.dialect
    if runtime.database.is_reachable():
        return Finding("database", "ok", f"{kind} answers")
    return Finding("database", "error", f"{kind} does not answer", "See DATABASE_URL and the log")


def check_schema(runtime: Runtime) -> Finding | None:
    """Its schema is that of this code."""
    database = runtime.database
    if not database.is_reachable():
        return None
    if database.is_current():
        return Finding("schema", "ok", f"up to date ({database.revision()})")
    if database.is_newer_than_code():
        advice = "Run that code, or restore the backup of this one's time"
        return Finding("schema", "error", "made by a newer Triptych", advice)
    return Finding("schema", "error", "older than this code", "Run: flask db upgrade")


def check_sqlite(runtime: Runtime) -> Finding | None:
    """SQLite is one that loses nothing, on a disk of this machine."""
    file = sqlite_file(runtime)
    if file is None:
        return None
    driver = load_driver()
    if driver.sqlite_version_info < SAFE_VERSION:
        text_ = f"SQLite {driver.sqlite_version} can lose committed writes under load"
        return Finding("sqlite", "error", text_, "Install the pysqlite3 wheel, or use PostgreSQL")
    kind = file_system(nearest(file), Path("/proc/self/mounts"))
    if kind in NETWORK:
        advice = "Move INSTANCE to a disk of this machine, or use PostgreSQL"
        return Finding("sqlite", "error", f"{file} lies on a network file system ({kind})", advice)
    return Finding("sqlite", "ok", f"version {driver.sqlite_version}, on a local disk")


def check_wal(runtime: Runtime) -> Finding | None:
    """What waits to go into the database's file is little."""
    file = sqlite_file(runtime)
    if file is None:
        return None
    wal = Path(f"{file}-wal")
    size = wal.stat().st_size if wal.exists() else 0
    text_ = f"{size // MEGABYTE:,} MB wait in {wal.name}"
    if size > LARGE_WAL:
        advice = "Something reads without end; restart the server, and look for long exports"
        return Finding("wal", "warning", text_, advice)
    return Finding("wal", "ok", text_)


def check_connections(runtime: Runtime) -> Finding | None:
    """PostgreSQL has connections enough for every worker."""
    database = runtime.database
    if database.dialect != "postgresql" or not database.is_reachable():
        return None
    settings = runtime.settings
    with database.reading() as session:
        most = int(session.scalar(text("SHOW max_connections")) or 0)
        kept = int(session.scalar(text("SHOW superuser_reserved_connections")) or 0)
    needed = settings.workers * min(settings.threads, POOL_SIZE + OVERFLOW)
    found = f"at most {needed} of {most - kept} are used"
    if needed > most - kept:
        advice = "Raise max_connections, or lower WORKERS or THREADS"
        return Finding("connections", "error", found, advice)
    return Finding("connections", "ok", found)


def check_clock(runtime: Runtime) -> Finding | None:
    """The clocks of the database's machine and of this one agree."""
    database = runtime.database
    if database.dialect != "postgresql" or not database.is_reachable():
        return None
    with database.reading() as session:
        theirs = session.scalar(text("SELECT clock_timestamp()"))
    assert isinstance(theirs, datetime)
    skew = abs((theirs - runtime.clock()).total_seconds())
    found = f"{skew:.1f} s from the database's"
    if skew > LARGEST_SKEW:
        level: Level = "error" if skew > WORST_SKEW else "warning"
        advice = "Posts appear and links expire by this machine's clock: set both by NTP"
        return Finding("clock", level, found, advice)
    return Finding("clock", "ok", found)


def check_audit(runtime: Runtime) -> Finding | None:
    """The audit log is whole, as far as its last check knows."""
    database = runtime.database
    if not database.is_reachable() or not database.is_current():
        return None
    with database.reading() as session:
        outcome = read_outcome(session, runtime.key("audit"))
    if outcome is None:
        return Finding("audit", "ok", "not checked yet; the worker does it every day")
    at = f"{outcome.at:%Y-%m-%d %H:%M} UTC"
    if not outcome.is_good:
        said = "was tampered with" if outcome.broken else "has a forged record of its last check"
        advice = "Run: flask audit verify, and compare with a backup"
        return Finding("audit", "error", f"the audit log {said} (checked {at})", advice)
    if outcome.is_late(runtime.clock()):
        advice = "Is a worker running? See: flask jobs list"
        return Finding("audit", "warning", f"the audit log was last checked {at}", advice)
    return Finding("audit", "ok", f"the audit log holds, {outcome.mark.number} events at {at}")


def sqlite_file(runtime: Runtime) -> Path | None:
    """Return the database's file, None on PostgreSQL."""
    url = make_url(runtime.settings.database)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def file_system(path: Path, mounts: Path) -> str:
    """Return the kind of file system that a path lies on; empty where the system does not say."""
    kind, length = "", -1
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    for line in lines:
        _, point, found, *_ = line.split(" ")
        at = Path(point.encode().decode("unicode_escape"))
        if path.is_relative_to(at) and len(at.parts) >= length:
            kind, length = found, len(at.parts)
    return kind


DATABASE_CHECKS: tuple[Check, ...] = (
    check_reachable,
    check_schema,
    check_sqlite,
    check_wal,
    check_connections,
    check_clock,
    check_audit,
)
