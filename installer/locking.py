"""Remakes the locks in requirements/: versions and hashes only, no address of where things came from."""

from __future__ import annotations

import os
import shutil

from installer.console import ROOT, Stop, call, say
from installer.environment import BIN

#: Dependency groups in each lock. "test" is first: the others take its versions.
GROUPS = {"test": ["build", "test"], "run": ["build"], "bundle": ["build", "bundle"]}
HEADER = (
    "# Versions and hashes of everything installed; made from pyproject.toml by:\n"
    "#   python3 bootstrap.py lock\n"
)


def make_locks() -> None:
    """Write one lock for each set of packages. Raises Stop where uv is not there or finds no solution."""
    uv = shutil.which("uv", path=os.pathsep.join([str(BIN), os.environ.get("PATH", "")]))
    if not uv:
        raise Stop(
            "uv が見つかりません。`python3 -m pip install uv` などで入れてからやり直してください。"
        )
    for name, groups in GROUPS.items():
        _make(uv, name, groups)
        say(f"作りました: requirements/{name}.txt")


def _make(uv: str, name: str, groups: list[str]) -> None:
    out = ROOT / "requirements" / f"{name}.txt"
    command = [
        uv, "pip", "compile", "--quiet", "--no-config", "--universal", "--python-version", "3.11",
        "--upgrade", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url",
        "--no-emit-find-links", "pyproject.toml", "--output-file", out,
    ]  # fmt: skip
    command += [word for group in groups for word in ("--group", group)]
    command += ["--constraints", "requirements/test.txt"] if name != "test" else []
    if call(*command):
        raise Stop("版の固定に失敗しました。上の uv の説明を見てください。")
    out.write_text(HEADER + out.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
