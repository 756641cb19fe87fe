"""The history's pages: kinds, sizes, names, one field, side by side, and letting go."""

from datetime import timedelta

from shared.domain.posts import save_post
from tests.admin.content import change, read, write
from tests.admin.signing_in import enter
from tests.cast import make_content


def two_versions(runtime):
    post = write(runtime, title="Old", body="早上很安静。\n\nSame.")
    newer = make_content(title="New", body="早上不安静。\n\nSame.")
    change(runtime, post, save_post, content=newer, version=None)
    return post


def form_to(page, end):
    return next(form for form in page.forms if form.action.endswith(end))


def test_list_tells_sizes_and_kinds(runtime, ben):
    post = two_versions(runtime)
    change(
        runtime,
        post,
        save_post,
        content=make_content(title="New", body="x"),
        version=None,
        autosave=True,
    )
    text = ben.get(f"/page/edit/{post}/revisions/").page.text

    assert "13 characters (+13)" in text
    assert "13 characters (+0)" in text
    assert "1 character (-12)" in text
    listed = ben.get(f"/page/edit/{post}/revisions/?kind=published").page.html
    assert [n for n in (1, 2, 3) if f"/revisions/{n}/" in listed] == [1]
    listed = ben.get(f"/page/edit/{post}/revisions/?kind=autosave").page.html
    assert [n for n in (1, 2, 3) if f"/revisions/{n}/" in listed] == [3]


def test_side_by_side_marks_single_chinese_characters(runtime, ben):
    post = two_versions(runtime)
    html = ben.get(f"/page/edit/{post}/revisions/2/?against=1&view=side").page.html

    assert 'class="diff diff-pairs"' in html
    assert "早上<del>很</del>安静" in html
    assert "早上<ins>不</ins>安静" in html
    assert "diff-pairs" not in ben.get(f"/page/edit/{post}/revisions/2/").page.html


def test_one_field_is_taken_and_can_be_undone(runtime, ben):
    post = two_versions(runtime)
    page = ben.get(f"/page/edit/{post}/revisions/1/").page
    forms = [form for form in page.forms if form.action.endswith("/restore/")]
    place = ben.send(forms[-1].action, forms[-1].filled(field="title")).location
    assert (read(runtime, post).saved.title, read(runtime, post).saved.body[:3]) == (
        "Old",
        "早上不",
    )
    page = ben.get(place).page
    assert "Title is as in revision 1 again." in page.text
    undo = next(form for form in page.forms if "/undo/" in form.action)
    ben.send(undo.action, undo.fields)
    assert read(runtime, post).saved.title == "New"


def test_text_that_is_taken_is_called_as_the_list_calls_it(runtime, ben):
    post = two_versions(runtime)
    page = ben.get(f"/page/edit/{post}/revisions/1/").page
    form = [form for form in page.forms if form.action.endswith("/restore/")][-1]
    place = ben.send(form.action, form.filled(field="body")).location
    assert "Text is as in revision 1 again." in ben.get(place).page.text


def test_name_is_given_and_taken_away(runtime, ben):
    post = two_versions(runtime)
    path = f"/page/edit/{post}/revisions/1/"
    form = form_to(ben.get(path).page, "/name/")
    ben.send(form.action, form.filled(name="First draft"))
    assert "First draft" in ben.get(f"/page/edit/{post}/revisions/?kind=named").page.text
    ben.send(form.action, form.filled(name=""))
    assert "First draft" not in ben.get(path).page.text


def test_old_versions_are_shown_before_they_go(runtime, as_, clock):
    post = write(runtime, published=False)
    for _ in range(3):
        clock.forward(hours=1)
        change(runtime, post, save_post, content=make_content(body=str(clock())), version=None)
    clock.at += timedelta(days=100)
    ann = enter(as_("Ann").client.application, "Ann")
    assert "/revisions/prune/" in ann.get("/settings/writing/").page.html
    page = ann.get("/revisions/prune/").page
    assert "2 versions of 4 would go" in page.text
    form = form_to(page, "/revisions/prune/")
    ann.send(form.action, form.fields)

    assert read(runtime, post).revisions == 2
    assert "There is nothing to let go of." in ann.get("/revisions/prune/").page.text
