"""`flask lint`: what there is to mend in all texts, by the rules and levels of the settings."""

import json
from collections import Counter
from collections.abc import Iterator

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from admin.cli.running import Command, reading
from shared.domain.posts.checks import Finding, Level, check_post
from shared.domain.site import load_site
from shared.models import Post
from shared.own_places import files_of, own_hosts
from shared.web import runtime

AT_ONCE = 100


@click.command(cls=Command)
@click.option("--all", "is_all", is_flag=True, help="Drafts too, not only what is public.")
@click.option("--post", "post_id", type=int, help="Only the post or page of this number.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
@with_appcontext
def lint(is_all: bool, post_id: int | None, as_json: bool) -> None:
    """Check texts as the editor does; exits with 1 when a rule of the level error found something.

    Example: flask lint --all
    """
    counts: Counter[str] = Counter()
    with reading() as session:
        for post in texts(session, is_all=is_all, post_id=post_id):
            for finding in check(session, post):
                counts[finding.level.value] += 1
                told = json.dumps(describe(post, finding), ensure_ascii=False)
                click.echo(told if as_json else tell(post, finding))
    if not as_json:
        sums = ", ".join(f"{count} of level {level}" for level, count in sorted(counts.items()))
        click.echo(f"Found: {sums}." if sums else "There is nothing to mend.")
    if counts[Level.ERROR]:
        raise click.exceptions.Exit(1)


def texts(session: Session, *, is_all: bool, post_id: int | None) -> Iterator[Post]:
    """Yield the texts to look at, a few in memory at a time."""
    last, wanted = 0, select(Post).options(joinedload(Post.live), joinedload(Post.working))
    wanted = wanted.where(
        Post.trashed_at.is_(None) if is_all or post_id else Post.public(runtime().clock())
    )
    if post_id is not None:
        wanted = wanted.where(Post.id == post_id)
    while True:
        part = session.scalars(wanted.where(Post.id > last).order_by(Post.id).limit(AT_ONCE)).all()
        if not part:
            return
        last = part[-1].id
        yield from part
        session.expunge_all()


def check(session: Session, post: Post) -> list[Finding]:
    """Check one text as it was saved last."""
    settings = runtime().settings
    return check_post(
        post,
        site=load_site(session),
        session=session,
        now=runtime().clock(),
        has_file=files_of(settings),
        own_hosts=own_hosts(settings),
    )


def tell(post: Post, finding: Finding) -> str:
    """Return a line as compilers write it: what, where, how bad, why."""
    where = f"{post.kind}:{post.id}:{finding.line or finding.field}"
    return f"{where}: {finding.level.value} {finding.rule}: {finding.message} ({post.title})"


def describe(post: Post, finding: Finding) -> dict[str, object]:
    """Return a finding for a program."""
    return {
        "kind": post.kind,
        "id": post.id,
        "title": post.title,
        "rule": finding.rule,
        "level": finding.level.value,
        "line": finding.line,
        "field": finding.field,
        "message": finding.message,
    }
