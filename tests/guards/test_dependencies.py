"""Every dependency is explained, pinned and hashed, and its lock names no place."""

import re

import pytest

from tests.guards.sources import ROOT


def wanted(file):
    """Return the names in a hand-written requirements file, as pip spells them."""
    names = re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / file).read_text(), re.MULTILINE)
    return {spelled(name) for name in names}


def spelled(name):
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("file", ["requirements", "requirements-dev"])
def test_every_dependency_is_pinned_with_hashes(file):
    pins = re.split(r"^(?=[\w.-]+==)", (ROOT / f"{file}.txt").read_text(), flags=re.MULTILINE)[1:]
    names = {spelled(pin.partition("==")[0]) for pin in pins}

    assert wanted(f"{file}.in") - names == set(), "run: make lock"
    assert [pin for pin in pins if not re.search(r" --hash=sha256:[0-9a-f]{64}\b", pin)] == []


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_no_place(file):
    lock = (ROOT / file).read_text()

    assert re.findall(r"https?:\S+|file:\S+|--(?:extra-)?index-url.*|--find-links.*", lock) == []


def test_both_locks_agree():
    pins = [
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / file).read_text(), re.MULTILINE))
        for file in ("requirements.txt", "requirements-dev.txt")
    ]

    assert {name: pins[1].get(name) for name in pins[0]} == pins[0]


def test_architecture_says_why_each_dependency_is_there():
    text = spelled((ROOT / "ARCHITECTURE.md").read_text())

    assert {name for name in wanted("requirements.in") if name not in text} == set()
