"""The editors that are open in browsers."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "open_editor",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer()),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_open_editor_user_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_open_editor_post_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_open_editor"),
    )
    op.create_index("ix_open_editor_user_id", "open_editor", ["user_id"])
    op.create_index("ix_open_editor_opened_at", "open_editor", ["opened_at"])
    op.create_index("ix_open_editor_post_id_seen_at", "open_editor", ["post_id", "seen_at"])


def downgrade() -> None:
    op.drop_table("open_editor")
