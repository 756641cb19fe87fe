"""The date that a publication bore, and ways to find what was shown at an instant."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

# What is published without a record of its date bore the present one, unless that is later.
KNOWN = """
    UPDATE publication SET dated_at = COALESCE((
        SELECT post.published_at FROM post
        WHERE post.id = publication.post_id AND post.published_at <= publication.shown_from
    ), shown_from)
"""


def upgrade() -> None:
    op.add_column("publication", sa.Column("dated_at", sa.DateTime(timezone=True)))
    op.create_index("ix_publication_shown_from", "publication", ["shown_from"])
    op.create_index("ix_publication_shown_until", "publication", ["shown_until"])
    op.execute(KNOWN)


def downgrade() -> None:
    op.drop_index("ix_publication_shown_until", "publication")
    op.drop_index("ix_publication_shown_from", "publication")
    op.drop_column("publication", "dated_at")
