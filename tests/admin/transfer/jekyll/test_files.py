import pytest

from admin.transfer.jekyll.config import Config
from admin.transfer.jekyll.files import find_files
from admin.transfer.report import Report
from tests.admin.transfer.imports import put, told


def find(folder, **config):
    report = Report("")
    found = find_files(folder, Config(config), report)
    return [(item.path, item.kind, item.date, item.name) for item in found], told(report, "skipped")


def test_files_of_a_site_are_told_apart(tmp_path):
    for path in (
        "_config.yml",
        "_posts/2019-01-08-flask学习.md",
        "_posts/deep/2019-1-9-b.markdown",
        "_drafts/idea.md",
        "about.md",
        "docs/index.md",
        "_site/2019-01-08-x.md",
        "_layouts/post.html",
        ".git/x.md",
        "node_modules/a/README.md",
        "img/a.png",
        "_posts/a.png",
    ):
        put(tmp_path, path, "x")

    assert find(tmp_path) == (
        [
            ("_drafts/idea.md", "draft", "", "idea"),
            ("_posts/2019-01-08-flask学习.md", "post", "2019-01-08", "flask学习"),
            ("_posts/deep/2019-1-9-b.markdown", "post", "2019-1-9", "b"),
            ("about.md", "page", "", "about"),
            ("docs/index.md", "page", "", "index"),
        ],
        [],
    )


def test_dated_files_of_a_plain_folder_are_posts(tmp_path):
    put(tmp_path, "2019-01-08-a.md", "x")
    put(tmp_path, "notes.md", "x")
    assert find(tmp_path) == (
        [("2019-01-08-a.md", "post", "2019-01-08", "a")],
        ["notes.md its name does not begin with a date such as 2019-01-08-"],
    )


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("_posts/hello.md", "its name does not begin with a date such as 2019-01-08-"),
        ("_posts/2019-01-08-a.html", "is not Markdown"),
        ("_drafts/a.textile", "is not Markdown"),
        ("_docs/a.md", "belongs to the collection _docs, not to the posts"),
    ],
)
def test_file_that_does_not_come_in_is_named_with_the_reason(tmp_path, path, reason):
    put(tmp_path, "_config.yml", "x: y")
    put(tmp_path, path, "x")
    assert find(tmp_path) == ([], [f"{path} {reason}"])


def test_files_that_the_site_excludes_are_no_part_of_it(tmp_path):
    for path in ("_config.yml", "readme.md", "drafts/a.md", "about.md"):
        put(tmp_path, path, "x")
    found, skipped = find(tmp_path, exclude=["readme.md", "drafts/"])
    assert ([path for path, *_ in found], skipped) == (["about.md"], [])


def test_link_out_of_the_folder_is_not_followed(tmp_path):
    put(tmp_path, "secret.md", "x")
    put(tmp_path, "site/_posts/2019-01-08-a.md", "x")
    (tmp_path / "site/_posts/2019-01-09-b.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "site/_posts/2019-01-10-c.md").symlink_to(tmp_path / "gone.md")
    found, skipped = find(tmp_path / "site")
    assert [path for path, *_ in found] == ["_posts/2019-01-08-a.md"]
    assert skipped == [
        "_posts/2019-01-09-b.md leads out of the folder",
        "_posts/2019-01-10-c.md leads out of the folder",
    ]


def test_file_too_large_to_be_a_post_is_named(tmp_path):
    put(tmp_path, "_posts/2019-01-08-a.md", b"x" * 2_000_001)
    assert find(tmp_path) == ([], ["_posts/2019-01-08-a.md has more than 2,000,000 bytes"])
