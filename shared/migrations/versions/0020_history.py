"""Names and sizes of revisions, and a record of what visitors could see when."""

import sqlalchemy as sa
from alembic import op

from shared.migrations import stamping

revision = "0020"
down_revision = "0019"

INSTANT = sa.DateTime(timezone=True)

MEASURE = {
    "sqlite": "UPDATE revision SET size = COALESCE(length(json_extract(content, '$.body')), 0)",
    "postgresql": "UPDATE revision SET size = COALESCE(length(content ->> 'body'), 0)",
}
# Of earlier versions the log tells no more than that there were some: what is live is known to be
# so since its last publication.
KNOWN = """
    INSERT INTO publication (post_id, revision_id, shown_from, shown_until)
    SELECT post.id, post.live_id, {latest}(post.published_at, COALESCE((
        SELECT max(audit_event.at) FROM audit_event
        WHERE audit_event.object_kind = 'post' AND audit_event.object_id = post.id
        AND audit_event.action = 'post.published'
    ), post.published_at)), post.expires_at
    FROM post WHERE post.live_id IS NOT NULL AND post.published_at IS NOT NULL
"""
LATEST = {"sqlite": "max", "postgresql": "greatest"}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    op.add_column(
        "revision", sa.Column("name", sa.String(length=200), nullable=False, server_default="")
    )
    op.add_column("revision", sa.Column("size", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("shown_from", INSTANT, nullable=False),
        sa.Column("shown_until", INSTANT),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_publication_post_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name="fk_publication_revision_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
    )
    op.create_index("ix_publication_post_id_shown_from", "publication", ["post_id", "shown_from"])
    op.create_index("ix_publication_revision_id", "publication", ["revision_id"])
    op.execute(MEASURE[dialect])
    op.execute(KNOWN.format(latest=LATEST[dialect]))
    stamping.install(op.get_bind())


def downgrade() -> None:
    stamping.remove(op.get_bind())
    op.drop_table("publication")
    op.drop_column("revision", "size")
    op.drop_column("revision", "name")
    stamping.install(op.get_bind())
