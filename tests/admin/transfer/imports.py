"""Folders of Markdown written on the spot, imports of them, and what the database then holds."""

from pathlib import Path
from textwrap import dedent

from sqlalchemy import inspect, select, text

from admin.transfer.jekyll import import_site
from admin.transfer.report import Report
from shared.domain.work import SYSTEM, Work
from shared.models import Post, Redirect
from shared.runtime import Runtime

DATA = Path(__file__).parent.parent.parent / "data"
JEKYLL, SEED = DATA / "jekyll", DATA / "seed"


def write(folder: Path, **files: str | bytes) -> Path:
    """Write files; `_posts__x` names `_posts/x`, an ending is added unless there is one."""
    for name, content in files.items():
        put(folder, name.replace("__", "/") + ".md", content)
    return folder


def put(folder: Path, path: str, content: str | bytes) -> Path:
    """Write one file."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else dedent(content).lstrip("\n").encode()
    file.write_bytes(data)
    return folder


def post(body: str = "Text.\n", **front: str) -> str:
    """Return a file with front matter."""
    fields = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\n{fields}---\n{body}"


def bring_in(runtime: Runtime, folder: Path, *, dry_run: bool = False, **options) -> Report:
    """Import a folder as the command does."""
    with runtime.database.writing() as session:
        work = Work(session=session, actor=SYSTEM, at=runtime.clock())
        instance = runtime.settings.instance
        report = import_site(folder, instance=instance, work=work, dry_run=dry_run, **options)
        if not dry_run:
            session.commit()
    return report


def posts(runtime: Runtime) -> dict[str, Post]:
    """Return every post and page by its slug, with its tags, categories and author loaded."""
    with runtime.database.reading() as session:
        found = {item.slug: item for item in session.scalars(select(Post))}
        for item in found.values():
            _ = item.tags, item.categories, item.author, item.live, item.working
    return found


def redirects(runtime: Runtime) -> dict[str, str]:
    """Return the slug of the post that each redirect leads to, by its path."""
    with runtime.database.reading() as session:
        rows = session.scalars(select(Redirect))
        return {row.path: row.post.slug for row in rows if row.post}


def told(report: Report, kind: str) -> list[str]:
    """Return the notices of one kind as `file:line text`."""
    return [f"{notice.place} {notice.text}" for notice in report.of_kind(kind)]


def counted(report: Report) -> dict[str, int]:
    """Return the counts that are not zero."""
    return {name: number for name, number in report.counts.items() if number}


def dump(runtime: Runtime) -> dict[str, list[tuple]]:
    """Return every row of every table."""
    with runtime.database.reading() as session:
        tables = sorted(inspect(session.get_bind()).get_table_names())
        return {
            name: sorted(map(repr, session.execute(text(f'SELECT * FROM "{name}"')).all()))  # noqa: S608 - our own names
            for name in tables
        }
