"""Tags and categories."""

import pytest

from tests.admin.content import add_category, write
from tests.admin.lists import read_list


@pytest.fixture
def ben(as_):
    return as_("Ben")


def make(browser, name, parent=""):
    form = browser.get("/categories/new/").page.form
    return browser.send("/categories/new/", form.filled(name=name, parent=parent))


def tree(browser):
    rows = read_list(browser, "/categories/").rows
    return [(row["Name"], row["Address"]) for row in rows]


def test_categories_are_listed_as_a_tree(ben):
    for name, parent in (("Life", ""), ("Engineering", ""), ("Flask", "2"), ("实习", "1")):
        assert make(ben, name, parent).status == 303

    assert tree(ben) == [
        ("Engineering", "engineering"),
        ("Flask", "engineering/flask"),
        ("Life", "life"),
        ("实习", "life/实习"),
    ]
    assert ">\u2003Flask</a>" in ben.get("/categories/").page.html


def test_moving_a_category_takes_what_is_below_along(ben):
    for name, parent in (("Life", ""), ("Work", ""), ("Flask", "2"), ("Views", "3")):
        make(ben, name, parent)
    form = ben.get("/categories/edit/3/").page.form
    assert form.fields["parent"] == "2"
    ben.send("/categories/edit/3/", form.filled(parent="1"))

    assert tree(ben) == [
        ("Life", "life"),
        ("Flask", "life/flask"),
        ("Views", "life/flask/views"),
        ("Work", "work"),
    ]


def test_category_cannot_stand_below_itself(ben):
    make(ben, "Life")
    make(ben, "Flask", "1")
    form = ben.get("/categories/edit/1/").page.form
    answer = ben.send("/categories/edit/1/", form.filled(parent="2"))

    assert answer.status == 422
    assert "A category cannot stand below itself." in answer.page.text
    assert answer.page.form.fields["parent"] == "2"
    assert tree(ben) == [("Life", "life"), ("Flask", "life/flask")]


def test_parent_that_is_not_offered_is_refused(ben):
    answer = make(ben, "Life", "99")

    assert answer.status == 422
    assert "Choose one of the list." in answer.page.text


def test_category_with_children_stays(ben):
    make(ben, "Life")
    make(ben, "Flask", "1")
    answer = ben.send("/categories/delete/1/", ben.get("/categories/delete/1/").page.form.fields)

    assert answer.location == "/categories/edit/1/"
    assert "Move or delete the categories below it first: Flask." in ben.get("/").page.text
    assert len(tree(ben)) == 2


def test_posts_are_counted_and_the_count_leads_to_them(ben, runtime):
    life, work = add_category(runtime, "Life"), add_category(runtime, "Work")
    for number in range(3):
        write(runtime, title=f"P{number}", tags=("学习",), categories=(life,))
    write(runtime, tags=("flask", "学习"), published=False)

    tags = read_list(ben, "/tags/")
    assert {row["Name"]: row["Posts"] for row in tags.rows} == {"flask": "1", "学习": "4"}
    assert 'href="/page/?tag=%E5%AD%A6%E4%B9%A0"' in tags.html
    categories = read_list(ben, "/categories/")
    assert {row["Name"]: row["Posts"] for row in categories.rows} == {"Life": "3", "Work": "0"}
    assert f'href="/page/?category={life}"' in categories.html
    assert f'href="/page/?category={work}"' not in categories.html
