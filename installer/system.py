"""What the system must bring (Debian packages), found by trying, and installed in one go.

Only top-level libraries are named; the rest come as their dependencies, and
`environment.check_libraries` asks the loader afterwards whether anything is still missing.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from installer.console import Stop, call, say
from tests.support.cups import NOT_FOUND as NO_CUPS
from tests.support.cups import has_cups
from tests.support.postgres import PostgresNotFoundError, find_programs

LINUX = sys.platform == "linux"

#: What Qt's wheels need of the system, also without a display: shared object -> Debian package.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
#: What a window needs besides.
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
POSTGRESQL = "postgresql-15"
#: What the tests print to (5 MB): the server and its client programs, which bring the library for Qt's own printing.
CUPS = ("cups-daemon", "cups-client")
#: Debian's package makes a cluster of its own when installed; the tests start theirs.
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.conf")


def missing_packages(kind: str, *, window: bool) -> list[str]:
    """Debian packages that are not there yet, found by trying what they bring."""
    if not LINUX:
        return []
    need = [] if importlib.util.find_spec("ensurepip") else ["python3-venv"]
    libraries = LIBRARIES | WINDOW_LIBRARIES if window else LIBRARIES
    need += [package for soname, package in libraries.items() if not loads(soname)]
    if kind == "test" and not has_postgresql():
        need.append(POSTGRESQL)
    if kind == "test" and not has_cups():
        need += CUPS
    if kind == "bundle":
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        need += [] if shutil.which("objdump") else ["binutils"]
        need += [] if has_shared_python(version) else [f"libpython{version}"]
    return need


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root or through sudo; raise Stop with the line to type where neither works."""
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise Stop(f"次の Debian パッケージに当たるものを入れてください: {' '.join(packages)}")
    become = root_prefix()
    if become is None:
        raise Stop(
            f"管理者の権限が必要です。次の1行を管理者として実行してから、やり直してください。\n\n{line}"
        )
    say(f"足りないシステム部品を入れています: {' '.join(packages)}")
    if POSTGRESQL in packages and not NO_CLUSTER.exists():
        write_as(become, NO_CLUSTER, "create_main_cluster = false\n")
    apt = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", *apt_options()]
    if call(*apt, "update"):
        say("パッケージの一覧を更新できませんでした。手元の一覧で続けます。")
    if call(*apt, "install", "-y", "--no-install-recommends", *packages):
        raise Stop(
            f"システム部品を入れられませんでした。ネットワークとプロキシーの設定を確かめ、次を試してください。\n\n{line}"
        )


def has_postgresql() -> bool:
    """Whether the tests will find a server; they are the ones who know where to look."""
    try:
        find_programs()
    except PostgresNotFoundError:
        return False
    return True


def check_postgresql() -> None:
    """Raise Stop where the tests would fail for want of a server."""
    if not has_postgresql():
        raise Stop("テストには PostgreSQL 15 が必要です。入れてから、もう一度実行してください。")


def check_cups() -> None:
    """Raise Stop where the tests would fail for want of a printer."""
    if not has_cups():
        raise Stop(NO_CUPS)


def loads(soname: str) -> bool:
    """Whether the system's loader finds this shared object."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_shared_python(version: str) -> bool:
    """Whether PyInstaller will find the interpreter's own library."""
    beside = Path(sys.base_prefix) / "lib" / f"libpython{version}.so.1.0"
    return beside.exists() or loads(f"libpython{version}.so.1.0")


def has_display() -> bool:
    """Whether a window could be seen."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        return False
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def root_prefix() -> list[str] | None:
    """How to run a command as root: nothing before it, sudo, or None where it cannot be."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    silent = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
    return ["sudo"] if silent.returncode == 0 or sys.stdin.isatty() else None


def may_install_silently() -> bool:
    """Whether packages can be installed without asking anybody for a password."""
    if not shutil.which("apt-get"):
        return False
    if os.geteuid() == 0:
        return True
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0


def apt_options() -> list[str]:
    """Fail when a source failed, wait for another apt, and carry the proxy through sudo."""
    options = ["-o", "APT::Update::Error-Mode=any", "-o", "DPkg::Lock::Timeout=300"]
    for scheme in ("http", "https"):
        proxy = os.environ.get(f"{scheme}_proxy")
        options += ["-o", f"Acquire::{scheme}::Proxy={proxy}"] if proxy else []
    return options


def write_as(become: list[str], path: Path, text: str) -> None:
    """Write a system file, as root if need be."""
    script = f"mkdir -p {shlex.quote(str(path.parent))} && cat > {shlex.quote(str(path))}"
    subprocess.run([*become, "sh", "-c", script], check=True, input=text, text=True)
