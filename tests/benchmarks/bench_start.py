"""From starting the process to a window that takes keys: the sign-in window beside a bare PySide6 window.

Run: python -m tests.benchmarks.bench_start [ROUNDS]. Both run offscreen in fresh processes, in turns, so that a busy
machine slows both. "Takes keys" is the first letter typed after the window is active that stands in its field.
"""

from __future__ import annotations

import os
import subprocess
import sys
from statistics import median
from time import perf_counter

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
from PySide6.QtWidgets import QApplication
from desktop.app import Program
from desktop.services.settings import SettingsFile
app = QApplication([])
program = Program(app, SettingsFile(Path("no-such-settings.toml")), database="postgresql://127.0.0.1:1/x")
program.start()
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


def main() -> None:
    """Print the medians and the ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
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
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        assert process.stdout is not None
        word = process.stdout.readline()
        taken = perf_counter() - start
    if word.strip() != b"ready":
        raise SystemExit("the window did not come up")
    return taken


if __name__ == "__main__":
    main()
