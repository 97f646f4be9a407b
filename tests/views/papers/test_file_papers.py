"""受領書類 in a household's file: words and steps of the paper at hand, over real services on both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import NotPermittedError
from desktop.domain.papers import PaperState
from desktop.views.papers.file_papers import FilePapers
from tests.support.desk import small_office
from tests.support.papers import a_paper
from tests.support.qt import InlineRunner


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def make_view(qtbot, look, office, desk):
    def make(papers=None):
        view = FilePapers(
            office.household_id, papers or desk.papers, desk.staff, InlineRunner(), look=look
        )
        qtbot.addWidget(view)
        view.show()
        view.activate()
        return view

    return make


def test_a_paper_says_what_was_written_and_how_it_went(office, desk, make_view):
    given = a_paper(office.household_id, person_id=office.person_id)
    desk.papers.receive(given)
    desk.papers.step(given.paper_id, PaperState.RECEIVED)
    desk.papers.settle(given.paper_id, PaperState.CHECKED, "変更なし")
    view = make_view()
    cells = [view.model.index(0, column).data() for column in range(view.model.columnCount())]
    assert cells == [
        *("6-0001", "R6.10.1", "完了", "給与明細", "架空 花子", "2", "架空 花子", "自分"),
    ]
    name = office.caseworker.name
    assert view.words.words.splitlines() == [
        "備考：9月分。原本は返した。",
        f"R6.10.1　受領　{name}",
        f"R6.10.1　内容確認　{name}",
        f"R6.10.1　完了　{name}（理由：変更なし）",
    ]


def test_arrow_keys_go_from_the_newest_to_older_papers(office, desk, make_view, qtbot):
    for number in (1, 2):
        desk.papers.receive(a_paper(office.household_id, note=f"その{number}"))
    view = make_view()
    assert "備考：その2" in view.words.words
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert "備考：その1" in view.words.words


def test_without_papers_it_says_where_they_come_from(make_view):
    view = make_view()
    assert "「受領書類」の画面で受け取ると" in view.empty_sentence()
    assert view.words.words == ""


def test_a_refusal_is_said(make_view):
    class Refusing:
        def of_household(self, household_id):
            raise NotPermittedError("この操作はあなたの職務では認められていません。")

    assert "認められていません" in make_view(Refusing()).messages.text()
