"""The tour: the real program through the main job, as a newcomer without a display gets it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from desktop.tour import driver

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the tour left; it fails here when a step did not appear."""
    out = tmp_path_factory.mktemp("tour")
    ran = subprocess.run(
        [sys.executable, "-m", "desktop", "tour", "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return out


@pytest.mark.slow
def test_every_step_left_its_picture(tour: Path):
    steps = [path.stem.split("_", 1)[1] for path in sorted(tour.glob("*.png"))]
    wanted = [
        "sign_in",
        "palette",
        "visit_grades",
        "take_home_pay",
        "liaisons",
        "chronicle",
        "ticks",
        "visit",
        "attached",
        "visit_plan",
        "visit_board",
        "assessment",
        "assessment_proposal",
        "support_plan",
        "support_acts",
        "guidance",
        "monthly_papers",
        "telephone_memo",
        "phrases",
        "search",
        "rule_changes",
        "practice",
        "help",
        "review",
        "return_with_reason",
        "conferences",
        "conference_matter",
        "conference_decision",
        "conference_paper",
        "group_register",
        "hospital_visits",
        "effort",
        "key_figures",
        "flows",
        "handover",
        "help_care",
        "print_queue",
        "case_records_preview",
        "letter_K-19_preview",
        "register",
        "inquiries",
        "transfers",
        "disclosures",
    ]
    assert [step for step in steps if step in wanted] == wanted
    assert all(path.stat().st_size > 10_000 for path in tour.glob("*.png"))


@pytest.mark.slow
def test_the_printed_records_are_a_readable_pdf(tour: Path):
    (pdf,) = tour.glob("*_case_records.pdf")
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage().get_text_range()
    assert "ケ" in text
    assert "研修用" in text
    assert "電子印" in text


def test_a_script_that_waits_in_vain_ends_with_what_was_missing(qapp, monkeypatch):
    monkeypatch.setattr(driver, "_PATIENCE_SECONDS", 0.05)

    def script() -> driver.Script:
        yield driver.Until("現れない画面", lambda: False)

    run = driver.Driver(qapp, script())
    run.start()
    assert qapp.exec() == 1
    assert "現れない画面" in run.failure


def test_a_script_that_breaks_is_a_failure(qapp, qtbot):
    def script() -> driver.Script:
        yield driver.Until("はじめ", lambda: True)
        raise ZeroDivisionError

    run = driver.Driver(qapp, script())
    run.start()
    with qtbot.captureExceptions() as raised:
        assert qapp.exec() == 1
    assert raised[0][0] is ZeroDivisionError
    assert run.failure
