"""Media: files with a lasting address, and which posts use them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.migrations import stamping

revision = "0012"
down_revision = "0011"

INSTANT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "media",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=250), nullable=False),
        sa.Column("file", sa.String(length=250), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ending", sa.String(length=8), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("animated", sa.Boolean(), nullable=False),
        sa.Column("forms", DOCUMENT, nullable=False),
        sa.Column("alt", sa.String(length=500), nullable=False),
        sa.Column("decorative", sa.Boolean(), nullable=False),
        sa.Column("caption", sa.String(length=500), nullable=False),
        sa.Column("credit", sa.String(length=200), nullable=False),
        sa.Column("focus_x", sa.Integer(), nullable=False),
        sa.Column("focus_y", sa.Integer(), nullable=False),
        sa.Column("folder", sa.String(length=200), nullable=False),
        sa.Column("uploader_id", sa.Integer()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("trashed_at", INSTANT),
        sa.CheckConstraint("focus_x BETWEEN 0 AND 100", name="ck_media_focus_x"),
        sa.CheckConstraint("focus_y BETWEEN 0 AND 100", name="ck_media_focus_y"),
        sa.ForeignKeyConstraint(
            ["uploader_id"], ["user.id"], name="fk_media_uploader_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_media"),
        sa.UniqueConstraint("path", name="uq_media_path"),
        sqlite_autoincrement=True,
    )
    for columns in (
        ["file"],
        ["sha256"],
        ["source_sha256"],
        ["uploader_id"],
        ["created_at", "id"],
        ["name", "id"],
        ["bytes", "id"],
        ["folder"],
    ):
        op.create_index(f"ix_media_{'_'.join(columns)}", "media", columns)
    op.create_table(
        "media_use",
        sa.Column("media_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("used_in", sa.String(length=8), nullable=False),
        sa.CheckConstraint("used_in IN ('live', 'working')", name="ck_media_use_used_in"),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media.id"], name="fk_media_use_media_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_media_use_post_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("media_id", "post_id", "used_in", name="pk_media_use"),
    )
    op.create_index("ix_media_use_post_id", "media_use", ["post_id"])
    stamping.install(op.get_bind())


def downgrade() -> None:
    stamping.remove(op.get_bind())
    op.drop_table("media_use")
    op.drop_table("media")
