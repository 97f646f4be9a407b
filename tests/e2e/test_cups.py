"""Printing on Linux against a real CUPS server whose printer writes PDF: what arrives, how many pages, from which tray."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.printers import PrinterSetup, Sides
from desktop.reports.fonts import FontSet
from desktop.reports.preview import page_count
from desktop.reports.records.case_record import CASE_RECORD
from desktop.resources import resource_path
from tests.reports.samples import make_form
from tests.support.cups import CupsNotFoundError, PrivateCups, private_cups

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="CUPS is printed to on Linux")
QUEUE = "teststation"


@pytest.fixture(scope="module")
def cups() -> Iterator[PrivateCups]:
    try:
        with private_cups() as server:
            server.add_queue(QUEUE)
            yield server
    except CupsNotFoundError as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture(scope="module")
def three_pages(tmp_path_factory) -> Path:
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    forms = [make_form(case_number=f"012{number}") for number in range(3)]
    path: Path = tmp_path_factory.mktemp("paper") / "three.pdf"
    path.write_bytes(CASE_RECORD.batch_pdf(forms, fonts).data)
    return path


def print_out(cups: PrivateCups, path: Path, setup: PrinterSetup, **more: Any) -> dict[str, Any]:
    environment = {
        **cups.environment,
        "QT_QPA_PLATFORM": "offscreen",
        **more.pop("environment", {}),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.print_out", path, json.dumps(asdict(setup) | more)],
        check=True,
        capture_output=True,
        env=environment,
        timeout=120,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_document_arrives_as_it_is_with_all_its_pages(cups, three_pages):
    found = print_out(cups, three_pages, PrinterSetup(printer=QUEUE))
    assert (found["names"], found["paper"], found["pages"]) == ([QUEUE], "CupsPaper", 3)
    arrived = cups.next_arrival(QUEUE)
    assert page_count(arrived.pdf) == 3
    assert arrived.pdf == three_pages.read_bytes()
    assert arrived.title == "ケース記録票"


def test_tray_sides_colour_and_copies_reach_the_printer(cups, three_pages):
    setup = PrinterSetup(
        printer=QUEUE, tray="Tray2", tray_label="トレイ2", sides=Sides.LONG_EDGE, is_colour=True
    )
    found = print_out(cups, three_pages, setup, copies=2)
    assert found["trays"] == ["自動", "トレイ1", "トレイ2"]
    assert found["sides"] == ["one", "long", "short"]
    assert found["has_colour"] is True
    arrived = cups.next_arrival(QUEUE)
    assert page_count(arrived.pdf) == 3
    assert arrived.copies == 2 or arrived.options.get("copies") == "2"
    assert arrived.options["InputSlot"] == "Tray2"
    assert arrived.options["Duplex"] == "DuplexNoTumble"
    assert arrived.options["print-color-mode"] == "color"
    assert arrived.options["PageSize"] == "A4"


def test_without_lp_the_pages_arrive_as_pictures(cups, three_pages, tmp_path):
    found = print_out(
        cups, three_pages, PrinterSetup(printer=QUEUE), environment={"PATH": str(tmp_path)}
    )
    assert found["paper"] == "ImagePaper"
    assert page_count(cups.next_arrival(QUEUE).pdf) == 3


def test_a_printer_that_is_gone_and_a_tray_that_is_gone_are_said(cups, three_pages):
    cups.add_queue("passing")
    cups.remove_queue("passing")
    found = print_out(cups, three_pages, PrinterSetup(printer="passing"))
    assert found["refusal"].startswith("プリンター「passing」が見つかりません")
    found = print_out(
        cups, three_pages, PrinterSetup(printer=QUEUE, tray="Tray9", tray_label="トレイ9")
    )
    assert "給紙「トレイ9」が見つかりません" in found["refusal"]
