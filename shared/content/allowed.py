"""What HTML may hold: elements, attributes, classes, roles and schemes of addresses."""

from typing import Final


def names(text: str) -> frozenset[str]:
    """Read a set of names separated by spaces, which stays readable where it is long."""
    return frozenset(text.split())


SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "xmpp", "irc", "ircs", "magnet"})

TAGS: Final = names(
    """
    a abbr audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div
    dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark nav ol p
    picture pre q rp rt ruby s samp section small source span strong sub summary sup table
    tbody td tfoot th thead time tr track u ul var video wbr
    """,
)
ATTRIBUTES: Final = {
    "*": {
        *("aria-label", "aria-hidden", "class", "data-line", "dir", "id", "lang", "role"),
        *("tabindex", "title"),
    },
    "a": {"href", "hreflang"},
    "audio": {"controls", "loop", "muted", "preload", "src"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "height", "sizes", "src", "srcset", "width"},
    "input": {"checked"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"media", "sizes", "src", "srcset", "type"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"},
    "time": {"datetime"},
    "track": {"default", "kind", "label", "src", "srclang"},
    "video": {
        "controls",
        "height",
        "loop",
        "muted",
        "playsinline",
        "poster",
        "preload",
        "src",
        "width",
    },
}
CLASSES: Final = names(
    """
    align-center align-left align-right contains-task-list footnote-back footnote-ref
    footnotes missing-image table-scroll task toc
    """,
)
ROLES: Final = frozenset({"doc-backlink", "doc-endnotes", "doc-noteref", "group", "img", "note"})
VOID: Final = frozenset({"br", "col", "hr", "img", "input", "source", "track", "wbr"})
PHRASING: Final = names(
    """
    a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong
    sub sup time u var
    """,
)
