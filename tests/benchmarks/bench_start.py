"""From starting the process to a window that takes keys, and from Enter to the filled desk.

Run: python -m tests.benchmarks.bench_start [ROUNDS]. The sign-in window stands beside a bare PySide6 window, the desk of a
training office of 240 households beside one bare connection to the same file. Both run offscreen in fresh processes, in turns, so that a busy
machine slows both. "Takes keys" is the first letter typed after the window is active that stands in its field.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from desktop.domain.clock import SystemClock
from desktop.services import training

REACH = 1.3

_BARE = """
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
app = QApplication([])
window = QWidget()
field = QLineEdit()
QVBoxLayout(window).addWidget(field)
window.show()
field.setFocus()
"""
_BANSO = """
from pathlib import Path
from desktop.__main__ import begin
app, program = begin("postgresql://127.0.0.1:1/x", Path("no-such-settings.toml"))
field = program.sign_in.form.login
"""
_TYPE = """
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
while not field.text():
    app.processEvents()
    if field.hasFocus():
        QCoreApplication.postEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"))
print("ready", flush=True)
import os
os._exit(0)
"""


_DESK = """
import sys, os
from pathlib import Path
from time import perf_counter
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from desktop.app import Program, make_application
from desktop.services.settings import SettingsFile
app = make_application([])
state = QSettings(sys.argv[2], QSettings.Format.IniFormat)
program = Program(app, SettingsFile(Path("no-such-settings.toml")), database=sys.argv[1], state=state)
def script():
    yield lambda: program.sign_in.accounts.isVisible()
    seen = perf_counter()
    yield lambda: perf_counter() - seen >= int(sys.argv[3]) / 1000
    start = perf_counter()
    QTest.keyClick(program.sign_in.accounts.table, Qt.Key.Key_Return)
    yield lambda: program.window is not None and program.window.isVisible() and program.runner.is_idle
    program.window.grab()
    desk = perf_counter() - start
    import sqlite3
    start = perf_counter()
    bare = sqlite3.connect(sys.argv[1].removeprefix("sqlite:///"))
    bare.execute("SELECT count(*) FROM household").fetchone()
    print(desk, perf_counter() - start, flush=True)
    os._exit(0)
steps = script()
until = [next(steps)]
def look():
    while until[0]():
        until[0] = next(steps)
# The program's own event loop: waiting in Python would keep the interpreter's lock from the threads that work.
timer = QTimer(app, interval=2)
timer.timeout.connect(look)
timer.start()
program.start()
app.exec()
"""
#: How long somebody looks at the accounts before Enter: not at all, and the time it takes to choose one.
_LOOKS_MS = (0, 1500)
_DESK_REACH = 1.0


def main() -> None:
    """Print the medians and the ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    compare_starts(rounds)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'office.sqlite').as_posix()}"
        training.create(url, households=240, seed=1, today=SystemClock().today())
        for looks in _LOOKS_MS:
            # The first round writes byte code, which the bundle holds from the start.
            taken = [enter(url, folder, looks) for _ in range(rounds + 1)][1:]
            desk, bare = (median(times) for times in zip(*taken, strict=True))
            print(
                f"Enter (after {looks} ms) → filled desk: median {desk:.3f} s | bare connect {bare:.4f} s | "
                f"over it {desk - bare:.3f} s (reach {_DESK_REACH})"
            )


def enter(url: str, folder: str, looks: int) -> tuple[float, float]:
    """Seconds from Enter to the filled desk, and those of a bare connection, in a fresh process."""
    command = [sys.executable, "-c", _DESK, url, str(Path(folder, "state.ini")), str(looks)]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=_environment())
    desk, bare = said.stdout.split()
    return float(desk), float(bare)


def compare_starts(rounds: int) -> None:
    """The sign-in window beside a bare one."""
    scripts = {"bare PySide6 window": _BARE, "sign-in window": _BANSO}
    times: dict[str, list[float]] = {name: [] for name in scripts}
    for _ in range(rounds + 1):
        for name, script in scripts.items():
            times[name].append(seconds_until_ready(script + _TYPE))
    # The first round fills the disk cache and writes byte code.
    for name, taken in times.items():
        print(f"{name:22} median {median(taken[1:]):.3f} s  least {min(taken[1:]):.3f} s")
    bare, ours = (median(taken[1:]) for taken in times.values())
    print(f"ratio of medians {ours / bare:.2f} (reach {REACH})")


def seconds_until_ready(script: str) -> float:
    """Wall time from starting the interpreter to its word."""
    start = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as process:
        assert process.stdout is not None
        word = process.stdout.readline()
        taken = perf_counter() - start
    if word.strip() != b"ready":
        raise SystemExit("the window did not come up")
    return taken


def _environment() -> dict[str, str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


if __name__ == "__main__":
    main()
