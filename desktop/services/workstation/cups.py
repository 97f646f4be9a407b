"""Printing through CUPS on Linux: the PDF itself is handed over, so that nothing is drawn twice.

Only the ordinary client programs are called (`lp`, `lpoptions`); the PDF goes through a pipe and never stands in a
file of ours. Where they are not installed, `find_lp` says so and pages are printed as pictures.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

from desktop.domain.errors import UnavailableError
from desktop.domain.printers import PrinterSetup, Sides, Tray

_SECONDS = 120
_ANSWER_SECONDS = 15
_SIDES: Mapping[Sides, str] = {
    Sides.ONE: "one-sided",
    Sides.LONG_EDGE: "two-sided-long-edge",
    Sides.SHORT_EDGE: "two-sided-short-edge",
}
#: Sheets by their size in millimetres, upright: what CUPS calls them.
_MEDIA: Mapping[tuple[int, int], str] = {
    (210, 297): "A4",
    (297, 420): "A3",
    (148, 210): "A5",
    (182, 257): "jis_b5_182x257mm",
}
_TRAYS: Mapping[str, str] = {
    "auto": "自動",
    "manual": "手差し",
    "multipurpose": "手差し",
    "upper": "上段",
    "middle": "中段",
    "lower": "下段",
    "envelope": "封筒",
    "cassette": "カセット",
    "largecapacity": "大容量",
}
_NUMBERED = re.compile(r"(tray|cassette)-?(\d+)", re.IGNORECASE)
_REFUSED = "プリンター「{printer}」に送れません。電源と接続を確かめて、もう一度印刷してください。"


def find_lp() -> str | None:
    """The program that takes a PDF for a queue; None on systems without CUPS."""
    return shutil.which("lp") if sys.platform != "win32" else None


def trays_of(queue: str) -> tuple[Tray, ...]:
    """The trays that the queue's driver names; () where it names none or does not answer."""
    program = shutil.which("lpoptions")
    if program is None:
        return ()
    try:
        asked = subprocess.run(  # noqa: S603 - CUPS's own program
            [program, "-p", queue, "-l"],
            check=False, capture_output=True, stdin=subprocess.DEVNULL, timeout=_ANSWER_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ()
    for line in asked.stdout.decode("utf-8", errors="replace").splitlines():
        option, _, choices = line.partition(":")
        if option.partition("/")[0] == "InputSlot":
            keys = [choice.lstrip("*") for choice in choices.split()]
            return tuple(Tray(key=key, label=tray_label(key)) for key in keys)
    return ()


def tray_label(key: str) -> str:
    """A driver's key for a tray as people read it; the key itself where it is nobody's usual word."""
    numbered = _NUMBERED.fullmatch(key)
    if numbered:
        return f"トレイ{numbered[2]}"
    return _TRAYS.get(key.lower(), key)


def lp_options(setup: PrinterSetup, copies: int, paper_mm: tuple[float, float]) -> list[str]:
    """What `lp` is told: nothing is scaled, and the sheet is that of the PDF (width, height in millimetres)."""
    options = [
        f"sides={_SIDES[setup.sides]}",
        f"print-color-mode={'color' if setup.is_colour else 'monochrome'}",
        "print-scaling=none",
    ]
    width, height = sorted(paper_mm)
    for (short, long), media in _MEDIA.items():
        if abs(width - short) < 1 and abs(height - long) < 1:
            options.append(f"media={media}")
    if setup.tray:
        options.append(f"InputSlot={setup.tray}")
    told: list[str] = ["-n", str(copies)]
    for option in options:
        told += ["-o", option]
    return told


def send_pdf(data: bytes, setup: PrinterSetup, options: Sequence[str], title: str) -> None:
    """Hand a PDF to the queue. Raises UnavailableError when CUPS does not take it.

    `title` stands in lists that others can read: no personal data.
    """
    program = find_lp()
    refused = UnavailableError(_REFUSED.format(printer=setup.printer))
    if program is None:
        raise refused
    try:
        done = subprocess.run(  # noqa: S603 - CUPS's own program
            [program, "-d", setup.printer, *options, "-t", title],
            check=False, capture_output=True, input=data, timeout=_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise refused from error
    if done.returncode:
        raise refused
