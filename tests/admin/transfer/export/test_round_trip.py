"""What goes out comes in again: an archive, unpacked and imported into another instance."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from shared.domain.posts import Content, content_of, save_post, schedule, set_end
from shared.models import Category, Post, Presentation, Redirect, Tag
from tests.admin.content import add_category, write
from tests.admin.transfer.export.archives import add_redirect, store, take_out
from tests.admin.transfer.imports import JEKYLL, SEED, bring_in, counted, posts, put, told
from tests.cast import NOON

HOSTILE = {
    "liquid": "{% raw %}{{ page.title }}{% endraw %} {{ site.url }} {%",
    "kramdown": "A line\n{: .big #id}\n\n# Heading {#own}\n\n* x\n{:toc}",
    "fences": "---\ntitle: not mine\n---\n\n```\n---\n```\n",
    "links": "[a](/page/liquid) [b](http://localhost/x) ![c](images/none.png) [d](/list/flask/)",
    "blanks": "    code first\n\ttab  \n\n\n",
    "signs": "\u2028 \x85 \u200b “quotes” 'and' \"these\" \\ # & * ! | > % @ `",
    "empty": "",
}
TITLES = [
    "---",
    "yes",
    "2019-01-08",
    "null",
    "a: b # c",
    "'quoted' \"twice\"",
    "../../etc/passwd",
    "con",
    "标题：学习《Flask》！",
    "😀",
    "{{ title }}",
    "- item",
    "1e3",
    "x" * 200,
]


def travel(here, there, tmp_path):
    """Take everything out of one instance, bring it into another, and return the report."""
    return bring_in(there, take_out(here).unpack(tmp_path / "archive"))


def contents(runtime):
    """Return every post as far as a reader or writer could tell two apart."""
    return {
        (item.kind, item.slug): {
            "content": plain(content_of(item, live=item.live is not None)),
            "categories": [category.path for category in item.categories],
            "tags": [(tag.slug, tag.name) for tag in item.tags],
            "published_at": item.published_at,
            "expires_at": item.expires_at,
            "author": item.author.name if item.author else None,
            "html": item.html,
        }
        for item in posts(runtime).values()
    }


def plain(content: Content) -> dict:
    document = content.as_document()
    del document["categories"], document["tags"], document["translation_of"]
    return document | {"meta": {k: v for k, v in content.meta.items() if k != "import"}}


def test_posts_of_every_kind_come_back(any_runtime, other, tmp_path):
    below = add_category(any_runtime, "Ein Café", "life/cafe")
    add_category(any_runtime, "Life")
    moment = datetime(2019, 1, 8, 9, 30, 12, 345678, tzinfo=UTC)
    write(
        any_runtime,
        "Cy",
        title="Flask 学习",
        slug="flask_2.0-学习",
        body=f"![x]({store(any_runtime)})",
        summary="Short.",
        language="zh-Hans",
        tags=("学习", "Flask Web", "a, b"),
        categories=(below,),
        meta={"layout": "post", "deep": {"list": [1, 2.5, None, True, "2019-01-08"]}},
        at=moment,
    )
    write(any_runtime, title="Draft", published=False, tags=("later",), byline="A Guest")
    write(any_runtime, title="Page", slug="team/berlin", kind="page")
    write(any_runtime, title="Unseen page", slug="team/rome", kind="page", published=False)
    write(any_runtime, title="Soon", published=False, then=soon)
    report = travel(any_runtime, other, tmp_path)

    assert contents(other) == contents(any_runtime)
    assert report.notices == []
    assert counted(report) == {
        "read": 5,
        "created": 5,
        "drafts": 2,
        "scheduled": 1,
        "media": 1,
    }


def test_what_stands_beside_the_text_comes_back(any_runtime, other, tmp_path):
    details = {
        "cover": "https://example.org/c.png",
        "cover_alt": "A door",
        "cover_x": 0,
        "cover_y": 100,
        "seo_title": "on",
        "seo_description": "Found",
        "social_title": "yes",
        "social_description": "Shared",
        "social_image": "https://example.org/s.png",
        "canonical": "https://example.org/a/",
        "comments": "on",
        "template": "undated",
        "noindex": True,
    }
    first = write(any_runtime, title="One", coauthors=(3, 1), **details, then=end)
    write(any_runtime, title="Another", slug="a-first", translation_of=first, language="de")
    write(any_runtime, title="Draft", comments="off", translation_of=first, published=False)
    report = travel(any_runtime, other, tmp_path)
    assert contents(other) == contents(any_runtime)
    assert report.notices == []
    with other.database.reading() as session:
        groups = session.execute(
            select(Post.slug, Presentation.translation_of)
            .outerjoin(Presentation, Presentation.post_id == Post.id)
            .order_by(Post.slug)
        ).all()
        root = session.scalar(select(Post.id).where(Post.slug == "one"))
    assert groups == [("a-first", root), ("draft", root), ("one", None)]
    again = bring_in(other, tmp_path / "archive")
    assert counted(again) == {"read": 3, "unchanged": 3, "drafts": 1}


def end(post, work):
    set_end(post, NOON + timedelta(days=3), version=None, work=work)


def test_front_matter_of_fields_that_do_not_fit_is_let_go(runtime, other, tmp_path):
    write(runtime, title="One", noindex=True, coauthors=(1,))
    folder = take_out(runtime).unpack(tmp_path / "archive")
    file = folder / "_posts" / "2026-03-01-one.md"
    text = file.read_text().replace("noindex: true", "noindex: often\ntranslation_of: /page/x/")
    file.write_text(text.replace("- ann", "- nobody"))
    report = bring_in(other, folder)
    assert (posts(other)["one"].title, told(report, "translations")) == (
        "One",
        ["_posts/2026-03-01-one.md /page/x/ is not here"],
    )
    assert told(report, "authors") == ["_posts/2026-03-01-one.md nobody has no account here"]


def soon(post, work):
    schedule(post, NOON + timedelta(days=3), version=None, work=work)


@pytest.mark.parametrize("name", HOSTILE)
def test_body_comes_back_to_the_letter(runtime, other, tmp_path, name):
    write(runtime, title=name, body=HOSTILE[name])
    before = contents(runtime)
    assert travel(runtime, other, tmp_path).notices == []
    assert contents(other) == before


def test_hostile_titles_and_fields_come_back(runtime, other, tmp_path):
    for title in TITLES:
        write(runtime, title=title, summary=title, byline=title[:50], tags=(title[:50],))
        write(runtime, title=f"Draft of {title[:50]}", meta={title: title}, published=False)
    before = contents(runtime)
    report = travel(runtime, other, tmp_path)
    assert contents(other) == before
    assert report.counts["created"] == len(before) == 2 * len(TITLES)


def test_front_matter_with_names_of_ours_comes_back(runtime, other, tmp_path):
    meta = {"title": "theirs", "updated": "2001", "excerpt": "x", "language": "y", "authors": []}
    write(runtime, title="Imported", meta=meta | {"meta": {"a": 1}, "layout": "post"})
    assert "excerpt: x" in take_out(runtime).text("_posts/2026-03-01-imported.md")
    travel(runtime, other, tmp_path)
    assert contents(other) == contents(runtime)


def test_tree_tags_and_redirects_come_back(any_runtime, other, tmp_path):
    add_category(any_runtime, "Life")
    add_category(any_runtime, "Ein Café", "life/cafe")
    number = write(any_runtime, title="Here now", tags=("flask",))
    add_redirect(any_runtime, "/2019/old.html", post_id=number)
    with any_runtime.database.writing() as session:
        session.query(Tag).one().description = "Micro."
        session.query(Category).filter_by(path="life/cafe").one().description = "Coffee."
        session.commit()
    report = travel(any_runtime, other, tmp_path)
    with other.database.reading() as session:
        tree = [
            (item.path, item.name, item.description, item.parent.path if item.parent else None)
            for item in session.query(Category).order_by(Category.path)
        ]
        assert tree == [
            ("life", "Life", "", None),
            ("life/cafe", "Ein Café", "Coffee.", "life"),
        ]
        assert [(t.slug, t.description) for t in session.query(Tag)] == [("flask", "Micro.")]
        assert [(r.path, r.post.slug) for r in session.query(Redirect)] == [
            ("/2019/old.html", "here-now")
        ]
    assert report.counts["redirects"] == 1


def test_live_version_comes_back_without_the_changes_on_top(runtime, other, tmp_path):
    write(runtime, title="Changed", body="Seen.", then=change_text)
    travel(runtime, other, tmp_path)
    (made,) = posts(other).values()
    assert (made.body, made.working) == ("Seen.", None)


def change_text(post, work):
    save_post(post, replace(content_of(post), body="Unseen."), version=None, work=work)


def test_moment_of_the_last_change_comes_back(runtime, other, tmp_path):
    number = write(runtime, title="Old", at=NOON - timedelta(days=900))
    with runtime.database.writing() as session:
        session.get(Post, number).live.updated_at = NOON - timedelta(days=7)
        session.commit()
    travel(runtime, other, tmp_path)
    assert posts(other)["old"].live.updated_at == NOON - timedelta(days=7)


def test_second_import_changes_nothing(runtime, other, tmp_path):
    write(runtime, title="One", tags=("flask",), body="{{ x }}")
    write(runtime, title="Two", published=False)
    travel(runtime, other, tmp_path)
    again = bring_in(other, tmp_path / "archive")
    assert counted(again) == {"read": 2, "unchanged": 2, "drafts": 1}


@pytest.mark.parametrize("folder", [JEKYLL, SEED], ids=["jekyll", "seed"])
def test_real_sites_come_back(runtime, other, tmp_path, folder):
    bring_in(runtime, folder)
    before = contents(runtime)
    report = travel(runtime, other, tmp_path)
    assert contents(other) == before
    assert report.of_kind("skipped") == report.of_kind("renamed") == []


def test_edited_archive_says_what_does_not_fit(runtime, other, tmp_path):
    image = store(runtime)
    write(runtime, title="One", body=f"![x]({image})")
    folder = take_out(runtime).unpack(tmp_path / "archive")
    (folder / image[1:]).write_bytes(b"<script>alert(1)</script>")
    put(folder, "media/loose.txt", "by hand")
    put(folder, "categories.yaml", "- {path: a/b}\n- {path: UP}\n- text\n")
    put(folder, "tags.yaml", "- {name: C++, slug: cpp}\n- {name: x, slug: x}\n")
    report = bring_in(other, folder)
    assert told(report, "taxonomy") == [
        "categories.yaml UP: slug: “UP” is not in lower case and normal form: “up” is.",
        "categories.yaml a/b: nothing stands above it",
        "tags.yaml C++: its address cpp is now c",
    ]
    assert [line.partition(":")[0] for line in told(report, "unresolved")] == [
        f"{image[1:]} not stored",
        "media/loose.txt not stored",
    ]
    assert not (other.settings.instance / "media").exists()


@pytest.mark.parametrize("text", ["a: [", "\udcff", "7"])
def test_broken_lists_do_not_stop_an_import(runtime, other, tmp_path, text):
    write(runtime, title="One")
    folder = take_out(runtime).unpack(tmp_path / "archive")
    (folder / "tags.yaml").write_bytes(text.encode(errors="surrogateescape"))
    assert bring_in(other, folder).counts["created"] == 1


def test_media_behind_a_link_stay_where_they_are(runtime, other, tmp_path):
    image = store(runtime)
    write(runtime, title="One", body=f"![x]({image})")
    folder = take_out(runtime).unpack(tmp_path / "archive")
    (folder / "media").rename(tmp_path / "elsewhere")
    (folder / "media").symlink_to(tmp_path / "elsewhere")
    report = bring_in(other, folder)
    assert told(report, "unresolved") == ["media leads out of the folder"]
    assert report.counts["media"] == 0


def test_links_by_number_go_out_as_ordinary_ones_and_come_in_as_such(runtime, other, tmp_path):
    target = write(runtime, title="Target", slug="ziel")
    draft = write(runtime, title="Draft", slug="draft", published=False)
    page = write(runtime, title="Page", slug="about/us", kind="page")
    written = (
        f"[a](post:{target}#part) [*b*](post:{draft}) [c][1] [gone [x]](post:900)"
        f" `[code](post:{target})`\n\n[1]: post:{page}"
    )
    write(runtime, title="From", slug="from", body=written)
    travel(runtime, other, tmp_path)
    with other.database.reading() as session:
        arrived = session.scalar(select(Post.body).where(Post.slug == "from"))
    assert arrived.strip() == (
        "[a](/page/ziel/#part) [*b*](/page/draft/) [c][1] gone [x]"
        f" `[code](post:{target})`\n\n[1]: /about/us/"
    )
