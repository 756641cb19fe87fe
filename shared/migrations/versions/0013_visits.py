"""Counts of pages shown and of paths where nothing is."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

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
    op.create_table(
        "link_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checked_at", INSTANT, nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("links", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_check"),
    )
    op.create_table(
        "broken_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_kind", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("source_label", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("problem", sa.String(length=16), nullable=False),
        sa.Column("leads_to", sa.String(length=2000), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broken_link"),
    )


def downgrade() -> None:
    op.drop_table("broken_link")
    op.drop_table("link_check")
    op.drop_table("missing_path")
    op.drop_table("page_view")
