from datetime import timedelta

import pytest

from admin.transfer import welcome
from shared.content import frontmatter
from shared.content.links import extract
from shared.urls import path_to
from tests.admin.transfer.imports import dump, posts
from tests.cast import make_post, work_of

FILES = sorted(welcome.FOLDER.glob("*.md"))


def test_set_is_loaded_once(any_runtime):
    assert welcome.load(any_runtime) is True
    before = dump(any_runtime)
    assert welcome.load(any_runtime) is False
    assert dump(any_runtime) == before


def test_site_with_a_single_draft_gets_nothing(runtime):
    with runtime.database.writing() as session:
        make_post(work_of(session), published=False)
        session.commit()
    assert welcome.load(runtime) is False
    assert len(posts(runtime)) == 1


def test_everything_is_public_and_lately_written(runtime):
    welcome.load(runtime)
    made, now = posts(runtime), runtime.clock()
    assert len(made) == len(FILES)
    assert {item.status(now) for item in made.values()} == {"published"}
    assert all(now - timedelta(days=14) < item.published_at < now for item in made.values())
    newest = max(
        (item for item in made.values() if item.kind == "post"), key=lambda item: item.published_at
    )
    assert newest.slug == "welcome"
    assert [slug for slug, item in made.items() if item.kind == "page"] == ["about"]


def test_set_shows_what_it_explains(runtime):
    welcome.load(runtime)
    html = "".join(item.html for item in posts(runtime).values())
    signs = ('<code class="language-python"><span', "<table", 'class="footnote', "<figure>")
    signs += ('type="checkbox"', 'class="toc"', "<details>", 'class="align-right"')
    assert [sign for sign in signs if sign not in html] == []
    assert {item.language for item in posts(runtime).values()} == {"en", "zh-Hans"}
    assert "missing-image" not in html
    assert any(
        category.path == "guide/writing" for category in posts(runtime)["markdown"].categories
    )


def test_every_link_leads_to_something(runtime):
    welcome.load(runtime)
    made = posts(runtime)
    known = {"/admin/", "/admin/page/", "/api/", "/search/", "/archive/", "/feed.xml"}
    for item in made.values():
        view, part = ("posts.show", "slug") if item.kind == "post" else ("pages.show", "path")
        known.add(path_to("frontend", view, **{part: item.slug}))
        known |= {path_to("frontend", "tags.show", slug=tag.slug) for tag in item.tags}
    links = [ref.url for item in made.values() for ref in extract(item.html)]
    rooted = {url for url in links if url.startswith("/") and not url.startswith("/media/")}
    assert rooted - known == set()


def test_pictures_are_stored(runtime):
    welcome.load(runtime)
    pictures = {
        ref.url
        for item in posts(runtime).values()
        for ref in extract(item.html)
        if ref.tag == "img"
    }
    assert len(pictures) == 1
    for url in pictures:
        file = runtime.settings.instance / url.removeprefix("/")
        assert file.read_bytes() == (welcome.FOLDER / "panels.svg").read_bytes()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file_names_every_field(file):
    fields, body = frontmatter.parse(file.read_text(encoding="utf-8"))
    assert {"title", "slug", "lang", "hours", "summary"} <= set(fields)
    assert len(body) > 200
