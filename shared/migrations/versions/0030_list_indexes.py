"""Indexes for lists that are narrowed, in the order in which they are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

CHANGED_LAST = ("kind", "updated_at", "id", "trashed_at")
WHOLE = (
    ("post", ("author_id", *CHANGED_LAST)),
    ("post", ("language", *CHANGED_LAST)),
    ("redirect", ("status", "path", "id")),
    ("redirect", ("origin", "path", "id")),
)
PARTIAL = {
    "ix_post_kind_updated_at_id_trashed_at_unpublished": (
        "post",
        CHANGED_LAST,
        "published_at IS NULL",
    ),
    "ix_mail_created_at_open": (
        "mail",
        ("created_at", "id"),
        "sent_at IS NULL AND failed_at IS NULL",
    ),
    "ix_mail_created_at_failed": ("mail", ("created_at", "id"), "failed_at IS NOT NULL"),
    "ix_presentation_post_id_cover": ("presentation", ("post_id",), "cover != ''"),
    "ix_presentation_post_id_canonical": ("presentation", ("post_id",), "canonical != ''"),
}


def upgrade() -> None:
    for table, columns in WHOLE:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
    for name, (table, columns, where) in PARTIAL.items():
        only = sa.text(where)
        op.create_index(name, table, list(columns), sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    for name, (table, _columns, _where) in PARTIAL.items():
        op.drop_index(name, table)
    for table, columns in WHOLE:
        op.drop_index(f"ix_{table}_{'_'.join(columns)}", table)
