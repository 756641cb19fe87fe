"""Comments of visitors."""

import sqlalchemy as sa
from alembic import op

from shared.migrations import stamping

revision = "0025"
down_revision = "0024"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "state IN ('pending', 'approved', 'spam', 'trashed')", name=op.f("ck_comment_state")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_comment_post_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["comment.id"], name="fk_comment_parent_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_comment_user_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comment_post_id_state_id", "comment", ["post_id", "state", "id"])
    op.create_index("ix_comment_state_created_at_id", "comment", ["state", "created_at", "id"])
    op.create_index("ix_comment_created_at_id", "comment", ["created_at", "id"])
    for column in ("email", "parent_id", "user_id"):
        op.create_index(f"ix_comment_{column}", "comment", [column])
    stamping.install(op.get_bind())


def downgrade() -> None:
    stamping.remove(op.get_bind())
    op.drop_table("comment")
