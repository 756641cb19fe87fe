"""Checks while one writes, in the console, by `flask lint` and in the API."""

from tests.admin.content import write

BARE = "Text\n\n![](/media/none.png)"


def check(browser, fields, query="kind=post"):
    sent = {"csrf_token": browser.token(), **fields}
    return browser.send(f"/page/check/?{query}", sent).response.get_json()["findings"]


def test_posted_text_is_checked_without_being_stored(ben):
    found = check(ben, {"title": "Morning", "body": BARE})

    assert found == [
        {
            "rule": "image-alt",
            "level": "warning",
            "word": "Warning",
            "message": "The image /media/none.png has no alternative text.",
            "line": 3,
            "field": "body",
        },
        {
            "rule": "broken-link",
            "level": "warning",
            "word": "Warning",
            "message": "/media/none.png leads nowhere.",
            "line": 3,
            "field": "body",
        },
    ]


def test_text_is_not_compared_with_itself(ben, runtime):
    number = write(runtime, title="Morning")

    assert check(ben, {"title": "Morning"}, f"kind=post&id={number}") == []
    assert [item["rule"] for item in check(ben, {"title": "Morning"})] == ["duplicate-title"]
