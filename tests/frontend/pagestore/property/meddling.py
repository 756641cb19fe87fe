"""Rules: what comes from elsewhere: plain SQL, an import, transactions that fail, and time."""

from contextlib import suppress
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import case, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from admin.transfer.jekyll import import_site
from shared.models import Post, Revision
from shared.models.stamps import stamp
from tests.frontend.pagestore.property.picking import PLACES, WORDS
from tests.frontend.pagestore.property.statements import (
    ANY,
    NUMBERS,
    ON_LINKS,
    ON_OTHERS,
    ON_POSTS,
)
from tests.frontend.pagestore.property.world import World

JEKYLL = {
    "_config.yml": "title: Brought\npermalink: /:year/:month/:title.html\n",
    "_posts/2024-01-05-brought.md": "---\ntitle: Brought {0}\ntags: oak\n---\nQuiet {0}.\n",
    "_posts/2027-01-05-later.md": "---\ntitle: Later\ncategories: Life\n---\n[x]({{% post_url "
    "2024-01-05-brought %}})\n",
    "about.md": "---\ntitle: About {0}\n---\nOf *here*.\n",
}
SECONDS = st.sampled_from([1, 1800, 3600, 7200, 86_400, 40_000_000])


class Meddling:
    """Whatever does not go by the verbs."""

    world: World

    @rule(sql=ON_POSTS, ending=st.integers(0, 3))
    def change_posts(self, sql: str, ending: int) -> None:
        self._run_apart(sql, ending)

    @rule(sql=ON_LINKS, ending=st.integers(0, 3))
    def change_links(self, sql: str, ending: int) -> None:
        self._run_apart(sql, ending)

    @rule(sql=ON_OTHERS, ending=st.integers(0, 3))
    def change_others(self, sql: str, ending: int) -> None:
        self._run_apart(sql, ending)

    def _run_apart(self, sql: str, ending: int) -> None:
        """Run SQL on a connection apart; a fourth of the time it is rolled back."""
        with self.world.runtime.database.writer.connect() as connection:
            try:
                for statement in sql.split(";"):
                    connection.exec_driver_sql(statement)
                assert self.world.differences() == []  # not committed is not there
                (connection.commit if ending else connection.rollback)()
            except IntegrityError:
                connection.rollback()
            else:
                self.world.right = {} if ending else self.world.right

    @rule(n=NUMBERS, is_moved=st.booleans())
    def readdress(self, n: int, *, is_moved: bool) -> None:
        """Move a post to another address; nothing is left behind, unlike by the verbs."""
        other = case((Post.kind == "post", "page"), else_="post")
        values = {"slug": "new"} if is_moved else {"kind": other}
        with self.world.work() as work:
            work.session.execute(update(Post).where(Post.id == n).values(values))

    @rule(places=st.sets(PLACES, min_size=1, max_size=3), title=WORDS)
    def update_many(self, places: set[int], title: str) -> None:
        with self.world.work() as work:
            chosen = update(Post).where(Post.id.in_(places))
            work.session.execute(chosen.values(title=title, version=Post.version + 1))
            own = update(Revision).where(Revision.post_id.in_(places))
            work.session.execute(own.values(updated_at=work.at))

    @rule(undone=ANY, done=ANY)
    def use_a_savepoint(self, undone: str, done: str) -> None:
        """Take one change back to a savepoint and commit another."""
        with self.world.work() as work:
            nested = work.session.begin_nested()
            self._run(work.session, undone)
            nested.rollback()
            self._run(work.session, done)

    @rule(sql=ANY)
    def change_mind(self, sql: str) -> None:
        """Change something, and take it back while visitors ask."""
        with suppress(IntegrityError), self.world.runtime.database.writing() as session:
            self._run(session, sql)
            assert self.world.differences() == []
            session.rollback()

    @rule(sql=ANY, seconds=SECONDS)
    def change_while_down(self, sql: str, seconds: int) -> None:
        """Nobody is there to see a change, and how the time passes."""
        with self.world.work() as work:
            self._run(work.session, sql)
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

    def _run(self, session: Session, sql: str) -> None:
        for statement in sql.split(";"):
            session.execute(text(statement.replace(":", "\\:")))


def write_folder(folder: Path, word: str) -> None:
    """Write a small Jekyll site."""
    for name, content in JEKYLL.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content.format(word), encoding="utf-8")
