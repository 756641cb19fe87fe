import pytest

from admin.transfer.jekyll.config import Config
from admin.transfer.jekyll.entries import Entry, Unreadable, read_entry
from admin.transfer.jekyll.files import find_files
from admin.transfer.report import Report
from tests.admin.transfer.imports import post, put


def read(tmp_path, content: str | bytes, path: str = "_posts/2019-01-08-a-name.md", **config):
    put(tmp_path, path, content)
    [found] = find_files(tmp_path, Config(config), Report(""))
    return read_entry(tmp_path, found, Config(config))


def test_file_name_fills_in_what_the_front_matter_leaves_out(tmp_path):
    entry = read(tmp_path, "---\n---\n\nText.\n")
    assert isinstance(entry, Entry)
    assert (entry.title, entry.name, entry.at.isoformat(), entry.body, entry.first_line) == (
        "A Name",
        "a-name",
        "2019-01-08T00:00:00+00:00",
        "Text.\n",
        4,
    )
    assert (entry.address, entry.source) == (
        "/2019/01/08/a-name.html",
        "jekyll:_posts/2019-01-08-a-name.md",
    )


@pytest.mark.parametrize(
    ("front", "field", "value"),
    [
        ("tag: 实习", "tags", ("实习",)),
        ("tag: two words", "tags", ("two words",)),
        ("tags: two words", "tags", ("two", "words")),
        ("tags: one word, another", "tags", ("one word", "another")),
        ("tags: [a, 2019, a, null]", "tags", ("a", "2019")),
        ("tags:", "tags", ()),
        ("category: Web\ncategories: [Py, Web]", "categories", ("Web", "Py")),
        ("author: ann", "authors", ("ann",)),
        ("author: {name: Ann, url: x}", "authors", ("Ann",)),
        ("authors: [ann, {name: Ben}]", "authors", ("ann", "Ben")),
        ("description: |\n  Two\n  lines", "summary", "Two lines"),
        ("excerpt: Short", "summary", "Short"),
        ("lang: zh_CN", "language", "zh-CN"),
        ("published: false", "draft", True),
        ("permalink: /own/", "address", "/own/"),
        ("permalink: own.html", "address", "/own.html"),
        ("redirect_from: /old", "others", ("/old",)),
        ("redirect_from: [/old, /older/]", "others", ("/old", "/older/")),
        ("slug: other", "name", "other"),
        ("title: 2019", "title", "2019"),
    ],
)
def test_front_matter_is_made_sense_of(tmp_path, front, field, value):
    assert getattr(read(tmp_path, f"---\n{front}\n---\n"), field) == value


def test_front_matter_that_no_field_takes_is_kept_as_json(tmp_path):
    entry = read(
        tmp_path,
        "---\nlayout: post\nversion: 1.0\nwhen: 2019-01-08\nn: .nan\nnested: {a: [1, !!set {x}]}\n"
        "description: D\nexcerpt: E\n---\n",
    )
    assert entry.meta == {
        "layout": "post",
        "version": 1.0,
        "when": "2019-01-08",
        "n": "nan",
        "nested": {"a": [1, ["x"]]},
        "excerpt": "E",
    }


def test_folders_above_posts_are_categories(tmp_path):
    entry = read(tmp_path, post(), "web/py/_posts/sub/2019-01-08-a.md")
    assert (entry.categories, entry.address) == (("web", "py"), "/web/py/2019/01/08/a.html")


def test_defaults_of_the_site_fill_in_what_they_may(tmp_path):
    rule = {"scope": {"path": ""}, "values": {"author": "All", "image": "/x.png", "tags": ["t"]}}
    entry = read(tmp_path, post(author="own"), defaults=[rule])
    assert (entry.authors, entry.tags, entry.meta) == (("own",), ("t",), {})


def test_draft_has_no_address(tmp_path):
    entry = read(tmp_path, post(), "_drafts/idea.md")
    assert (entry.draft, entry.at, entry.address, entry.kind) == (True, None, "", "post")


@pytest.mark.parametrize(
    "content", ["\ufeff---\ntitle: T\n---\nText.\n", "---\r\ntitle: T\r\n---\r\nText.\r\n"]
)
def test_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path, content):
    entry = read(tmp_path, content.encode())
    assert (entry.title, entry.body, entry.first_line) == ("T", "Text.\n", 4)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("---\ntitle: [\n---\n", 3, "expected the node content, but found '<stream end>'"),
        ("---\na: &x 1\nb: *x\n---\n", 3, "aliases are not allowed"),
        ("---\n- a\n---\n", 2, "front matter must be fields with values"),
        ("---\ndate: someday\n---\n", 0, "“someday” is no date such as 2019-01-08 09:30:00 +0100"),
        ("Just text.\n", 0, "has no front matter, so Jekyll takes it for no post"),
        (b"---\ntitle: ok\n---\n\xb5\xb6", 4, "is not UTF-8"),
    ],
)
def test_file_that_cannot_be_read_is_named_with_its_line(tmp_path, content, line, reason):
    with pytest.raises(Unreadable) as error:
        read(tmp_path, content)
    assert (error.value.line, str(error.value)) == (line, reason)


def test_page_without_front_matter_is_none_of_the_site(tmp_path):
    put(tmp_path, "_config.yml", "title: x")
    assert read(tmp_path, "# Read me\n", "README.md") is None
