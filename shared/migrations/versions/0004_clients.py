"""Clients of the API and their tokens."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

INSTANT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "api_client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=False),
        sa.Column("secret_hash", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("wished_scopes", DOCUMENT, nullable=False),
        sa.Column("scopes", DOCUMENT, nullable=False),
        sa.Column("user_id", sa.Integer()),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT),
        sa.CheckConstraint(
            "state IN ('pending', 'approved', 'revoked')", name="ck_api_client_state"
        ),
        sa.CheckConstraint("type IN ('service', 'user', 'readonly')", name="ck_api_client_type"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_api_client_user_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_api_client"),
        sa.UniqueConstraint("client_id", name="uq_api_client_client_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_api_client_state", "api_client", ["state"])
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", DOCUMENT, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["client_id"], ["api_client.id"], name="fk_api_token_client_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("token_hash", name="uq_api_token_token_hash"),
    )
    op.create_index("ix_api_token_client_id", "api_token", ["client_id"])
    op.create_index("ix_api_token_expires_at", "api_token", ["expires_at"])


def downgrade() -> None:
    op.drop_table("api_token")
    op.drop_table("api_client")
