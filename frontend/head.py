"""What a page says of itself to search engines, feed readers and other sites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontend.frame import Frame, path
from frontend.outline import first_image
from frontend.paging import Listing
from frontend.translations import Translation, alternates
from shared.models.reading import Label, Summary

Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Head:
    """A page's title (empty: the site's own), path, description, and structured data.

    `engines` and `shared` are the titles for search results and for other sites where these differ;
    `canonical` is the whole address of what this is a copy of; `alternates` are languages and
    paths. `feed` is the path of a feed of its own, `feed_title` its name where that is not the
    page's; `newer` and `older` are the paths of neighbouring pages, `sheets` style sheets that
    other pages do not need.
    One that `is_framed` stands in the editor: without scripts, and its links open in a new tab.
    """

    title: str = ""
    engines: str = ""
    shared: str = ""
    shared_description: str = ""
    canonical: str = ""
    alternates: Sequence[tuple[str, str]] = ()
    path: str
    description: str = ""
    kind: str = "website"
    image: str = ""
    language: str = ""
    post: Summary | None = None
    feed: str = ""
    feed_title: str = ""
    newer: str = ""
    older: str = ""
    sheets: Sequence[str] = ()
    is_indexed: bool = True
    is_framed: bool = False
    data: Sequence[Document] = field(default_factory=tuple)


def head_of_list(listing: Listing[Any], **about: Any) -> Head:
    """Return the head of a page of a list."""
    return Head(path=listing.here, newer=listing.newer, older=listing.older, **about)


def site_document(frame: Frame) -> Document:
    """Describe the site and its search (schema.org WebSite)."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": frame.site.title,
        "description": frame.site.description or frame.site.tagline,
        "url": frame.absolute("posts.index"),
        "inLanguage": frame.site.language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": frame.absolute("search.index") + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def post_document(frame: Frame, post: Summary, image: str) -> Document:
    """Describe a post or page (schema.org BlogPosting or WebPage)."""
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage" if post.kind == "page" else "BlogPosting",
        "headline": post.title,
        "description": post.excerpt,
        "url": frame.permalink(post),
        "mainEntityOfPage": frame.permalink(post),
        "datePublished": frame.stamp(post.published_at),
        "dateModified": frame.stamp(post.updated_at),
        "inLanguage": frame.language_of(post),
        "publisher": {"@type": "Organization", "name": frame.site.title},
    }
    if post.kind != "page":
        document["wordCount"] = post.words
        document["keywords"] = [tag.name for tag in post.tags]
    people = [_person(frame, author) for author in post.authors]
    if people:
        document["author"] = people if len(people) > 1 else people[0]
    if image:
        document["image"] = image
    return document


def _person(frame: Frame, author: Label) -> Document:
    person = {"@type": "Person", "name": author.name}
    if author.key:
        person["url"] = frame.absolute("authors.show", slug=author.key)
    return person


def trail_document(frame: Frame, trail: Sequence[tuple[str, str]]) -> Document:
    """Describe the way here (schema.org BreadcrumbList) from names and paths."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": frame.address + where}
            for place, (name, where) in enumerate(trail, start=1)
        ],
    }


def trail_to(frame: Frame, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Return names and paths from the front page on."""
    return [(frame.words.home, path("posts.index")), *steps]


def category_steps(ancestors: Sequence[Label]) -> list[tuple[str, str]]:
    """Return names and paths of categories from the root of their tree on."""
    return [(label.name, path("categories.show", path=label.key)) for label in ancestors]


def head_of(
    frame: Frame,
    post: Summary,
    here: str,
    trail: Sequence[tuple[str, str]],
    others: Sequence[Translation] = (),
) -> Head:
    """Return the head of a post's or page's own page; `others` are its translations."""
    image, details = _image(frame, post), post.details
    return Head(
        title=post.title,
        engines=details.seo_title,
        shared=details.social_title or details.seo_title,
        path=here,
        canonical=details.canonical,
        alternates=alternates(frame, post, here, others),
        description=details.seo_description or post.excerpt,
        shared_description=details.social_description,
        is_indexed=not details.noindex,
        kind="article",
        image=image,
        language=frame.language_of(post),
        post=post,
        data=(post_document(frame, post, image), trail_document(frame, trail)),
    )


def _image(frame: Frame, post: Summary) -> str:
    """Return the whole address of the picture that other sites show, if there is any."""
    chosen = post.details.social_image or (post.cover.address if post.cover else "")
    if chosen:
        return frame.picture_away(chosen)
    return first_image(frame.html_away(post)) if "<img" in post.html else ""
