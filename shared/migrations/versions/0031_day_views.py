"""Pages shown on each day, in all."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "day_view",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("views", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_day_view"),
    )
    op.execute(
        "INSERT INTO day_view (day, views) SELECT day, SUM(views) FROM page_view GROUP BY day"
    )
    op.create_index("ix_page_view_path_day", "page_view", ["path", "day"])


def downgrade() -> None:
    op.drop_index("ix_page_view_path_day", table_name="page_view")
    op.drop_table("day_view")
