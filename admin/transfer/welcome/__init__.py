"""The welcome set: a few posts that show and explain the product, for an empty site."""

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from shared.content import frontmatter
from shared.domain.media import adopt
from shared.domain.posts import Content, create_post, publish
from shared.domain.taxonomy import ensure_category
from shared.domain.work import SYSTEM, Work
from shared.models import Post
from shared.runtime import Runtime

FOLDER: Final = Path(__file__).parent
BYLINE: Final = "Triptych"


def load(runtime: Runtime) -> bool:
    """Load the set into an instance that has no post or page; tell whether it did."""
    with runtime.database.writing() as session:
        if session.scalar(select(Post.id).limit(1)) is not None:
            return False
        work = Work(session=session, actor=SYSTEM, at=runtime.clock())
        for file in sorted(FOLDER.glob("*.md")):
            fields, body = frontmatter.parse(file.read_text(encoding="utf-8"))
            _add(fields, _with_pictures(body, runtime.settings.instance, work), work)
        session.commit()
    return True


def _add(fields: dict[str, Any], body: str, work: Work) -> None:
    """Publish one post, dated `hours` before now."""
    path = fields.get("category", [])
    content = Content(
        title=fields["title"],
        slug=fields["slug"],
        body=body,
        summary=fields["summary"],
        language=fields["lang"],
        byline=BYLINE,
        tags=tuple(fields.get("tags", ())),
        categories=(ensure_category(path, work=work).id,) if path else (),
    )
    at = work.at - timedelta(hours=fields["hours"])
    post = create_post(content, kind=fields.get("kind", "post"), work=work)
    publish(post, version=None, at=at, work=work)
    if post.live is not None:
        post.live.created_at = post.live.updated_at = at


def _with_pictures(body: str, instance: Path, work: Work) -> str:
    """Store the pictures that lie beside the texts and lead to where they are kept."""
    for file in FOLDER.glob("*.svg"):
        if f"({file.name}" in body:
            kept = adopt(file.read_bytes(), file.name, instance=instance, work=work)
            body = body.replace(f"({file.name}", f"({kept.path}")
    return body
