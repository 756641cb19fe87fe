"""The site's menus: those that were made, and what of them is not public."""

from dataclasses import replace

import pytest

from shared.domain.menu_options import MenuItem
from shared.domain.posts import get_post, publish, save_post, unpublish
from shared.domain.site import load_site, save_site
from shared.domain.taxonomy import ensure_category
from tests.cast import make_content, work_of


@pytest.fixture
def arrange(runtime):
    def arrange_(**menus):
        with runtime.database.writing() as session:
            work = work_of(session)
            save_site(replace(load_site(session), **menus), work=work)
            session.commit()

    return arrange_


def top(page):
    where = "nav[@class='menu']//a"
    return list(zip(page.texts(where), page.links(where), strict=True))


def test_made_menu_stands_in_the_place_of_the_automatic_one(visit, write, arrange, runtime):
    about = write(kind="page", title="About", slug="about")
    post = write(title="Welcome")
    with runtime.database.writing() as session:
        news = ensure_category(["News"], work=work_of(session)).id
        session.commit()
    below = (MenuItem(target=f"post:{post.id}"), MenuItem(target=f"category:{news}", label="新闻"))
    arrange(
        menu_header=(
            MenuItem(target="home"),
            MenuItem(target=f"post:{about.id}", label="Us", children=below),
            MenuItem(target="https://example.org/?a=1&b=2", label="Friends"),
        ),
        menu_footer=(MenuItem(target="archive"),),
    )
    page = visit("/")

    assert top(page) == [
        ("Home", "/"),
        ("Us", "/about/"),
        ("Welcome", "/page/welcome/"),
        ("新闻", "/category/news/"),
        ("Friends", "https://example.org/?a=1&b=2"),
    ]
    assert page.texts("nav[@class='menu']//summary") == ["Us"]
    assert page.texts("footer//a")[-1] == "Archive"


def test_menu_follows_what_it_leads_to(visit, write, arrange, runtime):
    about = write(kind="page", title="About", slug="about")
    arrange(menu_header=(MenuItem(target=f"post:{about.id}"), MenuItem(target="post:99")))
    write(title="Elsewhere")
    assert top(visit("/page/elsewhere/")) == [("About", "/about/")]

    with runtime.database.writing() as session:
        work = work_of(session)
        page = get_post(session, about.id)
        unpublish(page, version=None, work=work)
        session.commit()
    assert top(visit("/page/elsewhere/")) == []


def test_changed_address_of_a_page_is_in_the_menu_of_a_kept_page(visit, write, arrange, runtime):
    about = write(kind="page", title="About", slug="about")
    arrange(menu_header=(MenuItem(target=f"post:{about.id}"),))
    assert top(visit("/archive/")) == [("About", "/about/")]
    with runtime.database.writing() as session:
        work = work_of(session)
        page = get_post(session, about.id)
        save_post(page, make_content(title="Us", slug="us"), version=None, work=work)
        publish(page, version=None, work=work)
        session.commit()
    assert top(visit("/archive/")) == [("Us", "/us/")]
