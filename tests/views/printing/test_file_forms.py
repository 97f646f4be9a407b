"""帳票 of a household: forms by keys, and what was issued."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.forms import FormMark
from desktop.reports.rendered import RenderedPdf
from desktop.views.printing.file_forms import FileForms
from desktop.views.printing.run_view import PrintRunView
from tests.support.documents import small_pdf
from tests.support.fakes import CLOCK, fake_id
from tests.support.fakes_printing import FakeDraws, FileDialogs, PrinterToFile, make_issue
from tests.support.qt import InlineRunner
from tests.support.screens import shown

HOUSEHOLD = fake_id("household 2")


class FakeIssues:
    def __init__(self, *lines):
        self.lines = lines

    def of_household(self, household_id):
        assert household_id == HOUSEHOLD
        return self.lines


@pytest.fixture
def draws():
    return FakeDraws(RenderedPdf(data=small_pdf(2), pages=2))


@pytest.fixture
def wanted() -> list[str]:
    """The codes of the ways to paper that were asked for."""
    return []


@pytest.fixture
def make_section(qtbot, look, draws, wanted, tmp_path):
    def make(*lines, may_print=True):
        def paper(screen, code):
            wanted.append(code)
            return PrintRunView(
                screen,
                draws,
                CLOCK,
                dialogs=FileDialogs(tmp_path / "a.pdf"),
                printers=PrinterToFile(tmp_path / "paper.pdf"),
            )

        section = FileForms(
            HOUSEHOLD,
            FakeIssues(*lines),
            InlineRunner(),
            look=look,
            titles={"K-04": "ケース記録票"},
            may_print=may_print,
            make_paper=paper,
        )
        return shown(qtbot, section, 1100, 700)

    return make


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("B", "K-02"),
        ("H", "K-25"),
        ("N", "K-10"),
        ("O", "K-24"),
        ("C", "L-02"),
        ("Y", "L-03"),
        ("V", "L-04"),
    ],
)
def test_each_form_has_a_key(qtbot, make_section, draws, wanted, key, code):
    section = make_section()
    section.focus_first()
    qtbot.keyClick(section.focusWidget(), getattr(Qt.Key, f"Key_{key}"))
    assert wanted == [code]
    assert draws.drawn == [((HOUSEHOLD,), FormMark.PLAIN)]
    assert section.papers[code].isVisible()
    qtbot.keyClick(section.papers[code].preview, Qt.Key.Key_Escape)
    assert section.form_buttons[code].isVisible()


def test_enter_shows_what_was_issued(qtbot, make_section, draws, wanted):
    section = make_section(make_issue(2), make_issue(1, voided_at=CLOCK.now()))
    assert [section.model.index(row, 7).data() for row in range(2)] == ["有効", "× 失効"]
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    assert wanted == [""]
    assert draws.drawn == [((fake_id("issue 2"),), FormMark.COPY)]


def test_without_issues_the_section_says_how_they_come(make_section):
    section = make_section()
    assert section._empty.isVisible()
    assert "まだ発行されていません" in section._empty.text()


def test_who_prints_nothing_sees_the_issues_only(qtbot, make_section, draws):
    section = make_section(make_issue(1), may_print=False)
    assert not any(button.isVisible() for button in section.form_buttons.values())
    section.focus_first()
    qtbot.keyClick(section.table, Qt.Key.Key_B)
    assert draws.drawn == []
