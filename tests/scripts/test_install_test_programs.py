import os
import shutil

import pytest

from scripts import install_test_programs
from scripts.install_test_programs import find_program, main, missing_packages


@pytest.fixture
def _bare(monkeypatch):
    """A machine with none of the programs, and without Debian's tools."""
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)


@pytest.mark.usefixtures("_bare")
def test_a_bare_machine_misses_every_program():
    assert missing_packages() == ["chromium", "nginx", "caddy"]


@pytest.mark.usefixtures("_bare")
def test_what_cannot_be_installed_is_named_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 1_000)
    assert main() == 1
    assert capsys.readouterr().err == (
        "triptych: the tests need chromium and nginx and caddy; as root: "
        "apt-get install --no-install-recommends chromium nginx caddy\n"
    )


def test_nothing_is_done_where_nothing_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(install_test_programs, "missing_packages", list)
    assert (main(), capsys.readouterr()) == (0, ("", ""))


def test_programs_for_administrators_are_found_without_their_folder_in_path(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert find_program("nginx") in {"/usr/sbin/nginx", "/sbin/nginx"}
