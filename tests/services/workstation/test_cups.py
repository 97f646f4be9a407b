"""What `lp` is told, and what drivers call their trays. The real server is in `tests/e2e/test_cups.py`."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from desktop.domain.errors import UnavailableError
from desktop.domain.printers import PrinterSetup, Sides
from desktop.services.workstation import cups

A4 = (210.0, 297.0)
SETUP = PrinterSetup(printer="mado")
posix = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand in for CUPS")


def options(setup: PrinterSetup, paper: tuple[float, float] = A4, copies: int = 1) -> list[str]:
    told = cups.lp_options(setup, copies, paper)
    return [option for option in told if option != "-o"]


def test_plain_printing_is_black_on_one_side_and_not_scaled():
    assert options(SETUP) == [
        "-n",
        "1",
        "sides=one-sided",
        "print-color-mode=monochrome",
        "print-scaling=none",
        "media=A4",
    ]


def test_everything_chosen_is_told():
    setup = PrinterSetup(
        printer="mado", tray="Tray2", tray_label="トレイ2", sides=Sides.SHORT_EDGE, is_colour=True
    )
    told = options(setup, copies=3)
    assert told[:2] == ["-n", "3"]
    assert {"sides=two-sided-short-edge", "print-color-mode=color", "InputSlot=Tray2"} <= set(told)


@pytest.mark.parametrize(
    ("paper", "media"),
    [
        ((297.0, 210.0), "media=A4"),
        ((148.2, 209.6), "media=A5"),
        ((297.0, 420.0), "media=A3"),
        ((182.0, 257.0), "media=jis_b5_182x257mm"),
    ],
)
def test_the_sheet_is_that_of_the_document(paper, media):
    assert media in options(SETUP, paper)


def test_an_unusual_sheet_is_left_to_the_printer():
    assert not [option for option in options(SETUP, (100.0, 200.0)) if option.startswith("media")]


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("Auto", "自動"),
        ("Tray2", "トレイ2"),
        ("tray-3", "トレイ3"),
        ("Cassette1", "トレイ1"),
        ("MultiPurpose", "手差し"),
        ("Fach_7", "Fach_7"),
    ],
)
def test_trays_have_names_that_people_use(key, label):
    assert cups.tray_label(key) == label


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@posix
def test_trays_are_those_of_the_driver(monkeypatch, tmp_path):
    program(
        tmp_path,
        "lpoptions",
        "echo 'PageSize/Media Size: *A4'; echo 'InputSlot/Media Source: *Auto Tray1 Tray2'",
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert [tray.key for tray in cups.trays_of("mado")] == ["Auto", "Tray1", "Tray2"]


@posix
def test_a_driver_without_trays_or_without_answer_has_none(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    program(tmp_path, "lpoptions", "echo 'PageSize/Media Size: *A4'")
    assert cups.trays_of("mado") == ()
    program(tmp_path, "lpoptions", "echo 'no server' >&2; exit 1")
    assert cups.trays_of("mado") == ()
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert cups.trays_of("mado") == ()


@posix
def test_a_refused_or_missing_queue_is_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    program(tmp_path, "lp", "cat >/dev/null; echo 'lp: Error' >&2; exit 1")
    with pytest.raises(UnavailableError, match="プリンター「mado」に送れません"):
        cups.send_pdf(b"%PDF", SETUP, [], "確認票")
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    with pytest.raises(UnavailableError):
        cups.send_pdf(b"%PDF", SETUP, [], "確認票")


@posix
def test_the_document_goes_through_a_pipe_under_the_title_of_the_form(monkeypatch, tmp_path):
    got = tmp_path / "got"
    program(tmp_path, "lp", f'cat > {got}.pdf; echo "$@" > {got}.told')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    cups.send_pdf(b"%PDF-1.4 page", SETUP, ["-n", "2"], "確認票")
    assert (tmp_path / "got.pdf").read_bytes() == b"%PDF-1.4 page"
    assert (tmp_path / "got.told").read_text().split() == ["-d", "mado", "-n", "2", "-t", "確認票"]
