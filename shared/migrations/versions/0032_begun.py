"""Open editors say which revision their text was begun from, so that it is kept for a merge."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column("open_editor", sa.Column("begun", sa.Integer()))


def downgrade() -> None:
    op.drop_column("open_editor", "begun")
