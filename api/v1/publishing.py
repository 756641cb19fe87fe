"""What posts and pages have in common: both are read, written and published in the same way."""

from api.callers import PUBLIC, Caller, caller, missing_scope, work
from api.contract import Contract, Reply
from api.envelope import Done, done
from api.inputs import JSON, MERGE_PATCH
from api.paging import next_link
from api.posts_listing import list_posts
from api.posts_showing import as_content, current_document, show_post, show_working
from api.schemas.checks import Findings
from api.schemas.patches import Patch
from api.schemas.posts import (
    Post,
    PostContent,
    PostList,
    PostPatch,
    PostQuery,
    PostsQuery,
    Publication,
    Withdrawal,
)
from shared.domain.errors import NotFound
from shared.domain.permissions import may
from shared.domain.posts import (
    Until,
    create_post,
    get_post,
    publish,
    save_post,
    schedule,
    trash,
    unpublish,
)
from shared.domain.posts.checks import check_post
from shared.domain.site import load_site
from shared.error_codes import ErrorCode
from shared.models import Post as Row
from shared.own_places import files_of, own_hosts
from shared.web import links, now, runtime, session

CONFLICT, FORBIDDEN, NOT_FOUND = ErrorCode.CONFLICT, ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND


def declare(kind: str, about: str) -> Contract:
    """Return the contract of posts or of pages."""
    contract, views = Contract(f"{kind}s", about), Publishing(kind)
    write, release = f"{kind}s:write", f"{kind}s:publish"
    both = (NOT_FOUND, CONFLICT)
    contract(
        "index", "GET", access=PUBLIC, query=PostsQuery, returns=PostList, errors=(FORBIDDEN,)
    )(views.index)
    contract(
        "index",
        "POST",
        access=write,
        body=PostContent,
        returns=Post,
        status=201,
        errors=(CONFLICT,),
    )(views.create)
    contract(
        "show", "GET", access=PUBLIC, query=PostQuery, returns=Post, errors=(NOT_FOUND, FORBIDDEN)
    )(views.show)
    contract(
        "show",
        "PATCH",
        access=write,
        body=PostPatch,
        media=(MERGE_PATCH, JSON),
        returns=Post,
        errors=both,
    )(views.update)
    contract("show", "DELETE", access=write, errors=both)(views.delete)
    contract("checks", "GET", access=f"{kind}s:read", returns=Findings, errors=(NOT_FOUND,))(
        views.checks
    )
    contract("publish", "POST", access=release, body=Publication, returns=Post, errors=both)(
        views.publish
    )
    contract("unpublish", "POST", access=release, body=Withdrawal, returns=Post, errors=both)(
        views.unpublish
    )
    return contract


class Publishing:
    """The views on posts, or on pages."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def index(self, query: PostsQuery) -> Reply:
        """List what is published, newest first; with a read scope also drafts and the rest."""
        found = list_posts(session(), self.kind, query, caller=caller(), now=now())
        return Reply(found, next_link(f"{self.kind}s.index", found.next))

    def create(self, body: PostContent) -> Reply:
        """Create a draft; nobody sees it until it is published."""
        content = as_content(body.model_dump())
        post = create_post(content, kind=self.kind, work=work())
        place = links().to("api", f"{self.kind}s.show", id=post.id)
        return Reply(show_working(session(), post, now=now()), {"Location": place})

    def show(self, post_id: int, query: PostQuery) -> Post:
        """Show one, with its text; what is not public needs a read scope."""
        post, asker = get_post(session(), post_id, kind=self.kind), caller()
        inside = _may_read(post, asker)
        if not inside and not post.is_public(now()):
            raise NotFound(f"There is no {self.kind} {post_id}.")
        if not inside and query.view == "working":
            raise missing_scope(f"{self.kind}s:read")
        if query.view == "working":
            return show_working(session(), post, now=now())
        return show_post(session(), post, now=now(), inside=inside)

    def update(self, post_id: int, body: Patch) -> Post:
        """Change the working copy by a JSON merge patch; visitors see it once it is published."""
        post = get_post(session(), post_id, kind=self.kind)
        changed = body.apply(PostContent, current_document(post))
        content = as_content(changed.model_dump())
        save_post(post, content, version=body.version, work=work())
        return show_working(session(), post, now=now())

    def delete(self, post_id: int) -> Done:
        """Move it to the trash, from which it can be restored in the console."""
        trash(get_post(session(), post_id, kind=self.kind), work=work())
        return done()

    def checks(self, post_id: int) -> Findings:
        """Check the working copy by the rules of the settings: what is there to mend?"""
        post = get_post(session(), post_id, kind=self.kind)
        if not _may_read(post, caller()):
            raise NotFound(f"There is no {self.kind} {post_id}.")
        settings = runtime().settings
        found = check_post(
            post,
            site=load_site(session()),
            session=session(),
            now=now(),
            has_file=files_of(settings),
            own_hosts=own_hosts(settings),
        )
        return Findings.of(found)

    def publish(self, post_id: int, body: Publication) -> Post:
        """Publish the working copy: now, or from the given instant on."""
        post = get_post(session(), post_id, kind=self.kind)
        until = body.until if "until" in body.model_fields_set else Until.KEPT
        if body.at is not None and body.at > now():
            schedule(post, body.at, version=body.version, until=until, work=work())
        else:
            publish(post, version=body.version, at=body.at, until=until, work=work())
        return show_post(session(), post, now=now(), inside=True)

    def unpublish(self, post_id: int, body: Withdrawal) -> Post:
        """Take it back to a draft; visitors no longer find it."""
        post = get_post(session(), post_id, kind=self.kind)
        unpublish(post, version=body.version, work=work())
        return show_working(session(), post, now=now())


def _may_read(post: Row, asker: Caller) -> bool:
    actor = asker.actor
    return may(actor.permissions, "read", post, user_id=actor.user_id)
