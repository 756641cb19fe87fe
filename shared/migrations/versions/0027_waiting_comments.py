"""Since when a comment waits, so that a list begins with what does."""

import sqlalchemy as sa
from alembic import op

from shared.migrations import stamping

revision = "0027"
down_revision = "0026"

SINCE = "CASE WHEN state = 'pending' THEN created_at END"


def upgrade() -> None:
    # SQLite adds no stored column to a table that is there, PostgreSQL indexes no other.
    stored = op.get_bind().dialect.name == "postgresql"
    made = sa.Computed(SINCE, persisted=stored)
    op.add_column("comment", sa.Column("waiting_since", sa.DateTime(timezone=True), made))
    op.create_index("ix_comment_waiting_since_id", "comment", ["waiting_since", "id"])
    stamping.install(op.get_bind())


def downgrade() -> None:
    stamping.remove(op.get_bind())
    op.drop_index("ix_comment_waiting_since_id", "comment")
    op.drop_column("comment", "waiting_since")
    stamping.install(op.get_bind())
