"""The planner's search (desktop/planning/engine*.py) in its compiled form: whether it is there and fits, and making it.

Python takes an extension before the source beside it, also an old one. So the stamp says what the extensions were made
of, they are thrown away as soon as that has changed, and there are all of them or none.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import sysconfig
from pathlib import Path

from installer.console import ROOT, Stop, call, say
from installer.environment import PYTHON
from installer.system import LINUX, install_packages, may_install_silently

FOLDER = ROOT / "desktop" / "planning"
BUILD = ROOT / "build"
STAMP = BUILD / "planner.txt"
#: The extensions, one for each source that has C types beside it.
PARTS = ("engine_rows", "engine_state", "engine_moves", "engine")
#: What a compiler needs on Debian; the headers belong to one version of Python.
COMPILER = ("gcc", "libc6-dev", f"libpython{sys.version_info[0]}.{sys.version_info[1]}-dev")
_NO_COMPILER = (
    "訪問計画の探索をコンパイルできませんでした（C コンパイラーと Python のヘッダーが要ります）。\n"
    f"Debian では次の1行を管理者として実行してください: apt-get install -y --no-install-recommends {' '.join(COMPILER)}\n"
    "Windows では Visual Studio の Build Tools（C++）を入れてください。"
)


def has_compiler() -> bool:
    """Whether a compiler and Python's headers are there; on Windows setuptools finds its own."""
    if sys.platform == "win32":
        return True
    compiler = str(sysconfig.get_config_var("CC") or "cc").split()[0]
    header = Path(sysconfig.get_path("include")) / "Python.h"
    return bool(shutil.which(compiler)) and header.exists()


def compiler_packages(kind: str, *, first: bool, others: bool) -> list[str]:
    """Debian packages still missing for the compiler.

    Tests and bundle need them. `run` asks for them the first time, where packages are installed anyway or nobody
    has to be asked for a password, and goes on without where they do not come.
    """
    if not LINUX or has_compiler():
        return []
    if kind != "run" or others:
        return list(COMPILER)
    if first and may_install_silently():
        try:
            install_packages(list(COMPILER))
        except Stop as reason:
            say(f"C コンパイラーを入れられませんでした。なしで続けます。\n{reason}")
    return []


def is_compiled() -> bool:
    """Whether every part is there as an extension made of the sources as they are now."""
    try:
        made_of = STAMP.read_text(encoding="utf-8")
    except OSError:
        return False
    names = {path.name.split(".")[0] for path in made()}
    return made_of == fingerprint() and set(PARTS) <= names


def compile_planner() -> bool:
    """Make the extensions anew; False, and none is left, where that did not work."""
    throw_away()
    if not has_compiler():
        return False
    say("訪問計画の探索をコンパイルしています（30秒ほど）…")
    failed = call(PYTHON, "setup.py", "--quiet", "build_ext", "--inplace")
    if failed or not set(PARTS) <= {path.name.split(".")[0] for path in made()}:
        throw_away()
        return False
    BUILD.mkdir(exist_ok=True)
    STAMP.write_text(fingerprint(), encoding="utf-8")
    return True


def prepare_planner(kind: str) -> None:
    """Compile where it is needed. Raises Stop where tests or bundle would be without; `run` goes on with the slow form."""
    if is_compiled() or compile_planner():
        return
    if kind != "run":
        raise Stop(_NO_COMPILER)
    say(
        "訪問計画の探索はコンパイルされていません。同じ計画を作りますが、100倍ほど時間がかかります。\n"
        f"{_NO_COMPILER}"
    )


def throw_away() -> None:
    """Remove the extensions and everything an earlier build left."""
    STAMP.unlink(missing_ok=True)
    for folder in BUILD.glob("*"):
        if folder.name.startswith(("lib", "temp", "cython")):
            shutil.rmtree(folder, ignore_errors=True)
    for path in made():
        path.unlink()


def made() -> list[Path]:
    """The extensions that lie beside the sources."""
    return [
        path
        for path in sorted(FOLDER.glob("engine*"))
        if path.suffix in (".so", ".pyd") and path.name.split(".")[0] in PARTS
    ]


def fingerprint() -> str:
    """Digest of what decides the extensions: sources, types, how they are built, with which Cython, where."""
    digest = hashlib.sha256(f"{sysconfig.get_platform()} {ROOT}".encode())
    sources = [FOLDER / f"{part}{end}" for part in PARTS for end in (".py", ".pxd")]
    for path in [*sources, ROOT / "setup.py"]:
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    digest.update(
        "".join(line for line in lock.splitlines() if line.startswith("cython==")).encode()
    )
    return digest.hexdigest()
