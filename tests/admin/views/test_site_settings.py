import pytest

from shared.domain.site import Site, load_site

FILLED = {
    "title": "The Hinge",
    "tagline": "Three panels",
    "description": "On <writing>",
    "language": "zh-Hans",
    "timezone": "Europe/Zurich",
}


def stored(runtime):
    with runtime.database.reading() as session:
        return load_site(session)


def send(browser, path="/settings/", **changed):
    form = browser.get(path).page.form
    return browser.send(path, form.filled(**changed))


def test_settings_are_saved(as_, runtime):
    ann = as_("Ann")
    answer = send(ann, **FILLED)

    assert (answer.status, answer.location) == (303, "/settings/")
    assert stored(runtime) == Site(**FILLED)
    fields = ann.get("/settings/").page.form.fields
    assert {name: fields[name] for name in FILLED} == FILLED


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("title", "", "Give 1 to 100 characters."),
        ("timezone", "Mars/Olympus", "Choose a zone of the IANA list"),
        ("language", "xx", "Not a valid choice"),
    ],
)
def test_refused_setting_says_why_and_keeps_the_rest(as_, runtime, name, value, said):
    answer = send(as_("Ann"), **FILLED | {name: value})

    assert answer.status == 422
    assert said in answer.page.text
    assert answer.page.form.fields["tagline"] == "Three panels"
    assert stored(runtime) == Site()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0", "Give a number from 1 to 100."),
        ("many", "Not a valid integer value."),
        ("", "Give a number from 1 to 100."),
    ],
)
def test_refused_number_of_another_group_says_why(as_, runtime, value, said):
    answer = send(as_("Ann"), "/settings/reading/", posts_per_page=value)

    assert (answer.status, stored(runtime)) == (422, Site())
    assert said in answer.page.text


def test_each_group_saves_its_own_settings_only(as_, runtime):
    ann = as_("Ann")
    send(ann, **FILLED)
    answer = send(ann, "/settings/reading/", posts_per_page="7")

    assert answer.status == 303
    assert stored(runtime) == Site(**FILLED, posts_per_page=7)


def test_unknown_group_is_not_found(as_):
    answer = as_("Ann").get("/settings/weather/")

    assert (answer.status, "There are no such settings." in answer.page.text) == (404, True)


def test_history_tells_what_was_and_puts_it_back(as_, runtime):
    ann = as_("Ann")
    send(ann, title="The Hinge")
    send(ann, title="The Panel")
    page = ann.get("/settings/history/").page
    assert "The Hinge → The Panel" in " ".join(page.text.split())

    forms = [form for form in page.forms if "/settings/history/" in form.action]
    answer = ann.send(forms[0].action, forms[0].filled())

    assert (answer.status, answer.location) == (303, "/settings/history/")
    assert stored(runtime).title == "The Hinge"
    assert "Title is “The Hinge” again." in ann.get("/settings/history/").page.text


def test_change_that_never_was_cannot_be_put_back(as_, runtime):
    ann = as_("Ann")
    form = ann.get("/settings/").page.form
    answer = ann.send("/settings/history/1/title/", {"csrf_token": form.fields["csrf_token"]})

    assert (answer.status, stored(runtime)) == (404, Site())


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
