"""Offers to take something back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"

INSTANT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "undo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.Integer()),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("pattern", sa.String(length=300), nullable=False),
        sa.Column("said", DOCUMENT, nullable=False),
        sa.Column("steps", DOCUMENT, nullable=False),
        sa.Column("undone_at", INSTANT),
        sa.Column("undone_by", sa.String(length=200), nullable=False),
        sa.Column("takes_back", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_undo"),
    )
    op.create_index("ix_undo_actor_kind_actor_id_at", "undo", ["actor_kind", "actor_id", "at"])
    op.create_index("ix_undo_at", "undo", ["at"])


def downgrade() -> None:
    op.drop_table("undo")
