import time

from werkzeug.test import Client

from bench.content import make_plan
from bench.crowd import page_of
from bench.editor import editing, save, shown, titled
from shared.runtime import Runtime

PLAN = make_plan(300)


def test_title_names_the_last_edit_alone():
    assert titled("On bees", 1) == "On bees edit 1"
    assert titled("On bees edit 1", 12) == "On bees edit 12"


def test_edit_that_a_page_shows_is_that_of_its_own_heading():
    assert shown(b'<h1 class="a">Bees edit 3</h1><a>Wasps edit 4</a>') == 3
    assert shown(b"<h1>Bees</h1><a>Wasps edit 4</a>") == 0


def test_saved_edit_is_seen_on_page_and_front_page(site: tuple[Runtime, Client]):
    runtime, client = site
    entry = PLAN.public[3]
    assert shown(client.get(page_of(entry)).data) == 0
    for number in (1, 2):
        save(runtime, entry.number, number)
        assert shown(client.get(page_of(entry)).data) == number
        assert client.get(page_of(entry)).text.count(f"Edited {number} times.") == 1
        assert f"{entry.title} edit {number}</a>" in client.get("/").text


def test_editor_in_a_process_of_its_own_returns_when_it_is_done(site: tuple[Runtime, Client]):
    runtime, client = site
    entry = PLAN.public[5]
    with editing(runtime.settings.instance) as editor:
        first = editor.edit(entry)
        assert shown(client.get(page_of(entry)).data) == first
        time.sleep(0.002)
        second = editor.edit(entry)
        assert shown(client.get(page_of(entry)).data) == second > first
