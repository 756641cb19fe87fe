"""What the doctor says of an instance's folder."""

import re
import shutil
from collections import namedtuple
from dataclasses import replace

import pytest

from admin.doctor import files
from shared.runtime import Runtime

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil has it


def without_key(runtime):
    return Runtime(replace(runtime.settings, secret_key=""))


def test_a_folder_of_ones_own_is_well(runtime):
    runtime.settings.instance.chmod(0o700)
    assert files.check_folder(runtime).level == "ok"
    runtime.settings.instance.chmod(0o755)
    finding = files.check_folder(runtime)
    assert (finding.level, finding.advice) == ("warning", f"chmod o= {runtime.settings.instance}")


def test_a_folder_that_is_not_there_is_an_error(settings):
    assert files.check_folder(Runtime(settings)).text.endswith("is not there")


def test_a_folder_that_takes_nothing_is_an_error(settings):
    sealed = Runtime(replace(settings, instance=files.Path("/proc/self")))
    assert files.check_folder(sealed).text == "/proc/self cannot be written to"
    assert [files.check_log(sealed).level, files.check_media(sealed).level] == ["error", "error"]


def test_a_key_that_others_can_read_is_an_error(runtime):
    assert files.check_key(runtime).text == "given by SECRET_KEY"
    own = without_key(runtime)
    assert files.check_key(own).level == "warning"  # not there yet
    assert own.master_key
    path = own.settings.instance / "keys" / "master.key"
    assert files.check_key(own).level == "ok"
    path.chmod(0o640)
    assert files.check_key(own).level == "error"
    path.chmod(0o600)
    path.parent.chmod(0o770)
    assert files.check_key(own).advice == f"chmod 600 {path}; chmod 700 {path.parent}"


@pytest.mark.parametrize(
    ("free", "level"), [(50_000_000, "error"), (1_500_000_000, "warning"), (5_000_000_000, "ok")]
)
def test_room_runs_out_by_degrees(runtime, monkeypatch, free, level):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, free))
    finding = files.check_room(runtime)
    assert (finding.level, f"{free // 1_000_000:,} MB free" in finding.text) == (level, True)


def test_log_and_media_are_well_before_they_are_made(runtime):
    found = [files.check_log(runtime), files.check_media(runtime)]
    assert [finding.level for finding in found] == ["ok", "ok"]
    assert found[0].text.endswith("logs/triptych.log")


def test_static_files_without_compressed_forms_are_named(runtime, monkeypatch, tmp_path):
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    finding = files.check_statics(runtime)
    assert (finding.level, finding.advice) == ("warning", "Run: make install")
    assert re.match(r"(\d\d+) of \1 style sheets", finding.text)


def test_static_files_with_their_forms_are_well(runtime, monkeypatch, tmp_path):
    from scripts.compress_statics import main

    main(forms=tmp_path)
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    assert files.check_statics(runtime).level == "ok"
