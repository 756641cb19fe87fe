"""Counts of pages shown and of paths where nothing is."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "page_view",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "path", name="pk_page_view"),
    )
    op.create_table(
        "missing_path",
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("first_at", INSTANT, nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("referrer", sa.String(length=300), nullable=False),
        sa.Column("ignored_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("path", name="pk_missing_path"),
    )
    op.create_index("ix_missing_path_last_at", "missing_path", ["last_at"])


def downgrade() -> None:
    op.drop_table("missing_path")
    op.drop_table("page_view")
