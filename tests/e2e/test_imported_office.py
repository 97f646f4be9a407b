"""A ledger of the training office imports into an empty database, and the main job runs on it by the real widgets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli.main import main

ROOT = Path(__file__).parents[2]
#: The day on which the tour stands.
TODAY = "2026-11-24"


@pytest.mark.slow
def test_the_main_job_runs_on_an_imported_ledger(tmp_path: Path):
    whole, empty = (f"sqlite:///{tmp_path / name}.sqlite" for name in ("whole", "empty"))
    ledger = tmp_path / "ledger.csv"
    for arguments in (
        [
            "training",
            "create",
            "--database",
            whole,
            "--households",
            "60",
            "--seed",
            "3",
            "--today",
            TODAY,
        ],
        ["training", "export-ledger", "--database", whole, "--out", str(ledger)],
        ["database", "create", "--database", empty, "--today", TODAY],
        [
            "import",
            "ledger",
            str(ledger),
            "--database",
            empty,
            "--mapping",
            "training",
            "--today",
            TODAY,
        ],
    ):
        assert main(arguments) == 0
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "desktop",
            "--database",
            empty,
            "tour",
            "--out",
            str(tmp_path / "out"),
        ],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
