"""Names under which merged tags and categories are still known."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "tag_alias",
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tag.id"], name="fk_tag_alias_tag_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("slug", name="pk_tag_alias"),
    )
    op.create_index("ix_tag_alias_tag_id", "tag_alias", ["tag_id"])
    op.create_table(
        "category_alias",
        sa.Column("former_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["category.id"],
            name="fk_category_alias_category_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("former_id", name="pk_category_alias"),
    )
    op.create_index("ix_category_alias_category_id", "category_alias", ["category_id"])


def downgrade() -> None:
    op.drop_table("category_alias")
    op.drop_table("tag_alias")
