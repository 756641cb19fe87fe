import re
from datetime import UTC, datetime

import pytest

from admin.transfer.report import TransferError
from shared.domain.posts import content_of, save_post, trash, unpublish
from shared.domain.redirects import find_redirect
from shared.models import Post
from tests.admin.transfer.imports import (
    bring_in,
    counted,
    dump,
    post,
    posts,
    put,
    redirects,
    told,
)
from tests.cast import make_post, work_of

A, B = "_posts/2019-01-08-a.md", "_posts/2019-01-09-b.md"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


@pytest.fixture
def folder(tmp_path):
    """An empty Jekyll site in UTC, with plain addresses."""
    return put(
        tmp_path / "site",
        "_config.yml",
        "permalink: /:year/:title/\nurl: https://old.example\ntimezone: UTC",
    )


def change(runtime, slug, verb):
    with runtime.database.writing() as session:
        item = session.query(Post).filter_by(slug=slug).one()
        verb(item, work_of(session))
        session.commit()


def test_post_comes_in_with_all_its_fields(any_runtime, folder):
    front = {"title": "A title", "date": "2019-01-08 10:00 +0200", "author": "parkr", "tag": "实习"}
    front |= {"categories": "[Web]", "description": "Short.", "lang": "zh_CN", "layout": "post"}
    put(folder, A, post("Hello *you*.\n", **front))

    assert counted(bring_in(any_runtime, folder)) == {"read": 1, "created": 1, "redirects": 1}
    made = posts(any_runtime)["a"]
    assert made.published_at == datetime(2019, 1, 8, 8, tzinfo=UTC)
    assert (made.title, made.byline, made.author, made.summary, made.language) == (
        "A title",
        "parkr",
        None,
        "Short.",
        "zh-CN",
    )
    assert [tag.slug for tag in made.tags] == ["实习"]
    assert [category.path for category in made.categories] == ["web"]
    assert made.html == "<p>Hello <em>you</em>.</p>\n"
    assert made.meta["layout"] == "post"
    assert made.live.updated_at == made.published_at
    assert redirects(any_runtime) == {"/2019/a/": "a"}


@pytest.mark.parametrize("author", ["cy", "Cy", "CY@example.org"])
def test_author_with_an_account_is_found_by_slug_name_or_address(runtime, folder, author):
    put(folder, A, post(author=author))
    bring_in(runtime, folder)
    assert (posts(runtime)["a"].author.name, posts(runtime)["a"].byline) == ("Cy", "")


def test_post_that_names_no_author_belongs_to_the_given_account(runtime, folder, people):
    put(folder, A, post())
    put(folder, B, post(author="someone"))
    bring_in(runtime, folder, default_author=people.ben.id)
    made = posts(runtime)
    assert (made["a"].author.name, made["b"].author, made["b"].byline) == ("Ben", None, "someone")


def test_drafts_and_dates_to_come_are_not_public(runtime, folder):
    put(folder, "_drafts/idea.md", post())
    put(folder, A, post(published="false"))
    put(folder, "_posts/2031-01-01-later.md", post())

    assert counted(bring_in(runtime, folder)) == {
        "read": 3,
        "created": 3,
        "drafts": 2,
        "scheduled": 1,
        "redirects": 1,
    }
    states = {slug: item.status(runtime.clock()) for slug, item in posts(runtime).items()}
    assert states == {"idea": "draft", "a": "draft", "later": "scheduled"}


def test_page_keeps_its_old_address_where_it_can(runtime, folder):
    put(folder, "about.md", post(title="About"))
    put(folder, "team/berlin.md", post(title="Berlin"))
    put(folder, "archive.md", post(title="Archive"))
    put(folder, "old.md", post(title="Old", permalink="/Two Words/"))

    report = bring_in(runtime, folder)
    made = {slug: item.kind for slug, item in posts(runtime).items()}
    assert made == dict.fromkeys(("about", "team/berlin", "archive-2", "old"), "page")
    assert told(report, "redirects") == [
        "old.md /Two Words/: path: Give a path of this site such as /old/page.html, without query."
    ]


def test_second_import_changes_nothing(any_runtime, folder):
    put(folder, A, post("[b](/2019/b/) ![x](/x.png)\n", tags="[t, u]", category="C"))
    put(folder, B, post("{% post_url 2019-01-08-a %}\n", redirect_from="/b"))
    put(folder, "x.png", PNG)
    put(folder, "_drafts/idea.md", post())
    put(folder, "about.md", post())
    bring_in(any_runtime, folder)
    before = dump(any_runtime)

    again = bring_in(any_runtime, folder)
    assert counted(again) == {"read": 4, "unchanged": 4, "drafts": 1, "media": 1}
    assert dump(any_runtime) == before


def test_dry_run_reports_the_same_and_changes_nothing(any_runtime, folder):
    put(folder, A, post("![x](/x.png) [gone](/gone/) {{ unknown }}\n", tags="t"))
    put(folder, "x.png", PNG)
    put(folder, "_posts/2019-bad.md", post())
    before = dump(any_runtime)

    dry = bring_in(any_runtime, folder, dry_run=True)
    assert dump(any_runtime) == before
    assert not (any_runtime.settings.instance / "media").exists()
    assert bring_in(any_runtime, folder).as_text() == dry.as_text()


def test_change_at_the_source_becomes_a_revision(runtime, folder):
    put(folder, A, post("Old.\n", title="T"))
    bring_in(runtime, folder)
    put(folder, A, post("New.\n", title="T", date="2019-02-01"))

    assert counted(bring_in(runtime, folder)) == {"read": 1, "updated": 1}
    made = posts(runtime)["a"]
    assert (made.html, made.published_at) == (
        "<p>New.</p>\n",
        datetime(2019, 2, 1, tzinfo=UTC),
    )
    assert (made.live.number, made.live.note, made.working) == (2, "Imported again", None)


def test_post_that_becomes_a_draft_at_the_source_becomes_one_here(runtime, folder):
    put(folder, A, post())
    bring_in(runtime, folder)
    put(folder, A, post(published="false"))
    bring_in(runtime, folder)
    assert posts(runtime)["a"].status(runtime.clock()) == "draft"
    put(folder, A, post(date="2031-01-01"))
    bring_in(runtime, folder)
    assert posts(runtime)["a"].status(runtime.clock()) == "scheduled"


def edit(item, work):
    content = content_of(item)
    save_post(item, type(content)(**{**vars(content), "title": "Mine"}), version=None, work=work)


@pytest.mark.parametrize(
    ("verb", "text"),
    [
        (edit, "“A” at /page/a/"),
        (lambda item, work: unpublish(item, version=None, work=work), "“A” at /page/a/"),
        (lambda item, work: trash(item, version=None, work=work), "“A” is in the trash"),
    ],
)
def test_what_was_changed_here_since_is_left_alone_and_named(runtime, folder, verb, text):
    put(folder, A, post("Old.\n"))
    bring_in(runtime, folder)
    change(runtime, "a", verb)
    before = dump(runtime)
    assert counted(bring_in(runtime, folder)) == {"read": 1, "unchanged": 1}

    put(folder, A, post("New.\n"))
    report = bring_in(runtime, folder)
    assert (counted(report), told(report, "kept")) == ({"read": 1, "skipped": 1}, [f"{A} {text}"])
    assert dump(runtime) == before


def test_slug_that_is_taken_is_numbered_and_stays_so(runtime, folder):
    with runtime.database.writing() as session:
        make_post(work_of(session), slug="a")
        session.commit()
    put(folder, A, post())
    put(folder, "_posts/2020-01-01-a.md", post("[other](/2019/a/)\n"))

    report = bring_in(runtime, folder)
    assert told(report, "renamed") == [
        f"{A} a is taken: came in as a-2",
        "_posts/2020-01-01-a.md a is taken: came in as a-3",
    ]
    assert redirects(runtime) == {"/2019/a/": "a-2", "/2020/a/": "a-3"}
    assert posts(runtime)["a-3"].body == "[other](/page/a-2/)\n"
    again = bring_in(runtime, folder)
    assert (counted(again), told(again, "renamed")) == ({"read": 2, "unchanged": 2}, [])


def test_bad_file_is_skipped_alone(runtime, folder):
    put(folder, A, post(title="x" * 201))
    put(folder, B, post(title="["))
    put(folder, "_posts/2019-01-10-c.md", post())

    report = bring_in(runtime, folder)
    assert told(report, "skipped") == [
        f"{A} title: Give at most 200 characters.",
        f"{B}:3 expected the node content, but found '<stream end>'",
    ]
    assert list(posts(runtime)) == ["c"]


def test_every_form_of_an_old_address_leads_to_the_post(runtime, folder):
    put(folder, A, post(permalink="/own/a.html", redirect_from="[/first, /second/]"))
    bring_in(runtime, folder)

    assert redirects(runtime) == {"/own/a.html": "a", "/first": "a", "/second/": "a"}
    with runtime.database.reading() as session:
        asked = ("/own/a", "/own/a/", "/own/a.html", "/first/", "/first/index.html", "/second")
        found = [find_redirect(session, path) for path in asked]
    assert [redirect.post_id for redirect in found] == [posts(runtime)["a"].id] * 6


def test_site_below_a_folder_leaves_redirects_with_and_without_it(runtime, folder):
    put(folder, "_config.yml", "permalink: /:title/\nbaseurl: /blog")
    put(folder, A, post("[b](/blog/b/) [c]({{ site.baseurl }}/c/)\n"))
    put(folder, B, post())
    report = bring_in(runtime, folder)
    assert redirects(runtime) == {"/a/": "a", "/blog/a/": "a", "/b/": "b", "/blog/b/": "b"}
    assert posts(runtime)["a"].body == "[b](/page/b/) [c](/c/)\n"
    assert told(report, "unresolved") == [f"{A}:3 link not found: /blog/c/"]


def test_old_address_that_cannot_lead_here_is_named(runtime, folder):
    put(folder, A, post(redirect_from="[/admin/x, /2019/b/]"))
    put(folder, B, post())
    report = bring_in(runtime, folder)
    assert told(report, "redirects") == [
        f"{A} /admin/x: path: /admin does not belong to the site.",
        f"{B} /2019/b/ leads elsewhere already",
    ]


def test_links_and_pictures_lead_to_where_they_are_now(runtime, folder):
    put(folder, "img/图 1.png", PNG)
    put(folder, "_posts/beside.png", PNG + b"2")
    put(folder, "notes.pdf", b"%PDF-1.4")
    put(folder, B, post())
    put(
        folder,
        A,
        post(
            "[b](/2019/b/#x) [b](https://old.example/2019/b) [b](../b/?q) [b](2019-01-09-b.md)\n"
            "![1](</img/图 1.png>) ![2](beside.png) [3](../../notes.pdf)\n"
            "[home](/) [feed](/feed.xml) [out](https://old.example/else/) [#](#here)\n"
        ),
    )

    report = bring_in(runtime, folder)
    assert (counted(report)["media"], told(report, "unresolved")) == (3, [])
    lines = posts(runtime)["a"].body.splitlines()
    assert lines[0] == "[b](/page/b/#x) [b](/page/b/) [b](/page/b/?q) [b](/page/b/)"
    stored = sorted(
        file.relative_to(runtime.settings.instance).as_posix()
        for file in (runtime.settings.instance / "media").rglob("*.*")
    )
    assert sorted(re.findall(r"\]\(<?/(.*?)>?\)", lines[1])) == stored
    assert lines[2].startswith("[home](/) [feed](/feed.xml) [out](https://old.example/else/) [#]")


def test_what_leads_nowhere_is_named_with_its_line(runtime, folder, tmp_path):
    put(tmp_path, "secret.png", PNG)
    put(folder, "evil.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    body = (
        "![a](/gone.png)\n`[code](/gone/)`\n[b](gone/)\n![c](E:\\图\\c.png)\n"
        "[d]({% link _docs/d.md %}#e)\n[f]({% post_url 1999-01-01-f %})\n"
        "![g](../../../secret.png)\n![h](/evil.svg)\n"
    )
    put(folder, A, post(body, title="T"))

    report = bring_in(runtime, folder, base_url="https://old.example/")
    assert told(report, "unresolved") == [
        f"{A}:4 image not found: /gone.png",
        f"{A}:6 link not found: gone/",
        f"{A}:7 image on the writer's disk: E:\\图\\c.png",
        f"{A}:8 {{% link _docs/d.md %}}: there is no such file",
        f"{A}:9 {{% post_url 1999-01-01-f %}}: there is no such post",
        f"{A}:10 image not found: ../../../secret.png",
        f"{A}:11 image not stored: evil.svg is an SVG picture with <script>",
    ]
    assert posts(runtime)["a"].body.splitlines() == [
        "![a](https://old.example/gone.png)",
        "`[code](/gone/)`",
        "[b](https://old.example/2019/a/gone/)",
        "![c](E:\\图\\c.png)",
        "[d](https://old.example/docs/d/#e)",
        "[f]({% post_url 1999-01-01-f %})",
        "![g](https://old.example/secret.png)",
        "![h](https://old.example/evil.svg)",
    ]


def test_liquid_in_code_is_told_apart(runtime, folder):
    put(folder, A, post("{{ out }}\n\n```\n{% include in.html %}\n```\n"))
    assert told(bring_in(runtime, folder), "liquid") == [
        f"{A}:3 {{{{ out }}}}",
        f"{A}:6 {{% include in.html %}}  (in code)",
    ]


def test_names_that_become_one_are_told(runtime, folder):
    put(folder, A, post(tags="[C, C++, 实习]"))
    put(folder, B, post(tags="[c, 实习]"))
    assert told(bring_in(runtime, folder), "taxonomy") == ["tags C, C++ have one address here: c"]


def test_one_event_records_the_import_as_a_whole(runtime, folder):
    put(folder, A, post())
    bring_in(runtime, folder)
    [event] = [row for row in dump(runtime)["audit_event"] if "import.finished" in row]
    assert "'site'" in event
    assert '"created": 1' in event


def test_folder_without_posts_is_refused(runtime, tmp_path):
    with pytest.raises(TransferError, match="holds no posts"):
        bring_in(runtime, tmp_path)
