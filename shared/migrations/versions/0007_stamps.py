"""Stamps: what a change of content touches, written by triggers."""

import time

import sqlalchemy as sa
from alembic import op

from shared.migrations import stamping

revision = "0007"
down_revision = "0006"

EXPIRING = sa.text("expires_at IS NOT NULL AND published_at IS NOT NULL")


def upgrade() -> None:
    version = op.create_table(
        "page_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_page_version_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_page_version"),
    )
    stamp = op.create_table(
        "page_stamp",
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_page_stamp"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_page_stamp_number", "page_stamp", ["number"])
    # Everything, now: a backup that is restored and upgraded is not what was upgraded before.
    number = time.time_ns() // 1_000_000
    op.bulk_insert(version, [{"id": 1, "number": number}])
    op.bulk_insert(stamp, [{"key": "*", "number": number}])
    op.create_index(
        "ix_post_expires_at",
        "post",
        ["expires_at"],
        sqlite_where=EXPIRING,
        postgresql_where=EXPIRING,
    )
    stamping.install(op.get_bind())


def downgrade() -> None:
    stamping.remove(op.get_bind())
    op.drop_index("ix_post_expires_at", "post")
    op.drop_table("page_stamp")
    op.drop_table("page_version")
