"""One trash for every kind of content."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"

INSTANT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

# What lay in the trash before: who put it there stands in the log.
LYING = """
    INSERT INTO trashed (kind, object_id, label, detail, "by", at)
    SELECT post.kind, post.id, post.title, post.slug, COALESCE((
        SELECT audit_event.actor_name FROM audit_event
        WHERE audit_event.object_kind = 'post' AND audit_event.object_id = post.id
        AND audit_event.action = 'post.trashed' ORDER BY audit_event.id DESC LIMIT 1
    ), ''), post.trashed_at
    FROM post WHERE post.trashed_at IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "trashed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.String(length=1000), nullable=False),
        sa.Column("document", DOCUMENT),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trashed"),
        sa.UniqueConstraint("kind", "object_id", name="uq_trashed_kind_object_id"),
    )
    op.create_index("ix_trashed_at_id", "trashed", ["at", "id"])
    op.execute(LYING)


def downgrade() -> None:
    op.drop_table("trashed")
