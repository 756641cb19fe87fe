"""Full-text search: FTS5 over the tokens on SQLite, a tsvector on PostgreSQL."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

# FTS5 keeps only its index; the text stays in search_entry, and triggers carry each change over
# (https://www.sqlite.org/fts5.html#external_content_tables).
SQLITE = (
    """CREATE VIRTUAL TABLE search_index USING fts5(
        title, body, content='search_entry', content_rowid='post_id', tokenize='porter unicode61'
    )""",
    """CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_index (rowid, title, body) VALUES (new.post_id, new.title, new.body);
    END""",
    """CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index (search_index, rowid, title, body)
        VALUES ('delete', old.post_id, old.title, old.body);
    END""",
    """CREATE TRIGGER search_entry_update AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_index (search_index, rowid, title, body)
        VALUES ('delete', old.post_id, old.title, old.body);
        INSERT INTO search_index (rowid, title, body) VALUES (new.post_id, new.title, new.body);
    END""",
)
# A tsvector holds at most 1 MiB; the worst 240,000 characters of tokens stay below that.
POSTGRESQL = (
    """ALTER TABLE search_entry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', left(title, 240000)), 'A')
        || setweight(to_tsvector('english', left(body, 240000)), 'B')
    ) STORED""",
    "CREATE INDEX ix_search_entry_vector ON search_entry USING gin (vector)",
)


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name="fk_search_entry_post_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", name="pk_search_entry"),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search_entry")
