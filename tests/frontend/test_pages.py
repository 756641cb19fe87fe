import pytest


def test_show_finds_nested_pages(visit, write):
    write(kind="page", title="About", slug="about", body="# Us\n\nWe write.")
    write(kind="page", title="People", slug="about/people", body="All of us.")
    assert visit("/about/").texts("h1") == ["About"]
    assert visit("/about/").texts("div[@class='prose']/h2") == ["Us"]
    assert visit("/about/people/").texts("div[@class='prose']/p") == ["All of us."]


def test_pages_at_the_top_stand_in_the_menu(visit, write):
    for slug in ("uses", "about", "about/people"):
        write(kind="page", title=slug.title(), slug=slug)
    write(kind="page", title="Draft", slug="draft", published=False)
    assert visit("/").texts("nav[@class='menu']//a") == [
        "Archive",
        "Topics",
        "About",
        "Uses",
        "Search",
    ]


def test_pages_are_in_no_list_of_posts(visit, write):
    write(kind="page", title="About", slug="about", tags=("here",))
    write(title="A post", tags=("here",))
    for path in ("/", "/list/here/", "/archive/"):
        assert visit(path).titles == ["A post"]


def test_a_page_describes_itself(visit, write):
    write(kind="page", title="About", slug="about")
    document = visit("/about/").data[0]
    assert (document["@type"], document["url"]) == ("WebPage", "http://localhost/about/")


@pytest.mark.parametrize(
    "path", ["/nothing/", "/page/", "/about/nobody/", "/category/", "/a/b/c/d/e/f/"]
)
def test_everything_else_is_missing(visit, write, path):
    write(kind="page", slug="about")
    assert visit(path, 404).texts("h1") == ["There is nothing here"]
