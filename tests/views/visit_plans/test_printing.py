"""訪問計画, its papers: each tab prints its own, looked at in the tabs' place, saved or printed, and noted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.domain.ids import new_id
from desktop.domain.visit_plans import PlanMove
from desktop.models.records import PrintBatch
from tests.reports.reading import page_texts
from tests.support.inquiry_screens import FileDialogs
from tests.support.plan_papers import plan_papers
from tests.support.visit_plans import a_change, do, two_visits

K = Qt.Key
M = PlanMove
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialogs(tmp_path):
    return FileDialogs(tmp_path / "計画.pdf")


@pytest.fixture
def draft(office, caseworker):
    return caseworker.visit_plans.save(a_change(office, *two_visits(office)))


@pytest.fixture
def screen(make_screen, caseworker, draft):
    return make_screen(caseworker)


def preview_of(screen):
    view = screen.printing.currentWidget()
    assert view in screen.printing.views.values()
    return view.preview


def logged(office):
    with office.work() as session:
        rows = session.scalars(select(PrintBatch).order_by(PrintBatch.id)).all()
        return [(row.form, row.mark) for row in rows]


def test_each_tab_prints_its_own_paper(screen, office, dialogs, qtbot):
    for place, (words, title, mark) in enumerate(
        (
            ("年間計画表を印刷", "年間訪問計画表", "案"),
            ("月間計画・実績表を印刷", "月間訪問計画・実績表", "案"),
            ("選んだ月の報告書を印刷", "訪問実施状況報告書", "印なし"),
        )
    ):
        screen.tabs.setCurrentIndex(place)
        assert screen.printing.button.text().startswith(words)
        qtbot.keyClick(screen.tabs.currentWidget(), K.Key_P, CTRL)
        preview = preview_of(screen)
        assert preview.run.title == title
        assert preview.about.text().startswith(mark)
        assert not screen.district.isVisible()
        qtbot.keyClick(preview, K.Key_S, CTRL)
        assert not screen.printing.is_at_front
        assert screen.district.isVisible()
        assert title in "".join("".join(page_texts(dialogs.path.read_bytes())).split())
    assert logged(office) == [("K-07", "draft"), ("K-08", "draft"), ("K-27", "plain")]


def test_the_keys_of_the_screen_rest_while_a_paper_is_looked_at(screen, office, qtbot):
    qtbot.keyClick(screen.year.panel.table, K.Key_P, CTRL)
    preview = preview_of(screen)
    span = screen.span.text()
    qtbot.keyClick(preview, K.Key_Right, CTRL)
    qtbot.keyClick(preview, K.Key_2, ALT)
    assert (screen.span.text(), screen.tabs.currentIndex()) == (span, 0)
    qtbot.keyClick(preview, K.Key_Escape)
    assert not screen.printing.is_at_front
    assert screen.year.panel.table.hasFocus()
    qtbot.keyClick(screen.year.panel.table, K.Key_2, ALT)
    assert screen.tabs.currentIndex() == 1
    assert logged(office) == []


def test_without_a_plan_there_is_no_paper_of_the_year(make_screen, caseworker, qtbot):
    screen = make_screen(caseworker)
    assert not screen.printing.button.isEnabled()
    assert "計画を作ると" in screen.printing.button.toolTip()
    qtbot.keyClick(screen.year, K.Key_P, CTRL)
    assert not screen.printing.is_at_front
    screen.tabs.setCurrentIndex(1)
    assert screen.printing.button.isEnabled()


def test_the_approved_plan_is_printed_as_it_is_shown(
    make_screen, office, caseworker, supervisor, draft, qtbot
):
    other = next(
        h.household_id
        for h in caseworker.visit_plans.year(draft.plan_id).households
        if h.household_id != office.household_id
    )
    change = a_change(
        office,
        *(replace(visit, household_id=other, visit_id=new_id()) for visit in two_visits(office)),
        plan_id=draft.plan_id,
        version=draft.version,
    )
    head = do(caseworker, caseworker.visit_plans.save(change), M.SUBMIT)
    do(supervisor, head, M.APPROVE)
    screen = make_screen(supervisor)
    qtbot.keyClick(screen.year.panel.table, K.Key_E, CTRL)
    qtbot.mouseClick(screen.printing.button, Qt.MouseButton.LeftButton)
    preview = preview_of(screen)
    assert preview.about.text().startswith("承認済")
    assert "電子印" in preview.mark_note.text()
    text = "".join("".join(page_texts(preview.run.rendered.data)).split())
    assert "承認後の変更と実施は含みません" in text
    assert office.supervisor.name.replace(" ", "") in text


def test_heads_read_and_print_nothing(make_screen, office, draft):
    screen = make_screen(office.desk(office.head))
    assert not screen.printing.button.isEnabled()
    assert "職務" in screen.printing.button.toolTip()


def test_a_refusal_is_said_in_words_and_the_tabs_come_back(
    make_screen, office, caseworker, draft, dialogs, qtbot
):
    papers = plan_papers(office.desk(office.outsider), dialogs)
    screen = make_screen(caseworker, papers=papers)
    qtbot.keyClick(screen.year.panel.table, K.Key_P, CTRL)
    assert not screen.printing.is_at_front
    assert "見つからないか、担当する地区のものではありません" in screen.messages.text()
    assert screen.year.panel.table.hasFocus()
