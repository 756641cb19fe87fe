"""Reviews of drafts, and comments on them."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

INSTANT = sa.DateTime(timezone=True)
WAITING = sa.text("state = 'waiting'")
PARTIAL = {"sqlite_where": WAITING, "postgresql_where": WAITING}


def to(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """Return a foreign key under the name that the models give it."""
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("message", sa.String(length=1000), nullable=False),
        sa.Column("asked_by_id", sa.Integer()),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("decided_by_id", sa.Integer()),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", INSTANT),
        sa.CheckConstraint(
            "state IN ('waiting', 'approved', 'returned', 'withdrawn')", name="ck_review_state"
        ),
        to("review", "post_id", "post", "CASCADE"),
        to("review", "asked_by_id", "user", "SET NULL"),
        to("review", "decided_by_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
    )
    op.create_index("ix_review_post_id_id", "review", ["post_id", "id"])
    op.create_index("ix_review_post_id_waiting", "review", ["post_id"], unique=True, **PARTIAL)
    op.create_index("ix_review_asked_at_waiting", "review", ["asked_at"], **PARTIAL)
    op.create_index("ix_review_asked_by_id_id", "review", ["asked_by_id", "id"])
    op.create_index("ix_review_decided_by_id", "review", ["decided_by_id"])
    op.create_table(
        "draft_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("answers_id", sa.Integer()),
        sa.Column("author_id", sa.Integer()),
        sa.Column("author_name", sa.String(length=200), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("quote", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("resolved_at", INSTANT),
        sa.Column("resolved_by", sa.String(length=200), nullable=False),
        to("draft_comment", "post_id", "post", "CASCADE"),
        to("draft_comment", "answers_id", "draft_comment", "CASCADE"),
        to("draft_comment", "author_id", "user", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_draft_comment"),
    )
    for column in ("answers_id", "author_id"):
        op.create_index(f"ix_draft_comment_{column}", "draft_comment", [column])
    op.create_index("ix_draft_comment_post_id_id", "draft_comment", ["post_id", "id"])


def downgrade() -> None:
    op.drop_table("draft_comment")
    op.drop_table("review")
