"""Links from post to post by number, for what links where."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "post_link",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_post_link_post_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "target_id", name="pk_post_link"),
    )
    op.create_index("ix_post_link_target_id", "post_link", ["target_id"])


def downgrade() -> None:
    op.drop_table("post_link")
