"""Lists: wishes of each person, saved views, changes of many rows, and indexes to walk along."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

INSTANT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
UNPUBLISHED = "published_at IS NULL"
CHANGED = "working_id IS NOT NULL AND published_at IS NOT NULL"
PARTIAL = {
    "ix_post_kind_title_id_unpublished": (["kind", "title", "id"], UNPUBLISHED),
    "ix_post_kind_updated_at_id_changed": (["kind", "updated_at", "id"], CHANGED),
}
SORTED = {
    "user": ("name", "role", "last_login_at", "created_at"),
    "api_client": ("name", "last_used_at", "created_at"),
}


def upgrade() -> None:
    op.create_table(
        "user_preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", DOCUMENT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        _to_user("user_preference"),
        sa.PrimaryKeyConstraint("id", name="pk_user_preference"),
        sa.UniqueConstraint("user_id", "key", name="uq_user_preference_user_id_key"),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("screen", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", DOCUMENT, nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        _to_user("saved_view"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
    )
    op.create_index("ix_saved_view_user_id", "saved_view", ["user_id"])
    op.create_index("ix_saved_view_screen_name", "saved_view", ["screen", "name"])
    _create_bulk_run()
    for name, (columns, where) in PARTIAL.items():
        op.create_index(
            name, "post", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    for table, columns in SORTED.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table, columns in SORTED.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}", table)
    for name in PARTIAL:
        op.drop_index(name, "post")
    for table in ("bulk_run", "saved_view", "user_preference"):
        op.drop_table(table)


def _create_bulk_run() -> None:
    op.create_table(
        "bulk_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("screen", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("given", DOCUMENT, nullable=False),
        sa.Column("waiting", DOCUMENT, nullable=False),
        sa.Column("refused", DOCUMENT, nullable=False),
        sa.Column("steps", DOCUMENT, nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("back", sa.String(length=2000), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT),
        _to_user("bulk_run"),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_run"),
    )
    op.create_index("ix_bulk_run_user_id", "bulk_run", ["user_id"])


def _to_user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["user_id"], ["user.id"], name=f"fk_{table}_user_id", ondelete="CASCADE"
    )
