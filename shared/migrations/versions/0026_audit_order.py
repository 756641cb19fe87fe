"""Indexes by which the audit log is read in its order however it is narrowed."""

from alembic import op

revision = "0026"
down_revision = "0025"

BEFORE = (
    ("at",),
    ("action",),
    ("actor_kind", "actor_id"),
    ("object_kind", "object_id"),
)
AFTER = (
    ("at", "id"),
    ("action", "at", "id"),
    ("actor_kind", "actor_id", "at", "id"),
    ("object_kind", "at", "id"),
    ("object_kind", "object_id", "at", "id"),
)


def exchange(old: tuple[tuple[str, ...], ...], new: tuple[tuple[str, ...], ...]) -> None:
    """Drop the indexes on these columns and make others."""
    for columns in old:
        op.drop_index(f"ix_audit_event_{'_'.join(columns)}", "audit_event")
    for columns in new:
        op.create_index(f"ix_audit_event_{'_'.join(columns)}", "audit_event", list(columns))


def upgrade() -> None:
    exchange(BEFORE, AFTER)


def downgrade() -> None:
    exchange(AFTER, BEFORE)
