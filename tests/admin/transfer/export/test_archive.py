from dataclasses import asdict, replace
from datetime import timedelta
from os import fsdecode, mkfifo
from pathlib import Path

import pytest

from shared.domain.posts import content_of, save_post, schedule, trash, unpublish
from shared.domain.site import load_site, save_site
from shared.domain.users import create_user
from shared.models import Post, Tag, User
from tests.admin.content import add_category, write
from tests.admin.transfer.export.archives import SITE_FILES, add_redirect, at, store, take_out
from tests.cast import NOON, PASSWORD, work_of


def save_on_top(body):
    def verb(post, work):
        save_post(post, replace(content_of(post), body=body), version=None, work=work)

    return verb


def later(post, work):
    schedule(post, NOON + timedelta(days=2), version=None, work=work)


@pytest.fixture
def full(runtime):
    """A post in every state, pages, a file, and a redirect to each kind of target."""
    internship = add_category(runtime, "Internship")
    tagged = {"tags": ("学习", "flask"), "categories": (internship,), "language": "zh-Hans"}
    shown = f"![x]({store(runtime)})"
    post = write(runtime, title="Flask 学习", body=shown, summary="Short.", **tagged)
    write(runtime, title="Draft", published=False, tags=("secret",))
    write(runtime, title="Later", published=False, then=later)
    write(runtime, title="Changed", body="Seen.", then=save_on_top("Not seen yet."))
    write(runtime, title="Gone", then=trash_it)
    write(runtime, title="About", kind="page")
    write(runtime, title="Berlin", slug="team/berlin", kind="page", published=False)
    add_redirect(runtime, "/old.html", post_id=post)
    add_redirect(runtime, "/away", target="https://example.org/", status=302)
    return runtime


def trash_it(post, work):
    trash(post, work=work)


def test_archive_holds_every_text_and_file(full):
    archive = take_out(full)
    image = next(name for name in archive.names if name.startswith("media/"))
    assert archive.zip.namelist()[:6] == SITE_FILES[:6]
    assert archive.zip.namelist()[-1] == "REPORT.txt"
    assert archive.names == [
        "_posts/2026-03-01-flask-学习.md",
        "_drafts/draft.md",
        "_posts/2026-03-03-later.md",
        "_posts/2026-03-01-changed.md",
        "working/2026-03-01-changed.md",
        "pages/about.md",
        "pages/team/berlin.md",
        image,
    ]
    assert archive.report.counts == {
        "posts": 3,
        "drafts": 1,
        "working": 1,
        "pages": 2,
        "redirects": 2,
        "media": 1,
        "media_bytes": 208,
    }


def test_front_matter_tells_all_of_a_post(full):
    archive = take_out(full)
    assert archive.fields("_posts/2026-03-01-flask-学习.md") == {
        "title": "Flask 学习",
        "slug": "flask-学习",
        "date": NOON,
        "updated": NOON,
        "status": "published",
        "author": "Ben",
        "description": "Short.",
        "lang": "zh-Hans",
        "tags": ["flask", "学习"],
        "categories": ["internship"],
        "redirect_from": ["/old.html"],
    }


def test_live_text_and_working_copy_lie_side_by_side(full):
    archive = take_out(full)
    assert archive.body("_posts/2026-03-01-changed.md") == "Seen."
    assert archive.body("working/2026-03-01-changed.md") == "Not seen yet."


def test_state_is_in_the_front_matter(full):
    archive = take_out(full)
    told = {name: archive.fields(name) for name in archive.names if name.endswith(".md")}
    assert {Path(name).stem: item["status"] for name, item in told.items()} == {
        "2026-03-01-flask-学习": "published",
        "draft": "draft",
        "2026-03-03-later": "scheduled",
        "2026-03-01-changed": "published",
        "about": "published",
        "berlin": "draft",
    }
    hidden = [name for name, item in told.items() if item.get("published") is False]
    assert hidden == ["_drafts/draft.md", "pages/team/berlin.md"]


def test_without_drafts_only_what_visitors_see_goes_out(full):
    unseen = store(full, b"a draft's notes", "notes.txt")
    write(full, title="Secret", body=f"[x]({unseen})", published=False)
    archive = take_out(full, drafts=False)
    kept = [name for name in archive.names if not name.startswith("media/")]
    assert kept == [
        "_posts/2026-03-01-flask-学习.md",
        "_posts/2026-03-01-changed.md",
        "pages/about.md",
    ]
    assert [name[-5:] for name in archive.names if name.startswith("media/")] == ["图.png"]
    assert [tag["slug"] for tag in archive.yaml("tags.yaml")] == ["flask", "学习"]


def test_redirect_to_a_draft_stays_with_the_draft(full):
    draft = write(full, title="Unpublished", then=withdraw)
    add_redirect(full, "/was-here", post_id=draft)
    assert "/was-here" in take_out(full).text("redirects.csv")
    assert take_out(full, drafts=False).text("redirects.csv").splitlines() == [
        "path,target,status",
        "/old.html,/page/flask-学习/,301",
        "/away,https://example.org/,302",
    ]


def withdraw(post, work):
    unpublish(post, version=None, work=work)


def test_without_media_no_file_goes_out(full):
    assert [name for name in take_out(full, media=False).names if "media/" in name] == []


def test_site_taxonomy_and_authors_have_files_of_their_own(full):
    with full.database.writing() as session:
        work = work_of(session)
        save_site(replace(load_site(session), title="晨报", timezone="Asia/Shanghai"), work=work)
        session.get(User, 2).bio = "Edits."
        session.query(Tag).filter_by(slug="flask").one().description = "A micro framework."
        session.commit()
    archive = take_out(full)
    assert archive.yaml("_config.yml")["title"] == "晨报"
    with full.database.reading() as session:
        site = asdict(load_site(session))
    listed = {key: list(value) for key, value in site.items() if isinstance(value, tuple)}
    assert (site["title"], site["timezone"]) == ("晨报", "Asia/Shanghai")
    assert archive.yaml("site.yaml") == site | listed | {"url": "", "exported_at": NOON}
    assert archive.yaml("categories.yaml") == [
        {"path": "internship", "name": "Internship", "description": ""}
    ]
    assert archive.yaml("tags.yaml")[0] == {
        "slug": "flask",
        "name": "flask",
        "description": "A micro framework.",
    }
    assert archive.yaml("authors.yaml") == [{"slug": "ben", "name": "Ben", "bio": "Edits."}]
    assert "date: 2026-03-01 20:00:00+08:00\n" in archive.text("_posts/2026-03-01-flask-学习.md")


def test_nothing_private_goes_out(full):
    with full.database.writing() as session:
        create_user(
            email="canary@example.org",
            name="Canary",
            role="reader",
            password=PASSWORD,
            work=work_of(session),
        )
        session.commit()
    archive = take_out(full)
    everything = "".join(
        archive.text(name) for name in archive.zip.namelist() if not name.startswith("media/")
    )
    private = ("example.org>", "@example.org", "argon2", "Canary", "Gone", "canary")
    assert [word for word in private if word in everything] == []


def test_missing_file_is_named_and_the_rest_goes_out(full):
    lost = store(full, b"soon lost", "lost.txt")
    write(full, title="Sad", body=f"[x]({lost}), [again]({lost}).")
    (full.settings.instance / lost[1:]).unlink()
    archive = take_out(full)
    assert archive.report.missing == [f"_posts/2026-03-01-sad.md: {lost}"]
    assert f"Missing (1):\n  _posts/2026-03-01-sad.md: {lost}\n" in archive.text("REPORT.txt")
    assert len(archive.names) == 9


def test_file_that_cannot_be_read_is_named(full, monkeypatch):
    broken = store(full, b"{}", "broken.json")
    opens = Path.open

    def fail(path, *given, **options):
        if path.name == "broken.json":
            raise OSError(5, "Input/output error")
        return opens(path, *given, **options)

    monkeypatch.setattr(Path, "open", fail)
    archive = take_out(full)
    assert archive.report.missing == [f"{broken[1:]}: Input/output error"]
    assert archive.report.counts["media"] == 1


def test_only_plain_files_are_media(full):
    folder = full.settings.instance / "media"
    (folder / "link.txt").symlink_to("/etc/hostname")
    (folder / ".half-written").write_bytes(b"half")
    mkfifo(folder / "pipe")
    (folder / fsdecode(b"\xff.txt")).write_bytes(b"no name")
    archive = take_out(full)
    assert [name for name in archive.names if name.startswith("media/")] == archive.names[-1:]
    assert archive.report.missing == [r"'media/\udcff.txt': its name cannot stand in an archive"]


def test_empty_site_is_a_whole_archive(any_runtime):
    archive = take_out(any_runtime)
    assert archive.zip.namelist() == SITE_FILES
    assert archive.yaml("authors.yaml") == []
    assert archive.text("redirects.csv") == "path,target,status\n"
    assert archive.report.counts == {}


def test_expired_post_is_not_published_by_an_import(any_runtime):
    number = write(any_runtime, title="Sale")
    with any_runtime.database.writing() as session:
        session.get(Post, number).expires_at = at("2026-03-01T11:00+00:00")
        session.commit()
    fields = take_out(any_runtime).fields("_posts/2026-03-01-sale.md")
    assert (fields["status"], fields["published"]) == ("expired", False)
    assert take_out(any_runtime, drafts=False).names == []
