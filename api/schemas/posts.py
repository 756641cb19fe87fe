"""Posts and pages as clients write and read them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, StringConstraints

from api.fields import Id, Input, Instant, Output, Query, Version
from api.paging import PageQuery
from api.schemas.patches import patch_of

Status = Literal["draft", "scheduled", "published", "expired", "trashed"]
Sort = Literal["-published_at", "published_at", "-updated_at", "updated_at", "-title", "title"]
LANGUAGE = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}"  # as the domain checks it
TagName = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"\S")]


class AuthorRef(Output):
    """Who wrote it."""

    name: str
    slug: str = Field(description="Empty for a by-line without an account.")


class TagRef(Output):
    """A tag beside a post."""

    name: str
    slug: str


class CategoryRef(Output):
    """A category beside a post."""

    name: str
    path: str = Field(examples=["notes/python"])


class PostContent(Input):
    """What an author writes."""

    title: str = Field(min_length=1, max_length=200, pattern=r"\S", examples=["A quiet morning"])
    slug: str = Field("", max_length=200, description="Empty: made from the title.")
    markdown: str = Field("", max_length=2_000_000, examples=["Nothing *happened* today."])
    summary: str = Field("", max_length=500, description="Empty: lists show the text's beginning.")
    language: str = Field(
        "",
        max_length=16,
        pattern=rf"^({LANGUAGE})?$",
        description="A language tag (BCP 47); empty: the site's own language.",
        examples=["zh-Hans"],
    )
    byline: str = Field("", max_length=200, description="Shown in place of the author's name.")
    tags: list[TagName] = Field([], max_length=50, description="Names; new ones are created.")
    categories: list[Id] = Field([], max_length=50, description="Ids.")
    meta: dict[str, JsonValue] = Field({}, description="Whatever else the client wants kept.")
    coauthors: list[Id] = Field(
        [], max_length=20, description="Ids of who wrote it with the author, in order."
    )
    cover: str = Field(
        "",
        max_length=1000,
        description="A picture: a path such as `/media/…`, or a whole address.",
        examples=["/media/2026/harbour.jpg"],
    )
    cover_alt: str = Field("", max_length=500, description="What the cover shows.")
    cover_x: int = Field(
        50,
        ge=0,
        le=100,
        description="The point of the cover that is never cut off, in percent from the left.",
    )
    cover_y: int = Field(50, ge=0, le=100, description="The same, in percent from the top.")
    seo_title: str = Field("", max_length=200, description="Empty: the title.")
    seo_description: str = Field("", max_length=500, description="Empty: the excerpt.")
    social_title: str = Field("", max_length=200, description="Empty: as for search engines.")
    social_description: str = Field("", max_length=500, description="Empty: likewise.")
    social_image: str = Field("", max_length=1000, description="Empty: the cover.")
    canonical: str = Field(
        "",
        max_length=2000,
        description="The whole address of which this is a copy; empty: its own.",
        examples=["https://example.org/first-printed-here/"],
    )
    comments: Literal["", "on", "closed", "off"] = Field(
        "", description="Empty: as the site has it; closed: those there are stay."
    )
    template: Literal["", "wide", "undated"] = Field("", description="Empty: the usual one.")
    noindex: bool = Field(False, description="Asks search engines to leave it out.")
    translation_of: Id | None = Field(None, description="The id of what this is a translation of.")


PostPatch = patch_of("PostPatch", PostContent)


class Publication(Input):
    """When to publish, and which version."""

    at: Instant | None = Field(
        None,
        description="Left out: now. In the future: scheduled. In the past: dated back.",
        examples=["2026-12-24T18:00:00Z"],
    )
    until: Instant | None = Field(
        None,
        description="When visitors shall no longer find it; null: never. Left out: as it was.",
        examples=["2027-01-06T18:00:00Z"],
    )
    version: Version | None = Field(
        None, description="If given, another current version is refused (1009)."
    )


class Withdrawal(Input):
    """Which version to unpublish."""

    version: Version | None = Field(
        None, description="If given, another current version is refused (1009)."
    )


class PostsQuery(PageQuery):
    """Filters and order of a list of posts or pages."""

    tag: str | None = Field(None, max_length=200, description="Slug of a tag.")
    category: str | None = Field(
        None, max_length=1000, description="Path of a category; those below it are included."
    )
    author: str | None = Field(None, max_length=200, description="Slug of an author.")
    language: str | None = Field(
        None,
        max_length=16,
        pattern=rf"^{LANGUAGE}$",
        description="Language tag; `zh` also finds `zh-Hans`.",
    )
    since: Instant | None = Field(None, description="Published at this instant or later.")
    until: Instant | None = Field(None, description="Published before this instant.")
    status: Status = Field(
        "published", description="Any other than `published` needs a read scope."
    )
    sort: Sort | None = Field(
        None,
        description="Left out: newest first. `updated_at` needs a read scope; drafts and trash "
        "have no `published_at`.",
    )
    include: Literal["content"] | None = Field(
        None, description="`content`: with `markdown` and `html`."
    )


class PostQuery(Query):
    """Which of a post's versions to show."""

    view: Literal["live", "working"] = Field(
        "live",
        description="`working`: with changes that are not published yet; needs a read scope.",
    )


class Post(Output):
    """A post or page."""

    id: int
    kind: Literal["post", "page"]
    slug: str = Field(examples=["a-quiet-morning"])
    url: str = Field(description="Its address on the site.", json_schema_extra={"format": "uri"})
    title: str
    excerpt: str = Field(description="The summary, or the beginning of the text.")
    summary: str
    language: str = Field(description="Empty: the site's own language.")
    author: AuthorRef | None = Field(description="Who answers for it: the first of the authors.")
    authors: list[AuthorRef] = Field(description="Everyone who wrote it, in order.")
    categories: list[CategoryRef]
    tags: list[TagRef]
    published_at: datetime | None
    expires_at: datetime | None = Field(description="When visitors no longer find it.")
    updated_at: datetime = Field(
        description="When what is shown was last written; to a read scope, the last save."
    )
    cover: str = Field(description="A picture: a path of the site or a whole address; empty: none.")
    cover_alt: str = Field(description="What the cover shows.")
    cover_x: int = Field(description="The point that is never cut off, in percent from the left.")
    cover_y: int = Field(description="The same, in percent from the top.")
    words: int = Field(description="Words of Latin text plus Chinese characters.")
    status: Status
    version: int = Field(default=0, description="To be sent with a change. Only to a read scope.")
    changed: bool = Field(
        default=False, description="Has changes not published yet. Only to a read scope."
    )
    byline: str = Field(default="", description="Only to a read scope.")
    meta: dict[str, Any] = Field(default={}, description="Only to a read scope.")
    coauthors: list[int] = Field(default=[], description="Ids. Only to a read scope.")
    seo_title: str = Field(default="", description="As `markdown`.")
    seo_description: str = Field(default="", description="As `markdown`.")
    social_title: str = Field(default="", description="As `markdown`.")
    social_description: str = Field(default="", description="As `markdown`.")
    social_image: str = Field(default="", description="As `markdown`.")
    canonical: str = Field(default="", description="As `markdown`.")
    comments: str = Field(default="", description="As `markdown`; empty: as the site has it.")
    template: str = Field(default="", description="As `markdown`; empty: the usual one.")
    noindex: bool = Field(default=False, description="As `markdown`.")
    translation_of: int | None = Field(
        default=None, description="As `markdown`; the post that a group of translations began with."
    )
    markdown: str = Field(default="", description="Left out of lists unless asked for.")
    html: str = Field(
        default="",
        description="The text rendered, safe, with absolute addresses. As `markdown`.",
    )


class PostList(Output):
    """One page of a list."""

    items: list[Post]
    next: str | None = Field(description="The `cursor` of the next page, if there is one.")
