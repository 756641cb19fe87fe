import json
import re

import pytest

from scripts.vendor import EDITOR, EDITOR_SOURCE, PACKAGES, ROOT, Package, check


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_what_lies_in_the_repository_is_what_the_script_names(package):
    folder = ROOT / package.folder

    assert (
        folder / "VERSION"
    ).read_text() == f"{package.name} {package.version}\n{package.integrity}\n"
    assert {path.name for path in folder.iterdir()} == {
        "VERSION",
        *(name.rpartition("/")[2] for name in package.files),
    }


def test_an_archive_with_another_content_is_refused(tmp_path):
    archive = tmp_path / "thing-1.0.0.tgz"
    archive.write_bytes(b"not what was reviewed")
    package = Package("thing", "1.0.0", "sha512-AAAA", "nowhere", ())

    with pytest.raises(SystemExit) as caught:
        check(package, archive)
    assert str(caught.value) == "vendor: thing 1.0.0 does not match its integrity"


def test_the_editor_is_built_from_the_locked_packages():
    lock = json.loads((EDITOR_SOURCE / "package-lock.json").read_text())["packages"]
    locked = {
        name.removeprefix("node_modules/"): each["version"] for name, each in lock.items() if name
    }
    built = dict(line.split(" ") for line in (EDITOR / "VERSION").read_text().splitlines())

    assert {name: locked.get(name) for name in built} == built
    assert {"@codemirror/view", "@codemirror/lang-markdown"} <= set(built)


def test_the_lock_names_no_place_and_hashes_everything():
    lock = json.loads((EDITOR_SOURCE / "package-lock.json").read_text())["packages"]
    packages = {name: each for name, each in lock.items() if name}

    assert [name for name, each in packages.items() if "resolved" in each] == []
    assert [name for name, each in packages.items() if not each.get("integrity")] == []


def test_the_editor_brings_the_licence_of_each_of_its_parts():
    names = (EDITOR / "VERSION").read_text().splitlines()
    heads = "|".join(map(re.escape, names))
    parts = re.split(f"^({heads})$", (EDITOR / "LICENSE").read_text(), flags=re.MULTILINE)
    licences = dict(zip(parts[1::2], parts[2::2], strict=True))

    assert [name for name in names if "Permission is hereby granted" not in licences[name]] == []
