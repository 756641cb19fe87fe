import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import install

SCRIPT = Path(install.__file__)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty folder with a requirements file that needs no network."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    return tmp_path


def run(python=sys.executable, *, folder, path=()):
    """Run the script, with `path` in front of the modules that Python finds."""
    done = subprocess.run(
        [python, SCRIPT, "requirements.txt"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(map(str, path))},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def pretend(folder, code):
    """Make a module that Python loads before anything else."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(code)
    return folder


def hide(*names):
    return (
        "import importlib.util as u; find = u.find_spec\n"
        f"u.find_spec = lambda name, *rest: None if name in {names!r} else find(name, *rest)\n"
    )


def test_a_second_run_finds_nothing_to_do(project):
    first, second = run(folder=project), run(folder=project)

    assert first == (0, "Installing requirements.txt into .venv\n")
    assert second == (0, "")


def test_a_changed_file_is_installed_again(project):
    run(folder=project)
    (project / "requirements.txt").write_text("# nothing else\n")

    assert run(folder=project) == (0, "Installing requirements.txt into .venv\n")


def test_an_environment_whose_python_is_gone_is_made_anew(project):
    run(folder=project)
    for name in ("python", "python3"):
        (project / ".venv" / "bin" / name).unlink(missing_ok=True)
    (project / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")

    assert run(folder=project) == (0, "Installing requirements.txt into .venv\n")
    assert install.works(str(project / ".venv" / "bin" / "python")) is True


def test_a_requirement_without_a_hash_is_refused(project):
    (project / "requirements.txt").write_text("flask\n")
    code, printed = run(folder=project)

    assert code == 1
    assert printed.endswith(
        "triptych: requirements.txt could not be installed; pip says why above\n"
    )
    assert not (project / ".venv" / ".installed-requirements.txt").exists()


def test_an_old_python_is_one_line(project):
    old = pretend(project / "old", "import sys; sys.version_info = (3, 9, 2, 'final', 0)\n")

    assert run(folder=project, path=[old]) == (
        1,
        "triptych: Python 3.11 is needed, this is 3.9; try make run PYTHON=python3.12\n",
    )


def test_a_missing_venv_module_is_one_line(project):
    bare = pretend(project / "bare", hide("venv"))

    assert run(folder=project, path=[bare]) == (
        1,
        "triptych: the venv module is missing; on Debian: apt-get install python3-venv\n",
    )


def test_without_ensurepip_the_systems_pip_installs(project):
    debian = pretend(project / "debian", hide("ensurepip"))

    assert run(folder=project, path=[debian]) == (0, "Installing requirements.txt into .venv\n")
    assert install.works(str(project / ".venv" / "bin" / "python"), "import pip") is False


def test_without_ensurepip_and_pip_it_is_one_line(project):
    bare = pretend(project / "bare", hide("ensurepip", "pip"))

    assert run(folder=project, path=[bare]) == (
        1,
        "triptych: the venv module is missing; on Debian: apt-get install python3-venv\n",
    )
    assert not (project / ".venv").exists()


def test_the_environment_knows_the_projects_commands(project):
    run(folder=project)

    packages = next((project / ".venv").glob("lib/python3*/site-packages"))
    told = (packages / "triptych-0.1.0.dist-info" / "entry_points.txt").read_text()
    assert told == "[flask.commands]\nroutes = admin.cli.routes:routes\n"
    assert (packages / "triptych.pth").read_text() == f"{project}\n"
