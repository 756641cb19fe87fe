"""Every address that the little site of the property test has, had, or might get."""

POSTS = ("one", "二", "three", "four", "six", "new")
PAGES = ("about", "about/us", "one")
TAGS = ("oak", "实习", "elm")
CATEGORIES = ("crafts", "crafts/joinery", "life", "life/joinery", "works")
AUTHORS = ("ann", "cy", "zed")

ADDRESSES = (
    *("/", "/?page=2", "/?page=3"),
    *(f"/page/{slug}/" for slug in POSTS),
    *(f"/{slug}/" for slug in PAGES),
    *("/list/", "/list/oak/?page=2", "/list/oak/feed.xml"),
    *(f"/list/{slug}/" for slug in TAGS),
    *(f"/category/{path}/" for path in CATEGORIES),
    "/category/crafts/feed.xml",
    *(f"/author/{slug}/" for slug in AUTHORS),
    *("/archive/", "/archive/2022/", "/archive/2026/", "/archive/2027/"),
    *("/feed.xml", "/rss.xml", "/feed.json", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt"),
    *("/search/?q=quiet", "/search/?q=实习", "/search/?q=quiet&page=2", "/search/?q=zebra"),
    *("/comments/1/", "/comments/1/2/", "/comments/1/page/2/", "/comments/1/waiting/"),
    *("/comments/1/feed.xml", "/comments/2/feed.xml", "/comments/6/", "/comments/8/waiting/"),
    # Old addresses, redirects, other spellings, and what was never there.
    *("/old/", "/gone/", "/2024/01/brought.html", "/page/brought/"),
    *("/page/ONE/", "/list/Oak", "/category/Crafts/", "/nope/"),
)
