def test_show_lists_an_authors_posts(visit, write, people):
    write(title="By Cy", author_id=people.cy.id)
    write(title="By Ann", author_id=people.ann.id)
    page = visit("/author/cy/")
    assert (page.texts("h1"), page.titles) == (["Cy"], ["By Cy"])
    assert page.meta("description") == ["Posts by Cy"]
    assert page.meta("og:type") == ["profile"]


def test_who_has_published_nothing_has_no_page(visit, write, people):
    write(title="Draft", author_id=people.cy.id, published=False)
    assert visit("/author/cy/", 404).titles == visit("/author/nobody/", 404).titles == []


def test_show_in_another_case_leads_to_the_slug(client, write, people):
    write(author_id=people.cy.id)
    assert client.get("/author/Cy/").location == "/author/cy/"


def test_a_byline_without_an_account_is_no_link(visit, write):
    write(slug="guest", byline="A. Guest")
    page = visit("/page/guest/")
    assert page.texts("p[@class='about']/span")[0] == "A. Guest"
    assert page.all("p[@class='about']/a") == []
