"""Which list of the console a comment is in, so that each is walked along an index of its own."""

import sqlalchemy as sa
from alembic import op

from shared.migrations import stamping

revision = "0033"
down_revision = "0032"

SHELF = "CASE WHEN state IN ('pending', 'approved') THEN 'open' ELSE state END"


def upgrade() -> None:
    # SQLite adds no stored column to a table that is there, PostgreSQL indexes no other.
    stored = op.get_bind().dialect.name == "postgresql"
    made = sa.Computed(SHELF, persisted=stored)
    op.add_column("comment", sa.Column("shelf", sa.String(length=12), made))
    for column in ("waiting_since", "created_at"):
        op.create_index(f"ix_comment_shelf_{column}_id", "comment", ["shelf", column, "id"])
    stamping.install(op.get_bind())


def downgrade() -> None:
    stamping.remove(op.get_bind())
    for column in ("waiting_since", "created_at"):
        op.drop_index(f"ix_comment_shelf_{column}_id", "comment")
    op.drop_column("comment", "shelf")
    stamping.install(op.get_bind())
