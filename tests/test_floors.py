"""What import-linter cannot say: view models and jobs know no widgets, and threads start in one place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "desktop"


def imported(path: Path) -> set[str]:
    """Modules and names a file imports, dotted."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", files("viewmodels", "jobs"), ids=lambda p: p.name)
def test_no_widgets_below_the_views(path: Path):
    assert "PySide6.QtWidgets" not in imported(path)


@pytest.mark.parametrize(
    "path", files("views", "viewmodels", "services", "reports"), ids=lambda p: p.name
)
def test_threads_are_the_job_runners_business(path: Path):
    names = imported(path)
    threads = {
        "concurrent.futures",
        "PySide6.QtCore.QThread",
        "PySide6.QtCore.QThreadPool",
        "asyncio",
    }
    assert not names & threads


@pytest.mark.parametrize("path", files("views", "viewmodels"), ids=lambda p: p.name)
def test_no_screen_runs_an_event_loop_of_its_own(path: Path):
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & {"processEvents", "exec"}
