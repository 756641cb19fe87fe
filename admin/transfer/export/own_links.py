"""Links to one's own posts as they go out: ordinary ones, that any other program follows."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.transfer.export.scope import Scope
from admin.transfer.lines import Piece, join, lines_of
from admin.transfer.references import Reference, rewrite
from shared.content.own_links import SCHEME, is_target
from shared.domain.posts import Content
from shared.models import Post
from shared.models.own_links import address_of

_WRITTEN: Final = re.compile(r"post:(\d{1,9})")
_GONE: Final = "post:gone"
_TEXT_OF_GONE: Final = re.compile(rf"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\({_GONE}[^()]*\)")


def find_addresses(session: Session, body: str, scope: Scope, now: datetime) -> dict[int, str]:
    """Return the addresses of the posts that a text names by number and that go out with it."""
    numbers = {int(number) for number in _WRITTEN.findall(body)}
    if not numbers:
        return {}
    known = select(Post.id, Post.kind, Post.slug).where(Post.id.in_(numbers), scope.posts(now))
    return {row.id: address_of(row.kind, row.slug) for row in session.execute(known)}


def lead_ordinarily(content: Content, addresses: Mapping[int, str]) -> Content:
    """Return content whose links lead to addresses; of one that leads nowhere the text stays."""
    if SCHEME not in content.body:
        return content

    def resolve(reference: Reference, _line: int) -> str:
        if not is_target(reference.target):
            return reference.target
        number, _, section = reference.target.removeprefix(SCHEME).partition("#")
        address = addresses.get(int(number), _GONE)
        return f"{address}#{section}" if section else address

    lines = rewrite(lines_of([Piece(content.body, 1, moving=True)]), resolve)
    return replace(content, body=_TEXT_OF_GONE.sub(r"\1", join(lines)))
