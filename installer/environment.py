"""The virtual environment `.venv`: made from the locks, and known by a stamp to be finished.

The stamp is removed before a change and written after the last step, so a killed set-up starts over.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from installer.console import ROOT, Stop, call, say

VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = BIN / ("python.exe" if sys.platform == "win32" else "python")
STAMP = VENV / "banso-setup.json"


def is_current(kind: str) -> bool:
    """Whether the environment was made here, by this Python, from the locks as they are now."""
    stamp = read_stamp()
    return stamp.get("home") == home() and stamp.get(kind) == fingerprint(kind)


def make_environment(kind: str, *, window: bool) -> None:
    """Bring the environment up to the lock of `kind`; rebuild it where it was half made, moved or copied."""
    stamp = read_stamp()
    STAMP.unlink(missing_ok=True)
    if stamp.get("home") != home():
        if Path(sys.prefix).resolve() == VENV:
            raise Stop(".venv の外の Python で実行してください: python3 bootstrap.py …")
        say("仮想環境 .venv を作っています…")
        shutil.rmtree(VENV, ignore_errors=True)
        if call(sys.executable, "-m", "venv", VENV):
            raise Stop("仮想環境を作れませんでした。上の説明を見てください。")
        stamp = {"home": home()}
    say("Python の部品を入れています（初回は1分ほど）…")
    pip("--only-binary", ":all:", "--require-hashes", "-r", f"requirements/{kind}.txt")
    pip("--no-build-isolation", "--no-deps", "--no-index", "--editable", ".")
    check_libraries(window=window)
    STAMP.write_text(
        json.dumps(stamp | {name: fingerprint(name) for name in ("run", kind)}), encoding="utf-8"
    )


def pip(*arguments: str) -> None:
    """Install into the environment; the user's own settings of pip (mirror, proxy, certificates) stay in force."""
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--root-user-action=ignore"]
    if call(PYTHON, "-m", "pip", "install", *options, *arguments):
        raise Stop(
            "Python の部品を入れられませんでした。上の pip の説明を見てください。\n"
            "「No matching distribution」は、多くの場合ネットワークかプロキシーの設定が原因です。"
        )


def check_libraries(*, window: bool) -> None:
    """Ask the loader whether Qt finds everything it was linked with. Raises Stop with what is missing."""
    if sys.platform != "linux" or not shutil.which("ldd"):
        return
    platforms = "libq[ox]*" if window else "libqoffscreen"
    used = [
        *VENV.glob("lib/python3*/site-packages/PySide6/Qt[CGWPS]*.abi3.so"),
        *VENV.glob(f"lib/python3*/site-packages/PySide6/Qt/plugins/platforms/{platforms}.so"),
    ]
    told = subprocess.run(["ldd", *used], check=False, capture_output=True, text=True).stdout
    lost = not_found(told)
    if lost:
        raise Stop(f"次の共有ライブラリーが見つかりません: {' '.join(lost)}")


def not_found(told: str) -> list[str]:
    """The shared objects that `ldd` could not find, by name."""
    return sorted({line.split()[0] for line in told.splitlines() if "=> not found" in line})


def read_stamp() -> dict[str, str]:
    """What the environment says about itself; nothing when it is absent or was half made."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def home() -> str:
    """The interpreter and the place an environment belongs to: its scripts name both."""
    return f"{sys.version} {sys.base_prefix} {ROOT}"


def fingerprint(kind: str) -> str:
    """Digest of what decides the environment's content: the lock and the package's own description."""
    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    own = json.dumps([described[part] for part in ("build-system", "project")], sort_keys=True)
    locked = (ROOT / "requirements" / f"{kind}.txt").read_bytes()
    return hashlib.sha256(locked + own.encode()).hexdigest()
