from pathlib import Path

import pytest

from scripts.compress_statics import main
from shared.wsgi.static_forms import digest_of, find_forms

CSS = b"body { color: red; }\n" * 100


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for app in ("frontend", "admin", "api"):
        (tmp_path / app / "static" / "css").mkdir(parents=True)
        (tmp_path / app / "static" / "css" / "site.css").write_bytes(CSS + app.encode())
    return tmp_path


def test_files_of_all_apps_are_compressed_once(project, capsys):
    forms = project / ".cache" / "static"
    assert (main(project, forms), main(project, forms)) == (0, 0)
    assert capsys.readouterr().out == "Compressed 3 static files\n"
    for app in ("frontend", "admin", "api"):
        assert set(find_forms(forms, digest_of(CSS + app.encode()))) == {"br", "gzip"}


def test_a_folder_that_cannot_be_written_is_one_line_and_no_failure(project, capsys):
    (project / ".cache").write_text("in the way")
    assert main(project, project / ".cache" / "static") == 0
    assert capsys.readouterr().err == "triptych: static files stay uncompressed: Not a directory\n"


def test_an_installation_without_an_app_is_compressed_too(project):
    (project / "api" / "static" / "css" / "site.css").unlink()
    for folder in ("static/css", "static", ""):
        (project / "api" / folder).rmdir()
    assert main(project, project / "forms") == 0
    assert len(list((project / "forms").iterdir())) == 4
