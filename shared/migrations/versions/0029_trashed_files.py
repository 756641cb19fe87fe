"""Files of the library lie in the trash with everything else."""

from alembic import op

revision = "0029"
down_revision = "0028"

# What lay in the trash before: who put it there stands in the log.
LYING = """
    INSERT INTO trashed (kind, object_id, label, detail, "by", at)
    SELECT 'media', media.id, media.name, media.path, COALESCE((
        SELECT audit_event.actor_name FROM audit_event
        WHERE audit_event.object_kind = 'media' AND audit_event.object_id = media.id
        AND audit_event.action = 'media.trashed' ORDER BY audit_event.id DESC LIMIT 1
    ), ''), media.trashed_at
    FROM media WHERE media.trashed_at IS NOT NULL
"""


def upgrade() -> None:
    op.execute(LYING)


def downgrade() -> None:
    op.execute("DELETE FROM trashed WHERE kind = 'media'")
