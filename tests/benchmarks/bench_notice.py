"""A notice of one page with a table of eight rows, many times: our engine beside ReportLab's own two ways.

Run: python -m tests.benchmarks.bench_notice [PAGES] [--pictures DIR]. Three rounds in turn, in CPU seconds, so that a busy
machine slows all alike; fonts are loaded before. Then 5,000 pages in a process of their own for the peak of memory.
WeasyPrint and typst are not compared: neither comes with the program.
Reach: 5 times Platypus, 2.5 times the plain canvas, 150 MiB.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from PIL import Image

from desktop.reports.fonts import FontSet
from desktop.reports.preview import page_count, page_image
from desktop.resources import resource_path
from tests.benchmarks.notices import (
    banso_pdf,
    canvas_pdf,
    make_notice,
    platypus_pdf,
    register_fonts,
)

ROUNDS = 3
MANY = 5_000
REACH = {"platypus": 5.0, "canvas": 2.5}
MEMORY = 150


def main() -> None:
    asked = _asked()
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    if asked.only_memory:
        data = banso_pdf(map(make_notice, range(MANY)), fonts)
        print(f"{_peak()} {page_count(data)} {len(data)}")
        return
    register_fonts()
    notices = [make_notice(number) for number in range(asked.pages)]
    engines: dict[str, Callable[[], bytes]] = {
        "banso": lambda: banso_pdf(notices, fonts),
        "canvas": lambda: canvas_pdf(notices),
        "platypus": lambda: platypus_pdf(notices),
    }
    pictures = _pictures(fonts)  # fonts are read now
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
        pictures.save(asked.pictures / "notices.png")
    _compare(engines, asked.pages)
    _memory()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", nargs="?", type=int, default=2_000)
    parser.add_argument("--pictures", type=Path, help="a folder for the first page of each engine")
    parser.add_argument("--only-memory", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _compare(engines: dict[str, Callable[[], bytes]], pages: int) -> None:
    speeds: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(ROUNDS):
        for name, work in engines.items():
            start = process_time()
            data = work()
            speeds[name].append(pages / (process_time() - start))
            assert page_count(data) == pages, name
    for name, found in speeds.items():
        each = ", ".join(f"{speed:.0f}" for speed in found)
        print(f"{name:9} {median(found):6.0f} pages a CPU-second ({each})")
    for name, reach in REACH.items():
        ratio = median(speeds["banso"]) / median(speeds[name])
        print(
            f"ratio to {name}: {ratio:.2f} | reach {reach}: {'met' if ratio >= reach else 'MISSED'}"
        )


def _memory() -> None:
    command = [sys.executable, "-m", __spec__.name, "--only-memory"]
    words = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    peak, pages, size = map(int, words)
    held = "met" if peak < MEMORY else "MISSED"
    print(
        f"{pages} pages: peak {peak} MiB | reach {MEMORY} MiB: {held}; {size / pages:.0f} bytes a page"
    )


def _peak() -> int:
    """The most memory this process ever had, in MiB. What getrusage says starts with the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return (
        int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
        // 1024
    )


def _pictures(fonts: FontSet) -> Image.Image:
    """The same notice by each engine, side by side."""
    one = [make_notice(1234)]
    images = []
    for data in (banso_pdf(one, fonts), canvas_pdf(one), platypus_pdf(one)):
        page = page_image(data, 0, 80)
        size = (page.width, page.height)
        images.append(Image.frombuffer("RGB", size, page.rgb, "raw", "RGB", page.stride, 1))
    whole = Image.new("RGB", (sum(image.width for image in images), images[0].height))
    left = 0
    for image in images:
        whole.paste(image, (left, 0))
        left += image.width
    return whole


if __name__ == "__main__":
    main()
