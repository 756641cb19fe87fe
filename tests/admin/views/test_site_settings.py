import pytest

from shared.domain.site import Site, load_site

FILLED = {
    "title": "The Hinge",
    "tagline": "Three panels",
    "description": "On <writing>",
    "language": "zh-Hans",
    "timezone": "Europe/Zurich",
    "posts_per_page": "7",
}


def stored(runtime):
    with runtime.database.reading() as session:
        return load_site(session)


def send(browser, **changed):
    form = browser.get("/settings/").page.form
    return browser.send("/settings/", form.filled(**changed))


def test_settings_are_saved(as_, runtime):
    ann = as_("Ann")
    answer = send(ann, **FILLED)

    assert (answer.status, answer.location) == (303, "/settings/")
    assert stored(runtime) == Site(**FILLED | {"posts_per_page": 7})
    fields = ann.get("/settings/").page.form.fields
    assert {name: fields[name] for name in FILLED} == FILLED


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("title", "", "Give the site a title."),
        ("timezone", "Mars/Olympus", "Choose a zone of the IANA list"),
        ("posts_per_page", "0", "Give a number from 1 to 100."),
        ("posts_per_page", "many", "Not a valid integer value."),
        ("language", "xx", "Not a valid choice"),
    ],
)
def test_refused_setting_says_why_and_keeps_the_rest(as_, runtime, name, value, said):
    answer = send(as_("Ann"), **FILLED | {name: value})

    assert answer.status == 422
    assert said in answer.page.text
    assert answer.page.form.fields["tagline"] == "Three panels"
    assert stored(runtime) == Site()


def test_zones_are_offered(as_):
    html = as_("Ann").get("/settings/").page.html

    assert 'list="zones"' in html
    assert '<option value="Asia/Shanghai"></option>' in html


def test_two_owners_keep_what_the_other_changed(as_, runtime):
    first, second = as_("Ann"), as_("Ann")
    opened = second.get("/settings/").page.form
    send(first, title="The Hinge")
    answer = second.send("/settings/", opened.filled(tagline="Three panels"))

    assert answer.status == 303
    assert (stored(runtime).title, stored(runtime).tagline) == ("The Hinge", "Three panels")


def test_setting_that_both_changed_is_named_and_saved_when_meant(as_, runtime):
    first, second = as_("Ann"), as_("Ann")
    opened = second.get("/settings/").page.form
    send(first, title="The Hinge")
    answer = second.send("/settings/", opened.filled(title="The Panel"))

    assert answer.status == 422
    assert "Someone set this to “The Hinge” in the meantime." in answer.page.text
    assert answer.page.form.fields["title"] == "The Panel"
    assert second.send("/settings/", answer.page.form.filled()).status == 303
    assert stored(runtime).title == "The Panel"
