"""Whatever plain SQL does to the content, what differs afterwards was stamped.

What stands behind each key is told here by other means than the triggers: the whole content is
read before and after, and compared.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shared.domain.redirects import save_redirect
from shared.domain.taxonomy import ensure_category
from shared.models import Base, Redirect
from shared.models.stamps import EVERYTHING
from shared.runtime import Runtime
from tests.cast import make_post, work_of
from tests.shared.models.stamped import stamped_since, version_of

TRANSACTIONS = 150
SHOWN = (
    "title",
    "slug",
    "html",
    "excerpt",
    "words",
    "language",
    "byline",
    "author_id",
    "kind",
    "comments",
)
PLACE = ("kind", "published_at", "expires_at")  # of which lists of posts are made
NAMED = {
    "tag": ("tag", "tags", ("name", "slug", "description")),
    "category": ("category", "categories", ("name", "slug", "path", "parent_id", "description")),
    "user": ("author", "authors", ("name", "slug", "bio")),
}
WHOLE = {
    "redirect": ("redirects", ("path", "target", "post_id", "status")),
    "setting": ("site", ("key", "value")),
    "search_entry": ("search", ("post_id", "title", "body")),
}


def picture(session: Session) -> dict[str, Any]:
    """Return what stands behind each key."""
    rows: dict[str, list[Any]] = {
        name: list(session.connection().execute(table.select()).mappings())
        for name, table in Base.metadata.tables.items()
    }
    seen: dict[str, Any] = defaultdict(list)
    public = [row for row in rows["post"] if row["published_at"] is not None]
    posts = {row["id"]: row for row in sorted(public, key=lambda row: row["id"])}
    revisions = {row["id"]: row["updated_at"] for row in rows["revision"]}
    for post in posts.values():
        _put_post(seen, post, revisions)
    for link, target, prefix in (
        ("post_tag", "tag_id", "tagged"),
        ("post_category", "category_id", "filed"),
    ):
        for row in sorted(rows[link], key=lambda row: (row["post_id"], row[target])):
            if (post := posts.get(row["post_id"])) is None:
                continue
            seen[f"post:{post['id']}"].append((link, row[target]))
            if row["listed_at"] is not None:
                seen[f"{prefix}:{row[target]}"].append((post["id"], row["listed_at"], _at(post)))
                if link == "post_tag":
                    seen["tags"].append((post["id"], row[target], row["listed_at"], _at(post)))
    _put_others(seen, rows, posts)
    for name, (prefix, group, columns) in NAMED.items():
        for row in sorted(rows[name], key=lambda row: row["id"]):
            values = [row[column] for column in columns]
            seen[f"{prefix}:{row['id']}"] = values
            seen[group].append(values)
    for name, (key, columns) in WHOLE.items():
        seen[key] += sorted(str([row[column] for column in columns]) for row in rows[name])
    seen["content"] = [(key, seen[key]) for key in sorted(seen) if key.startswith("post:")]
    return dict(seen)


def _put_others(seen: dict[str, Any], rows: dict[str, list[Any]], posts: dict[int, Any]) -> None:
    """Put further authors, and what posts show beside their text."""
    for row in sorted(rows["post_author"], key=lambda row: (row["post_id"], row["user_id"])):
        if (post := posts.get(row["post_id"])) is not None:
            seen[f"post:{post['id']}"].append(("author", row["user_id"], row["place"]))
            if row["listed_at"] is not None:
                seen[f"by:{row['user_id']}"].append((post["id"], row["listed_at"], _at(post)))
    for row in sorted(rows["presentation"], key=lambda row: row["post_id"]):
        if (post := posts.get(row["post_id"])) is not None:
            seen[f"post:{post['id']}"].append(list(row.values()))
            if row["translation_of"] is not None:
                seen[f"translations:{row['translation_of']}"].append((post["id"], _at(post)))


def _at(post: Any) -> list[Any]:
    return [post[name] for name in PLACE]


def _put_post(seen: dict[str, Any], post: Any, revisions: dict[int, Any]) -> None:
    member, at = [post["id"], *_at(post)], post["published_at"]
    seen[f"post:{post['id']}"] += [*member, *(post[name] for name in SHOWN)]
    seen[f"post:{post['id']}"].append(revisions.get(post["live_id"]))
    named = [post["title"], post["slug"]] if post["kind"] == "page" else []
    seen[f"{post['kind']}s"].append(member + named)
    seen[f"at:{post['kind']}/{post['slug']}"] = member
    seen[f"by:{post['author_id']}"].append(member)
    seen["search"].append(member)
    if post["kind"] == "post":
        for bucket in (f"day:{at:%Y-%m-%d}", f"month:{at:%Y-%m}", f"year:{at:%Y}"):
            seen[bucket].append(member)


PRESENT = (
    "INSERT INTO presentation VALUES"
    " ({post}, {word}, '', 50, 50, '', '', '', '', '', '', '', FALSE, {tag})"
)
POOL = (
    "UPDATE post SET published_at = {late} WHERE id = {post} AND trashed_at IS NULL",
    "UPDATE post SET expires_at = {late} WHERE id = {post}",
    "UPDATE post SET {shown} = {word} WHERE id <= {post}",
    "UPDATE post SET words = {user} WHERE id = {post}",
    "UPDATE post SET slug = {word} WHERE id = {post}",
    "UPDATE post SET kind = {kind} WHERE id = {post}",
    "UPDATE post SET author_id = {someone} WHERE id = {post}",
    "DELETE FROM post WHERE id = {post} AND {die} = 0",
    "INSERT INTO post_tag VALUES ({post}, {tag}, {late})",
    "UPDATE post_tag SET listed_at = {late} WHERE post_id = {post}",
    "UPDATE post_tag SET tag_id = {tag} WHERE post_id = {post}",
    "UPDATE post_tag SET post_id = {post} WHERE tag_id = {tag}",
    "DELETE FROM post_tag WHERE post_id = {post}",
    "DELETE FROM post_tag WHERE tag_id = {tag}",
    "INSERT INTO post_category VALUES ({post}, {category}, {late})",
    "UPDATE post_category SET listed_at = {late} WHERE post_id = {post}",
    "UPDATE post_category SET category_id = {category} WHERE post_id = {post}",
    "DELETE FROM post_category WHERE post_id = {post}",
    "INSERT INTO post_author VALUES ({post}, {user}, {tag}, {late})",
    "UPDATE post_author SET place = place + 1, listed_at = {late} WHERE post_id = {post}",
    "UPDATE post_author SET user_id = {user} WHERE post_id = {post}",
    "DELETE FROM post_author WHERE post_id = {post}",
    PRESENT,
    "UPDATE presentation SET seo_title = {word}, noindex = TRUE WHERE post_id <= {post}",
    "UPDATE presentation SET translation_of = {tag}, cover = {word} WHERE post_id = {post}",
    "UPDATE presentation SET translation_of = NULL WHERE post_id = {post}",
    "DELETE FROM presentation WHERE post_id = {post} AND {die} = 0",
    "UPDATE tag SET {named} = {word} WHERE id = {tag}",
    "DELETE FROM tag WHERE id = {tag} AND {die} = 0",
    "UPDATE category SET path = {word}, parent_id = NULL WHERE id = {category}",
    'UPDATE "user" SET {personal} = {word} WHERE id = {user}',
    'DELETE FROM "user" WHERE id = {user} AND {die} = 0',
    "UPDATE revision SET updated_at = {day} WHERE post_id = {post}",
    "DELETE FROM revision WHERE post_id = {post} AND {die} = 0",
    "UPDATE post SET live_id = (SELECT max(id) FROM revision WHERE post_id = post.id)",
    "UPDATE search_entry SET body = {word} WHERE post_id = {post}",
    "DELETE FROM search_entry WHERE post_id = {post}",
    "UPDATE redirect SET target = {word}",
    "INSERT INTO setting VALUES ({word}, '{{}}', {day})",
    "UPDATE setting SET value = '{{\"is\": {post}}}'",
    "DELETE FROM setting",
)


def statement(chance: random.Random) -> str:
    """Return a random change."""
    day = f"'2026-0{chance.randint(1, 3)}-1{chance.randint(0, 2)} 12:00:00.000000'"
    user = chance.randint(1, 5)
    return chance.choice(POOL).format(
        post=chance.randint(1, 6),
        tag=chance.randint(1, 4),
        category=chance.randint(1, 2),
        user=user,
        someone=chance.choice(("NULL", user)),
        day=day,
        late=chance.choice(("NULL", day)),
        die=chance.randint(0, 5),
        word=f"'{chance.choice('abc')}'",
        kind=chance.choice(("'post'", "'page'")),
        shown=chance.choice(("title", "html", "byline", "excerpt", "language", "body")),
        named=chance.choice(("name", "slug", "description")),
        personal=chance.choice(("name", "bio", "slug")),
    )


@pytest.fixture
def site(any_runtime: Runtime) -> Runtime:
    """Four posts and two pages with tags, categories and a redirect; some are drafts."""
    with any_runtime.database.writing() as session:
        work = work_of(session)
        for name in "CD":
            ensure_category([name], work=work)
        for number in range(6):
            make_post(
                work,
                title=f"P{number}",
                kind="page" if number > 3 else "post",
                tags=("abcd"[number % 4], "d"),
                categories=(number % 2 + 1,),
                published=number != 2,
            )
        save_redirect(Redirect(path="/x", post_id=1, status=301), work=work)
        session.commit()
    return any_runtime


def attempt(session: Session, sql: str) -> None:
    """Run a statement; one that breaks a rule is taken back alone."""
    try:
        with session.begin_nested():
            session.execute(text(sql.replace(":", "\\:")))
    except IntegrityError:
        pass


def differences(runtime: Runtime, act: Callable[[Session], None]) -> tuple[set[str], set[str]]:
    """Return the keys whose content differs after a unit of work, and those stamped."""
    number = version_of(runtime)
    with runtime.database.reading() as session:
        before = picture(session)
    with runtime.database.writing() as session:
        act(session)
        session.commit()
    with runtime.database.reading() as session:
        after = picture(session)
    differ = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return differ, stamped_since(runtime, number)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_differs_was_stamped(site: Runtime, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - to be the same again
    changes = 0
    for _ in range(TRANSACTIONS):
        chosen = [statement(chance) for _ in range(chance.choice((1, 1, 2, 5)))]
        differ, stamped = differences(
            site, lambda session, chosen=chosen: [attempt(session, item) for item in chosen]
        )
        unstamped = differ - stamped - {"by:None"}
        assert EVERYTHING in stamped or unstamped == set(), "; ".join(chosen)
        changes += bool(differ)
    assert changes > TRANSACTIONS / 4
