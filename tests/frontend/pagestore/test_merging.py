"""Pages of the store follow a merge of tags or categories, and the taking back of one."""

import pytest

from shared.domain.merging import merge_categories, merge_tags
from shared.domain.taxonomy import ensure_category, ensure_tags
from shared.domain.undo import Merge, offer_undo, remember, take_back
from shared.models import Category
from shared.saying import say
from tests.cast import work_of

PATHS = {
    "tags": ("/", "/page/one/", "/list/", "/list/js/", "/list/javascript/", "/search/?q=js"),
    "categories": (
        "/page/one/",
        "/category/town/",
        "/category/news/",
        "/category/town/sport/",
        "/category/news/sport/",
    ),
}


@pytest.fixture
def merged(runtime):
    """Merge, and return the offer to take it back."""

    def merge_(kind):
        with runtime.database.writing() as session:
            work = work_of(session)
            if kind == "tags":
                source, into = ensure_tags(["JS", "JavaScript"], work=work)
            else:
                source, into = (ensure_category([name], work=work) for name in ("Town", "News"))
            before = [remember(Merge([source], into), work=work)]
            (merge_categories if isinstance(into, Category) else merge_tags)(
                [source], into, work=work
            )
            offer = offer_undo(work, say("Merged"), before)
            session.commit()
        return offer.id

    return merge_


@pytest.mark.parametrize("kind", PATHS)
def test_every_page_is_as_before_once_a_merge_is_taken_back(client, runtime, write, merged, kind):
    write(title="One", slug="one", tags=("JS",), categories=("Town", "Town/Sport"))
    write(title="Draft", slug="draft", categories=("News",), published=False)
    write(title="Two", slug="two", tags=("JavaScript", "JS"))

    def look():
        found = {path: client.get(path) for path in PATHS[kind]}
        return {path: (item.status_code, item.get_data()) for path, item in found.items()}

    before = look()
    offer = merged(kind)
    after = look()
    assert all(before[path] != after[path] for path in PATHS[kind])
    with runtime.database.writing() as session:
        take_back(offer, work=work_of(session))
        session.commit()
    assert look() == before
