"""Links that show a working copy to someone without an account."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "preview_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.Integer()),
        sa.Column("author_name", sa.String(length=200), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name="fk_preview_link_author_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_preview_link_post_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_preview_link"),
        sa.UniqueConstraint("token_hash", name="uq_preview_link_token_hash"),
    )
    op.create_index("ix_preview_link_author_id", "preview_link", ["author_id"])
    op.create_index("ix_preview_link_post_id", "preview_link", ["post_id"])


def downgrade() -> None:
    op.drop_table("preview_link")
