from sqlalchemy import select

from shared.models import Tag


def names(runtime):
    with runtime.database.reading() as session:
        return session.scalars(select(Tag.name)).all()


def test_form_without_token_is_refused_and_keeps_what_was_typed(as_, runtime):
    ann = as_("Ann")
    answer = ann.send("/tags/new/", {"name": "Typed <once>", "csrf_token": "stale"})

    assert answer.status == 400
    assert names(runtime) == []
    assert "This form could not be verified, so nothing was saved" in answer.page.text
    form = next(form for form in answer.page.forms if form.action == "/tags/new/")
    assert form.fields["name"] == "Typed <once>"

    assert ann.send(form.action, form.fields).status == 303
    assert names(runtime) == ["Typed <once>"]


def test_form_of_another_origin_is_refused_and_not_offered_again(as_, runtime):
    ann = as_("Ann")
    answer = ann.send("/tags/new/", {"name": "Theirs"}, headers={"Origin": "https://evil.example"})

    assert answer.status == 400
    assert "Theirs" not in answer.page.html
    assert names(runtime) == []


def test_token_of_another_person_is_refused(as_):
    ann, ben = as_("Ann"), as_("Ben")

    assert ann.send("/tags/new/", {"name": "x", "csrf_token": ben.token()}).status == 400


def test_token_lasts_as_long_as_the_session(as_, clock, runtime):
    ann = as_("Ann")
    form = ann.get("/tags/new/").page.form
    for _ in range(20):
        clock.forward(minutes=100)
        ann.get("/profile/")

    assert ann.send("/tags/new/", form.filled(name="Overnight")).status == 303
    assert names(runtime) == ["Overnight"]


def test_every_form_that_posts_carries_a_token(as_):
    ann = as_("Ann")
    for path in ("/", "/page/", "/tags/new/", "/users/edit/2/", "/profile/", "/profile/sessions/"):
        forms = [
            form
            for form in ann.get(path).page.forms
            if form.attributes.get("method") == "post" and form.action != "/login/"
        ]
        assert forms, path
        assert all(form.fields.get("csrf_token") for form in forms), path
