"""Changes by plain SQL, which no verb, and no object, knows of."""

from hypothesis import strategies as st

from tests.frontend.pagestore.property.picking import WORDS

NUMBERS = st.sampled_from([1, 2, 3, 4, 5, 8])  # posts that are, or come to be, public; a page
DAYS = st.sampled_from(["2025-12-31 23:30:00", "2026-03-01 12:00:00", "2026-03-01 13:00:00"])
DATE = """UPDATE post SET published_at = '{d}.000000' WHERE id <= {n} AND trashed_at IS NULL;
    UPDATE post_tag SET listed_at = (SELECT published_at FROM post WHERE id = post_id);
    UPDATE post_category SET listed_at = (SELECT published_at FROM post WHERE id = post_id)"""
DATED = "INSERT INTO {table} SELECT {n}, id, (SELECT published_at FROM post WHERE id = {n})"
TAG, FILE = (
    f"{DATED.replace('{table}', link)} FROM {named} WHERE id = {{m}}"
    for link, named in (("post_tag", "tag"), ("post_category", "category"))
)
UNTAG = "DELETE FROM post_tag WHERE post_id = {n} AND tag_id = {m}"
# Each is one statement or several, separated by `;`: {n}, {m} numbers, {w} a word, {d} a day.
POSTS = (
    "UPDATE post SET title = '{w}' WHERE id <= {n}",
    "UPDATE post SET html = '<p>{w}</p>', excerpt = '{w}', words = {n} WHERE id = {n}",
    "UPDATE post SET kind = CASE kind WHEN 'post' THEN 'page' ELSE 'post' END WHERE id = {n}",
    "UPDATE post SET slug = 'new' WHERE id = {n}",
    DATE,
    "UPDATE post SET published_at = '{d}.000000' WHERE id = {n} AND trashed_at IS NULL",
    "UPDATE post SET expires_at = '{d}.000000' WHERE id >= {n}",
    "UPDATE post SET author_id = NULL, byline = '{w}' WHERE id = {n}",
    "UPDATE post SET author_id = 2 WHERE author_id <> 2",
    "DELETE FROM post WHERE id = {n}",
)
PRESENT = (
    "INSERT INTO presentation VALUES"
    " ({n}, '/media/{w}.png', '', 50, 50, '{w}', '', '', '', '', '', '', FALSE, {m})"
)
LINKS = (
    "INSERT INTO post_author VALUES ({n}, 1, {m}, '{d}.000000')",
    "UPDATE post_author SET user_id = 3 WHERE post_id = {n}",
    "UPDATE post_author SET listed_at = '{d}.000000', place = place + 1 WHERE post_id <= {n}",
    "DELETE FROM post_author WHERE post_id = {n}",
    PRESENT,
    "UPDATE presentation SET translation_of = {m}, canonical = '' WHERE post_id <= {n}",
    "UPDATE presentation SET noindex = TRUE, template = 'undated' WHERE post_id = {n}",
    "DELETE FROM presentation WHERE post_id = {n}",
    "UPDATE post_tag SET listed_at = '{d}.000000' WHERE post_id <= {n}",
    "UPDATE post_category SET listed_at = '{d}.000000' WHERE post_id <= {n}",
    "INSERT INTO post_tag SELECT {n}, id, '{d}.000000' FROM tag WHERE slug = 'elm'",
    "DELETE FROM post_tag WHERE post_id = {n}",
    "DELETE FROM post_category WHERE post_id <= {n}",
    "UPDATE comment SET state = 'approved' WHERE id >= {n}",
    "UPDATE comment SET state = 'spam' WHERE id = {n}",
    "UPDATE comment SET name = '{w}', html = '<p>{w}</p>' WHERE id <= {n}",
    "UPDATE comment SET post_id = {n}, parent_id = NULL WHERE id = {m}",
    "UPDATE comment SET user_id = {m} WHERE id = {n}",
    "DELETE FROM comment WHERE id = {n}",
    "UPDATE post SET comments = 'off' WHERE id = {n}",
    "UPDATE post SET comments = 'on' WHERE id >= {n}",
    TAG,
    UNTAG,
    FILE,
)
OTHERS = (
    "UPDATE tag SET name = '{w}', slug = 'elm' WHERE id = {n}",
    "DELETE FROM tag WHERE id = {n}",
    "UPDATE category SET name = '{w}' WHERE id <= {n}",
    "UPDATE category SET parent_id = NULL, path = slug WHERE id = {n}",
    "UPDATE \"user\" SET name = '{w}', bio = '{w}' WHERE id <= {n}",
    'DELETE FROM "user" WHERE id = {n} AND id > 1',
    "UPDATE revision SET updated_at = '{d}.000000' WHERE post_id = {n}",
    "DELETE FROM revision WHERE post_id = {n}",
    "UPDATE search_entry SET title = 'zebra', body = 'quiet' WHERE post_id = {n}",
    "DELETE FROM search_entry WHERE post_id <= {n}",
    "UPDATE redirect SET target = '/page/one/' , post_id = NULL",
    "UPDATE redirect SET post_id = {n}, status = 302",
    "DELETE FROM redirect",
    "DELETE FROM setting",
    "UPDATE setting SET value = '{{\"is\": \"{w}\"}}' WHERE key = 'title'",
)


def some(*statements: str) -> st.SearchStrategy[str]:
    """Choose a statement, and what it is about."""
    return st.builds(
        lambda sql, n, m, w, d: sql.format(n=n, m=m, w=w, d=d),
        *(st.sampled_from(statements), NUMBERS, st.integers(1, 5), WORDS, DAYS),
    )


ON_POSTS, ON_LINKS, ON_OTHERS = some(*POSTS), some(*LINKS), some(*OTHERS)
ANY = some(*POSTS, *LINKS, *OTHERS)
