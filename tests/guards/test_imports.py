"""The rooms and their import order, as pyproject.toml states them for import-linter."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.guards.sources import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]


def test_every_import_contract_is_kept():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-3000:]
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in done.stdout


def test_the_contracts_hold_the_three_apps_apart():
    independent = [contract for contract in CONTRACTS if contract["type"] == "independence"]

    assert [set(contract["modules"]) for contract in independent] == [{"admin", "api", "frontend"}]
