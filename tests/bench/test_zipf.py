"""What pages must show while they are edited."""

import time

import pytest
from werkzeug.test import Client

from bench.content import make_plan
from bench.crowd import Crowd
from bench.editor import editing, shown
from bench.parts import zipf
from shared.runtime import Runtime

PLAN = make_plan(300)


def test_page_must_show_what_was_committed_before_it_was_asked_for():
    edits = zipf.Edits(shown={"/page/a/": 5})
    check, unedited = edits.expect("/page/a/"), edits.expect("/page/b/")
    edits.shown["/page/a/"] = 9  # too late for who has asked already
    for number in (5, 9):
        check(f"<h1>A edit {number}</h1>".encode())
    unedited(b"<h1>B</h1>")
    with pytest.raises(AssertionError, match="shows edit 4 instead of 5"):
        check(b"<h1>A edit 4</h1>")
    with pytest.raises(AssertionError, match="shows edit 0 instead of 9"):
        edits.expect("/page/a/")(b"<h1>A</h1>")


def test_edits_go_on_meanwhile(site: tuple[Runtime, Client], monkeypatch: pytest.MonkeyPatch):
    runtime, client = site
    monkeypatch.setattr(zipf, "PAUSE", 0.01)
    edits = zipf.Edits()
    crowd = Crowd(PLAN, seed=4)
    with editing(runtime.settings.instance) as editor, edits.going_on(editor, crowd):
        while edits.count < 5:
            time.sleep(0.01)
    assert {path: shown(client.get(path).data) for path in edits.shown} == edits.shown


def test_failure_of_the_editor_is_raised(site: tuple[Runtime, Client], monkeypatch):
    monkeypatch.setattr(zipf, "PAUSE", 0.0)
    with editing(site[0].settings.instance) as editor:
        pass
    going_on = zipf.Edits().going_on(editor, Crowd(PLAN, seed=4))
    with pytest.raises(ValueError, match="closed file"), going_on:
        time.sleep(0.2)
