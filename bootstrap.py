#!/usr/bin/env python3
"""Sets this machine up for Bansō (伴走) and starts what is asked for. Standard library only.

    python3 bootstrap.py run              the program on the training office; the tour where there is no display
    python3 bootstrap.py test             lint, types, floors and all tests, on SQLite and PostgreSQL
    python3 bootstrap.py setup            only the set-up (for run and test)
    python3 bootstrap.py tour [--out DIR] the main job by the real program, as pictures and PDFs
    python3 bootstrap.py bundle [--smoke] the program as one folder, for machines without Python
    python3 bootstrap.py lock             remake requirements/*.txt from pyproject.toml (needs uv)

Old Pythons must get as far as the sentence below: no newer syntax here, and our own imports after it.
"""

import argparse
import os
import sys
import time
from pathlib import Path

if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(
        "Python 3.11～3.13 が必要です（今は {}.{} です）。\n"
        "Bansō needs Python 3.11 to 3.13.".format(*sys.version_info[:2])
    )

from installer.console import ROOT, Stop, call, say
from installer.environment import BIN, PYTHON, is_current, make_environment
from installer.locking import make_locks
from installer.planner import compiler_packages, prepare_planner
from installer.system import (
    check_cups,
    check_postgresql,
    has_display,
    install_packages,
    missing_packages,
)


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; 0 when all went well, 1 when not, 2 for a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console of Windows may lack characters
            stream.reconfigure(errors="replace", line_buffering=True)
    asked = _parser().parse_args(arguments)
    try:
        return int(asked.work(asked))
    except Stop as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="run|test|setup|tour|bundle|lock")
    for name, work in (("run", run), ("test", test), ("setup", only_set_up), ("lock", lock)):
        commands.add_parser(name).set_defaults(work=work)
    tour_command = commands.add_parser("tour")
    tour_command.add_argument("--out", type=Path, default=ROOT / "tour")
    tour_command.set_defaults(work=tour)
    bundle_command = commands.add_parser("bundle")
    bundle_command.add_argument("--smoke", action="store_true", help="then run the tour from it")
    bundle_command.set_defaults(work=bundle)
    return parser


def run(_asked: argparse.Namespace) -> int:
    """Start the program, or the tour where nobody could see a window."""
    set_up("run")
    if not has_display():
        say("画面がないため、代わりにツアー（画面の写真と PDF）を作ります。")
        return start_tour(ROOT / "tour")
    return call(BIN / "banso")


def tour(asked: argparse.Namespace) -> int:
    """Drive the program through the main job without a display; pictures and PDFs stay in a folder."""
    set_up("run")
    return start_tour(asked.out)


def only_set_up(_asked: argparse.Namespace) -> int:
    """Everything that run and test need."""
    set_up("test")
    say(f"準備ができました。コマンド: {BIN / 'banso'} と {BIN / 'banso-admin'}")
    return 0


def test(_asked: argparse.Namespace) -> int:
    """Run every check, also after one failed, and say at the end how each went."""
    set_up("test")
    workers = str(max(2, min(os.cpu_count() or 2, 6)))
    checks: dict[str, list[Path | str]] = {
        "ruff check": [BIN / "ruff", "check", "."],
        "ruff format": [BIN / "ruff", "format", "--check", "."],
        "mypy": [BIN / "mypy"],
        "lint-imports": [BIN / "lint-imports"],
        "pytest": [PYTHON, "-m", "pytest", "-n", workers, "--dist", "worksteal"],
    }
    results = {name: timed(name, command) for name, command in checks.items()}
    print()
    for name, (status, seconds) in results.items():
        print(f"{'合格' if status == 0 else '不合格'}  {name}  {seconds:.1f} 秒")
    return int(any(status for status, _ in results.values()))


def bundle(asked: argparse.Namespace) -> int:
    """Build dist/banso with PyInstaller for the system we are on."""
    set_up("bundle")
    say("配布用のフォルダーを作っています（数分）…")
    spec = ROOT / "installer" / "banso.spec"
    make = [PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", spec]
    if call(*make) or call(PYTHON, "-m", "installer.licences"):
        raise Stop("配布用のフォルダーを作れませんでした。上の説明を見てください。")
    say(f"できました: {ROOT / 'dist' / 'banso'}")
    if not asked.smoke:
        return 0
    say("できたプログラムでツアーを試します…")
    built, out = ROOT / "dist" / "banso" / "banso", ROOT / "dist" / "tour"
    return call(built, "tour", "--out", out, qt_platform="offscreen")


def lock(_asked: argparse.Namespace) -> int:
    """Remake requirements/*.txt from pyproject.toml, with the newest versions that fit."""
    make_locks()
    return 0


def set_up(kind: str) -> None:
    """Bring system libraries and the virtual environment to what `kind` ("run", "test", "bundle") needs."""
    packages = missing_packages(kind, window=has_display())
    packages += compiler_packages(kind, first=not is_current(kind), others=bool(packages))
    if packages:
        install_packages(packages)
    if not is_current(kind):
        make_environment(kind, window=has_display())
    prepare_planner(kind)
    if kind == "test":
        check_postgresql()
        check_cups()


def start_tour(folder: Path) -> int:
    """Run the tour into `folder` and print where it is."""
    folder = folder.resolve()
    status = call(PYTHON, "-m", "desktop", "tour", "--out", folder, qt_platform="offscreen")
    if status == 0:
        say(f"ツアーの写真と PDF: {folder}")
    return status


def timed(name: str, command: list[Path | str]) -> tuple[int, float]:
    """Run one check under its heading; give its exit status and its seconds."""
    print(f"\n── {name}")
    began = time.monotonic()
    return call(*command), time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
