"""From an entry to content of ours: body converted, fields fitted, what it came from noted."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from admin.transfer import references
from admin.transfer.jekyll import kramdown
from admin.transfer.jekyll.entries import Entry
from admin.transfer.jekyll.liquid import Left, Names, fill_in
from admin.transfer.jekyll.plan import Item
from admin.transfer.jekyll.targets import Site, Targets
from admin.transfer.lines import Line, code_spans, is_code, join
from shared.content.languages import guess_language
from shared.domain.posts import Content
from shared.domain.posts.content import LANGUAGE, LIMITS
from shared.domain.posts.details import PRESENTED


def convert_body(item: Item, site: Site) -> str:
    """Return the Markdown of an entry as it is kept here; reports what needs a person's eye."""
    if site.config.is_ours:
        return item.entry.body
    entry, targets = item.entry, Targets(site, item)
    names = Names(
        targets.variable, targets.post_url, targets.link, site.config.base, site.config.url
    )
    lines, left = fill_in(entry.body, entry.first_line, names)
    lines, removed = kramdown.to_commonmark(lines)
    for number, text in removed:
        site.report.add("attributes", entry.path, text, line=number)
    _tell_left(entry, lines, left, site)
    return join(references.rewrite(lines, targets.resolve))


def make_content(
    item: Item, body: str, categories: tuple[int, ...], byline: str, *, guess: bool
) -> Content:
    """Return the content without the import's own note; what no field takes is in `meta`.

    `guess` asks for the language of a text that names none.
    """
    entry = item.entry
    meta = {f"{key}_" if key == "import" else key: value for key, value in entry.meta.items()}
    known = bool(LANGUAGE.fullmatch(entry.language))
    guessed = guess_language(body) if guess else ""
    if entry.language and not known:
        meta["lang"] = entry.language
    if len(entry.summary) > LIMITS["summary"]:
        meta["description"] = entry.summary
    return Content(
        title=entry.title,
        slug=item.slug,
        body=body,
        summary=_shorten(entry.summary, LIMITS["summary"]),
        language=entry.language if known else guessed,
        byline=byline,
        tags=entry.tags,
        categories=categories,
        meta=meta,
    ).tidied()


def marked(content: Content, item: Item) -> Content:
    """Return the content with a note of its source, by which the next import knows it."""
    mark = {
        "source": item.entry.source,
        "digest": digest_of(content),
        "date": state_of(item.entry),
        "slug": item.slug,
    }
    return replace(content, meta={**content.meta, "import": mark})


def state_of(entry: Entry) -> str:
    """Return what decides when the post is public."""
    if entry.draft:
        return "draft"
    return entry.at.isoformat() if entry.at else ""


def digest_of(content: Content) -> str:
    """Return a code of the content alone, whatever the import noted with it."""
    document: dict[str, Any] = content.as_document()
    # What came later counts where it says something, so that older codes stay right.
    plain = Content(title="").as_document()
    later = (*PRESENTED, "comments", "coauthors")
    document = {
        key: value for key, value in document.items() if key not in later or value != plain[key]
    }
    document["meta"] = {key: value for key, value in content.meta.items() if key != "import"}
    text = json.dumps(document, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _tell_left(entry: Entry, lines: list[Line], left: list[Left], site: Site) -> None:
    """Name each tag that stays, and say when it stands in code, where it is often meant so."""
    spans = code_spans(lines) if left else []
    for tag in left:
        coded = any(
            is_code(spans[at], line.text.find(tag.text))
            for at, line in enumerate(lines)
            if line.number == tag.number and tag.text in line.text
        )
        text = f"{tag.text}  (in code)" if coded else tag.text
        site.report.add("liquid", entry.path, text, line=tag.number)


def _shorten(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rpartition(" ")[0] or head).rstrip() + "…"
