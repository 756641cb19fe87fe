"""What a post shows beside its text, its further authors, and whether it takes comments."""

import sqlalchemy as sa
from alembic import op

from shared.migrations import stamping

revision = "0011"
down_revision = "0010"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "post", sa.Column("comments", sa.String(length=8), nullable=False, server_default="")
    )
    op.create_table(
        "presentation",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("cover", sa.String(length=1000), nullable=False),
        sa.Column("cover_alt", sa.String(length=500), nullable=False),
        sa.Column("cover_x", sa.Integer(), nullable=False),
        sa.Column("cover_y", sa.Integer(), nullable=False),
        sa.Column("seo_title", sa.String(length=200), nullable=False),
        sa.Column("seo_description", sa.String(length=500), nullable=False),
        sa.Column("social_title", sa.String(length=200), nullable=False),
        sa.Column("social_description", sa.String(length=500), nullable=False),
        sa.Column("social_image", sa.String(length=1000), nullable=False),
        sa.Column("canonical", sa.String(length=2000), nullable=False),
        sa.Column("template", sa.String(length=16), nullable=False),
        sa.Column("noindex", sa.Boolean(), nullable=False),
        sa.Column("translation_of", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_presentation_post_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", name="pk_presentation"),
    )
    op.create_index("ix_presentation_translation_of", "presentation", ["translation_of"])
    op.create_table(
        "post_author",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("listed_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_post_author_post_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_post_author_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "user_id", name="pk_post_author"),
    )
    op.create_index(
        "ix_post_author_user_id_listed_at_post_id",
        "post_author",
        ["user_id", "listed_at", "post_id"],
    )
    stamping.install(op.get_bind())


def downgrade() -> None:
    stamping.remove(op.get_bind())
    op.drop_table("post_author")
    op.drop_table("presentation")
    op.drop_column("post", "comments")  # in place: to rebuild the table would cost far more
    stamping.install(op.get_bind())
