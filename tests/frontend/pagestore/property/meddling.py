"""Rules: what comes from elsewhere: plain SQL, an import, transactions that fail, and time."""

from contextlib import suppress
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from admin.transfer.jekyll import import_site
from shared.models import Post, Revision
from shared.models.stamps import stamp
from tests.frontend.pagestore.property.picking import PLACES, SLUGS, WORDS
from tests.frontend.pagestore.property.world import World

JEKYLL = {
    "_config.yml": "title: Brought\npermalink: /:year/:month/:title.html\n",
    "_posts/2024-01-05-brought.md": "---\ntitle: Brought {0}\ntags: oak\n---\nQuiet {0}.\n",
    "_posts/2027-01-05-later.md": "---\ntitle: Later\ncategories: Life\n---\n[x]({{% post_url "
    "2024-01-05-brought %}})\n",
    "about.md": "---\ntitle: About {0}\n---\nOf *here*.\n",
}
SECONDS = st.sampled_from([1, 1800, 3600, 7200, 86_400, 40_000_000])
DAYS = st.sampled_from(["2025-12-31 23:30:00", "2026-03-01 12:00:00", "2026-03-01 13:00:00"])
DATE = """UPDATE post SET published_at = '{d}.000000' WHERE id <= {n} AND trashed_at IS NULL;
    UPDATE post_tag SET listed_at = (SELECT published_at FROM post WHERE id = post_id);
    UPDATE post_category SET listed_at = (SELECT published_at FROM post WHERE id = post_id)"""
# Each is one statement or several, separated by `;`; {n} is a number, {w} a word, {d} a day.
STATEMENTS = (
    "UPDATE post SET title = '{w}' WHERE id <= {n}",
    "UPDATE post SET html = '<p>{w}</p>', excerpt = '{w}', words = {n} WHERE id = {n}",
    "UPDATE post SET kind = CASE kind WHEN 'post' THEN 'page' ELSE 'post' END WHERE id = {n}",
    "UPDATE post SET slug = 'new' WHERE id = {n}",
    DATE,
    "UPDATE post SET published_at = '{d}.000000' WHERE id = {n} AND trashed_at IS NULL",
    "UPDATE post_tag SET listed_at = '{d}.000000' WHERE post_id <= {n}",
    "UPDATE post_category SET listed_at = '{d}.000000' WHERE post_id <= {n}",
    "UPDATE post SET expires_at = '{d}.000000' WHERE id >= {n}",
    "UPDATE post SET author_id = NULL, byline = '{w}' WHERE id = {n}",
    "UPDATE post SET author_id = 2 WHERE author_id <> 2",
    "DELETE FROM post WHERE id = {n}",
    "INSERT INTO post_tag SELECT {n}, id, '{d}.000000' FROM tag WHERE slug = 'elm'",
    "DELETE FROM post_tag WHERE post_id = {n}",
    "DELETE FROM post_category WHERE post_id <= {n}",
    "UPDATE tag SET name = '{w}', slug = 'elm' WHERE id = {n}",
    "DELETE FROM tag WHERE id = {n}",
    "UPDATE category SET name = '{w}' WHERE id <= {n}",
    "UPDATE category SET parent_id = NULL, path = slug WHERE id = {n}",
    "UPDATE \"user\" SET name = '{w}', bio = '{w}' WHERE id <= {n}",
    'DELETE FROM "user" WHERE id = {n} AND id > 1',
    "UPDATE revision SET updated_at = '{d}.000000' WHERE post_id = {n}",
    "DELETE FROM revision WHERE post_id = {n}",
    "UPDATE search_entry SET title = 'zebra', body = 'quiet' WHERE post_id = {n}",
    "DELETE FROM search_entry WHERE post_id <= {n}",
    "UPDATE redirect SET target = '/page/one/' , post_id = NULL",
    "UPDATE redirect SET post_id = {n}, status = 302",
    "DELETE FROM redirect",
    "DELETE FROM setting",
    "UPDATE setting SET value = '{{\"is\": \"{w}\"}}' WHERE key = 'title'",
)


class Meddling:
    """Whatever does not go by the verbs."""

    world: World

    @rule(sql=st.sampled_from(STATEMENTS), n=PLACES, w=WORDS, d=DAYS, ending=st.integers(0, 3))
    def run_plain_sql(self, sql: str, n: int, w: str, d: str, ending: int) -> None:
        """Run SQL on a connection apart; a fourth of the time it is rolled back."""
        with self.world.runtime.database.writer.connect() as connection:
            try:
                for statement in sql.format(n=n, w=w, d=d).split(";"):
                    connection.exec_driver_sql(statement)
                assert self.world.differences() == []  # not committed is not there
                (connection.commit if ending else connection.rollback)()
            except IntegrityError:
                connection.rollback()
            else:
                self.world.right = {} if ending else self.world.right

    @rule(n=PLACES, column=st.sampled_from(["slug", "kind"]), slug=SLUGS, page=st.booleans())
    def readdress(self, n: int, column: str, slug: str, *, page: bool) -> None:
        """Move a post to another address; nothing is left behind, unlike by the verbs."""
        value = slug if column == "slug" else "page" if page else "post"
        with self.world.work() as work:
            work.session.execute(update(Post).where(Post.id == n).values({column: value}))

    @rule(places=st.sets(PLACES, min_size=1, max_size=3), title=WORDS)
    def update_many(self, places: set[int], title: str) -> None:
        with self.world.work() as work:
            chosen = update(Post).where(Post.id.in_(places))
            work.session.execute(chosen.values(title=title, version=Post.version + 1))
            own = update(Revision).where(Revision.post_id.in_(places))
            work.session.execute(own.values(updated_at=work.at))

    @rule(sql=st.lists(st.sampled_from(STATEMENTS), min_size=2, max_size=2), n=PLACES, w=WORDS)
    def use_a_savepoint(self, sql: list[str], n: int, w: str) -> None:
        """Take one change back to a savepoint and commit another."""
        undone, done = sql
        with self.world.work() as work:
            nested = work.session.begin_nested()
            self._run(work.session, undone, n, w)
            nested.rollback()
            self._run(work.session, done, n, w)

    @rule(sql=st.sampled_from(STATEMENTS), n=PLACES, w=WORDS)
    def change_mind(self, sql: str, n: int, w: str) -> None:
        """Change something, and take it back while visitors ask."""
        with suppress(IntegrityError), self.world.runtime.database.writing() as session:
            self._run(session, sql, n, w)
            assert self.world.differences() == []
            session.rollback()

    @rule(sql=st.sampled_from(STATEMENTS), n=PLACES, w=WORDS, seconds=SECONDS)
    def change_while_down(self, sql: str, n: int, w: str, seconds: int) -> None:
        """Nobody is there to see a change, and how the time passes."""
        with self.world.work() as work:
            self._run(work.session, sql, n, w)
        self._pass(seconds)
        self.world.restart()

    @rule(word=WORDS)
    def bring_in(self, word: str) -> None:
        folder = self.world.runtime.settings.instance / "jekyll"
        write_folder(folder, word)
        with self.world.work() as work:
            import_site(folder, instance=self.world.runtime.settings.instance, work=work)

    @rule(seconds=SECONDS, back=st.booleans())
    def step(self, seconds: int, *, back: bool) -> None:
        self._pass(-seconds if back else seconds)

    @rule()
    def clear(self) -> None:
        """Stamp everything, as the command that clears the store does."""
        with self.world.work() as work:
            stamp(work.session, "*")

    def _pass(self, seconds: int) -> None:
        self.world.right = {}
        self.world.clock.forward(seconds=seconds)

    def _run(self, session: Session, sql: str, n: int, w: str) -> None:
        for statement in sql.format(n=n, w=w, d="2026-03-01 13:00:00").split(";"):
            session.execute(text(statement.replace(":", "\\:")))


def write_folder(folder: Path, word: str) -> None:
    """Write a small Jekyll site."""
    for name, content in JEKYLL.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content.format(word), encoding="utf-8")
