from zoneinfo import ZoneInfo

import pytest

from admin.transfer.jekyll.config import Config, load_config
from admin.transfer.report import TransferError
from tests.admin.transfer.imports import put


def test_folder_without_config_has_jekylls_defaults(tmp_path):
    config = load_config(tmp_path)
    assert (config.url, config.base, config.zone, config.permalink, config.pretty) == (
        "",
        "",
        None,
        "/:categories/:year/:month/:day/:title:output_ext",
        False,
    )


def test_config_is_read(tmp_path):
    put(
        tmp_path,
        "_config.yml",
        """
        url: https://example.org/
        baseurl: blog/
        timezone: Asia/Shanghai
        permalink: pretty
        twitter: {username: ann}
        show: true
        count: 3
        list: [1]
        """,
    )
    config = load_config(tmp_path)
    assert (config.url, config.base, config.zone) == (
        "https://example.org",
        "/blog",
        ZoneInfo("Asia/Shanghai"),
    )
    names = ("twitter.username", "show", "count", "list", "gone", "twitter.gone.x")
    assert [config.find(name) for name in names] == ["ann", "true", "3", None, None, None]
    assert config.pretty


def test_address_that_the_config_leaves_out_is_empty_in_text():
    assert [Config().find("url"), Config().find("baseurl")] == ["", ""]


def test_defaults_of_the_deepest_scope_win():
    rules = [
        {"scope": {"path": "_posts/team"}, "values": {"author": "Team"}},
        {"scope": {"path": "", "type": "posts"}, "values": {"author": "All", "layout": "post"}},
        {"scope": {"path": "_posts", "type": "pages"}, "values": {"author": "Nobody"}},
        {"scope": "odd"},
        "odd",
    ]
    config = Config({"defaults": rules})
    assert config.defaults("_posts/team/x.md", "posts") == {"author": "Team", "layout": "post"}
    assert config.defaults("_posts/teams/x.md", "posts") == {"author": "All", "layout": "post"}
    assert config.defaults("about.md", "pages") == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("timezone: Mars/Base", "_config.yml: timezone 'Mars/Base' is not known"),
        ("- a list", "_config.yml holds no settings"),
        ("a: [", "_config.yml cannot be read: while parsing"),
        (b"\xff\xfe", "_config.yml cannot be read: 'utf-8'"),
    ],
)
def test_config_that_cannot_be_read_stops_the_import(tmp_path, content, message):
    put(tmp_path, "_config.yml", content)
    with pytest.raises(TransferError) as error:
        load_config(tmp_path)
    assert str(error.value).startswith(message)
