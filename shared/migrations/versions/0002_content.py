"""Posts and pages with revisions, categories and tags."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TRASHED = sa.text("trashed_at IS NOT NULL")
# A post points at its revisions and they at it: SQLite takes a key to a table yet to come,
# PostgreSQL takes it afterwards.
POINTERS = ("live_id", "working_id")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _to_revision(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["revision.id"], name=f"fk_post_{column}", ondelete="SET NULL"
    )


def upgrade() -> None:
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("path", sa.String(length=1000), nullable=False),
        sa.Column("description", sa.String(length=1000), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["category.id"], name="fk_category_parent_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_category"),
        sa.UniqueConstraint("path", name="uq_category_path"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_category_parent_id", "category", ["parent_id"])
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(length=1000), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.UniqueConstraint("slug", name="uq_tag_slug"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tag_name", "tag", ["name"])
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("excerpt", sa.String(length=1000), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("meta", DOCUMENT, nullable=False),
        sa.Column("author_id", sa.Integer()),
        sa.Column("byline", sa.String(length=200), nullable=False),
        sa.Column("live_id", sa.Integer()),
        sa.Column("working_id", sa.Integer()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("first_published_at", INSTANT),
        sa.Column("published_at", INSTANT),
        sa.Column("expires_at", INSTANT),
        sa.Column("trashed_at", INSTANT),
        # Last, since SQLite reads a row from its front: lists never step over the texts.
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('post', 'page')", name="ck_post_kind"),
        sa.CheckConstraint(
            "trashed_at IS NULL OR published_at IS NULL", name="ck_post_trash_is_not_public"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name="fk_post_author_id", ondelete="SET NULL"
        ),
        *(_to_revision(column) for column in POINTERS if _is_sqlite()),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint("kind", "slug", name="uq_post_kind_slug"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_post_author_id_kind_published_at_id_expires_at",
        "post",
        ["author_id", "kind", "published_at", "id", "expires_at"],
    )
    op.create_index(
        "ix_post_kind_published_at_id_expires_at",
        "post",
        ["kind", "published_at", "id", "expires_at"],
    )
    op.create_index("ix_post_kind_title_id", "post", ["kind", "title", "id"])
    op.create_index(
        "ix_post_kind_updated_at_id_trashed_at",
        "post",
        ["kind", "updated_at", "id", "trashed_at"],
    )
    op.create_index(
        "ix_post_kind_trashed_at",
        "post",
        ["kind", "trashed_at"],
        sqlite_where=TRASHED,
        postgresql_where=TRASHED,
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("content", DOCUMENT, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("author_id", sa.Integer()),
        sa.Column("author_name", sa.String(length=200), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name="fk_revision_author_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_revision_post_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("post_id", "number", name="uq_revision_post_id_number"),
    )
    op.create_index("ix_revision_author_id", "revision", ["author_id"])
    if not _is_sqlite():
        for column in POINTERS:
            op.create_foreign_key(
                f"fk_post_{column}", "post", "revision", [column], ["id"], ondelete="SET NULL"
            )
    op.create_table(
        "post_category",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("listed_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["category.id"],
            name="fk_post_category_category_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_post_category_post_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "category_id", name="pk_post_category"),
    )
    op.create_index(
        "ix_post_category_category_id_listed_at_post_id",
        "post_category",
        ["category_id", "listed_at", "post_id"],
    )
    op.create_table(
        "post_tag",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("listed_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_post_tag_post_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tag.id"], name="fk_post_tag_tag_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "tag_id", name="pk_post_tag"),
    )
    op.create_index(
        "ix_post_tag_tag_id_listed_at_post_id", "post_tag", ["tag_id", "listed_at", "post_id"]
    )


def downgrade() -> None:
    op.drop_table("post_tag")
    op.drop_table("post_category")
    if not _is_sqlite():
        for column in POINTERS:
            op.drop_constraint(f"fk_post_{column}", "post")
    op.drop_table("revision")
    op.drop_table("post")
    op.drop_table("tag")
    op.drop_table("category")
