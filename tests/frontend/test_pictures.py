"""Pictures of the library are shown in forms, at their size, by the address of their bytes."""

import pytest

from shared.domain.media import replace_media, trash_media, upload
from shared.domain.trash import list_trash, restore_trashed
from shared.jobs import Worker
from shared.models import Media
from tests.cast import work_of
from tests.pictures import make_picture


@pytest.fixture
def act(runtime):
    """Do something to a file and commit."""

    def act_(verb):
        with runtime.database.writing() as session:
            found = verb(work_of(session))
            session.commit()
            return found

    return act_


@pytest.fixture
def media(runtime, act):
    picture = make_picture("jpeg", (700, 350))
    instance = runtime.settings.instance
    return act(lambda work: upload(picture, "门.jpg", instance=instance, work=work).media)


def test_picture_has_its_size_at_once_and_its_forms_when_they_are_made(
    media, runtime, write, visit
):
    write(title="Gate", slug="gate", body=f"Look:\n\n![A gate]({media.path})")

    image = visit("/page/gate/").one("article//img")
    assert (image.get("alt"), image.get("loading")) == ("A gate", "lazy")
    assert (image.get("width"), image.get("height")) == ("700", "350")
    assert image.get("src") not in {media.path, None}

    Worker(runtime).do_all()

    page = visit("/page/gate/")
    assert [item.get("type") for item in page.all("picture/source")] == ["image/avif", "image/webp"]
    listed = page.all("picture/source")[1].get("srcset").split(", ")
    assert [item.split()[1] for item in listed] == ["320w", "640w", "700w"]


def test_form_is_served_for_good(media, runtime, write, visit, client):
    write(title="Gate", slug="gate", body=f"![A gate]({media.path})")
    Worker(runtime).do_all()
    form = visit("/page/gate/").all("picture/source")[0].get("srcset").split()[0]

    answer = client.get(form, buffered=True)

    assert (answer.status_code, answer.mimetype) == (200, "image/avif")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_lasting_address_leads_to_the_present_bytes(media, runtime, act, client):
    first = client.get(media.path)
    assert (first.status_code, first.headers["Cache-Control"]) == (302, "no-cache")
    other = make_picture("png", (20, 20))
    instance = runtime.settings.instance
    act(
        lambda work: replace_media(
            work.session.get(Media, media.id),
            other,
            "b.png",
            version=1,
            instance=instance,
            work=work,
        )
    )

    again = client.get(media.path)

    assert again.location != first.location
    assert client.get(again.location, buffered=True).data == other


def test_replaced_picture_is_on_the_page_at_once(media, runtime, act, write, visit):
    write(title="Gate", slug="gate", body=f"![A gate]({media.path})")
    assert visit("/page/gate/").one("article//img").get("width") == "700"
    instance = runtime.settings.instance
    other = make_picture("png", (20, 30))
    act(
        lambda work: replace_media(
            work.session.get(Media, media.id),
            other,
            "b.png",
            version=1,
            instance=instance,
            work=work,
        )
    )

    image = visit("/page/gate/").one("article//img")

    assert (image.get("width"), image.get("height")) == ("20", "30")


def test_picture_in_the_trash_is_told_in_words(media, act, write, visit, client):
    write(title="Gate", slug="gate", body=f"![A gate]({media.path})")
    visit("/page/gate/")
    act(lambda work: trash_media(work.session.get(Media, media.id), work=work))

    page = visit("/page/gate/")

    assert page.all("article//img") == []
    assert "A gate" in page.texts("article")[0]
    assert client.get(media.path).status_code == 404


def test_unknown_address_stays_as_it_is_until_it_is_known(visit, write, runtime, act):
    write(title="Gate", slug="gate", body="![A gate](/media/1-gate.png)")
    assert visit("/page/gate/").one("article//img").get("src") == "/media/1-gate.png"
    picture = make_picture("png", (20, 30))
    instance = runtime.settings.instance
    act(lambda work: upload(picture, "gate.png", instance=instance, work=work))

    assert visit("/page/gate/").one("article//img").get("width") == "20"


def test_author_s_own_picture_element_is_left(media, write, visit):
    own = f'<picture><source srcset="/x.webp"><img src="{media.path}" alt="x"></picture>'
    write(title="Gate", slug="gate", body=own)
    assert visit("/page/gate/").one("picture/img").get("src").startswith("/media/1-")


def test_restored_picture_has_its_address_and_its_page_again(media, act, write, visit, client):
    write(title="Gate", slug="gate", body=f"![A gate]({media.path})")
    before = visit("/page/gate/").one("article//img").get("src")
    act(lambda work: trash_media(work.session.get(Media, media.id), work=work))
    visit("/page/gate/")
    act(lambda work: restore_trashed(list_trash(work.session, work.actor)[0], work=work))

    assert visit("/page/gate/").one("article//img").get("src") == before
    assert client.get(media.path).status_code == 302
