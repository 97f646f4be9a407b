"""Collects the licences of everything that is shipped into `LICENSES/` of the bundle."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_TEXT = re.compile(
    r"\.dist-info/(licenses/.*|[^/]*(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*)$", re.IGNORECASE
)

#: In the lock for the installation and for compiling alone.
_NOT_SHIPPED = {"setuptools", "cython"}
#: Qt for Python's wheels carry no text of their own.
_QT = ("pyside6-essentials", "shiboken6")

_NOTE = """このフォルダーには、伴走と一緒に配布するソフトウェアの使用許諾（ライセンス）が入っています。

Qt と Qt for Python は LGPL バージョン 3 に従って使っています（LGPL-3.txt、GPL-3.txt）。
それらの共有ライブラリーは _internal/PySide6 と _internal/shiboken6 に、手を加えずに独立したファイルとして置いてあり、
同じ版の互換のあるものに差し替えられます。ソースコードは Qt プロジェクトが公開しています。
"""


def collect(bundle: Path) -> list[str]:
    """Write `LICENSES/` into the bundle; return the names of packages that had no licence text."""
    target = bundle / "LICENSES"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "installer" / "licences", target)
    (target / "README.txt").write_text(_NOTE, encoding="utf-8")
    shutil.copy(ROOT / "resources" / "fonts" / "OFL.txt", target / "BIZ-UD-fonts-OFL.txt")
    _copy_python(target)
    _copy_system_libraries(bundle, target)
    return [package.name for package in shipped() if not _copy_package(package, target)]


def shipped() -> Iterator[Distribution]:
    """The Python packages that the program needs on this system."""
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    names = set(re.findall(r"^([\w.-]+)(?:\[\w+\])?==", lock, re.MULTILINE)) - _NOT_SHIPPED
    for name in sorted(names):
        try:
            yield distribution(name)
        except PackageNotFoundError:  # for another system
            continue


def _copy_package(package: Distribution, target: Path) -> bool:
    folder = target / f"{package.name}-{package.version}"
    folder.mkdir()
    texts = [file for file in package.files or () if _TEXT.search(file.as_posix())]
    for text in texts:
        shutil.copy(str(text.locate()), folder / "-".join(text.parts[1:]).removeprefix("licenses-"))
    about = package.metadata
    lines = [
        f"{name}: {about[name]}"
        for name in ("Name", "Version", "License-Expression", "License")
        if name in about
    ]
    (folder / "ABOUT.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return bool(texts) or package.name.lower().replace("_", "-") in _QT


def _copy_python(target: Path) -> None:
    places = [
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright"),
        Path("/usr/share/doc/python3/copyright"),
    ]
    found = next((place for place in places if place.exists()), None)
    if found:
        shutil.copy(found, target / "Python.txt")


def _copy_system_libraries(bundle: Path, target: Path) -> None:
    if not shutil.which("dpkg"):
        return
    for package in sorted(_debian_packages([path.name for path in bundle.rglob("*.so*")])):
        copyright_ = Path("/usr/share/doc") / package / "copyright"
        if copyright_.exists():
            shutil.copy(copyright_, target / f"Debian-{package}.txt")


def _debian_packages(libraries: list[str]) -> set[str]:
    patterns = [f"*/{name}" for name in libraries]
    answer = subprocess.run(["dpkg", "-S", *patterns], check=False, capture_output=True, text=True)
    lines = [line.split(":")[0] for line in answer.stdout.splitlines() if "-linux-gnu/" in line]
    return {name for line in lines for name in line.split(", ")}


if __name__ == "__main__":
    for name in collect(ROOT / "dist" / "banso"):
        print(f"ライセンス文が見つかりません（ABOUT.txt だけ入れました）: {name}")
