"""The language of the console, per person."""

import sqlalchemy as sa
from alembic import op

from shared.migrations import stamping

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column(
        "user", sa.Column("language", sa.String(length=16), nullable=False, server_default="")
    )
    stamping.install(op.get_bind())


def downgrade() -> None:
    stamping.remove(op.get_bind())
    op.drop_column("user", "language")
    stamping.install(op.get_bind())
