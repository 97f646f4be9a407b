"""受領書類 in a household's file: words and steps of the paper at hand, over real services on both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import NotPermittedError
from desktop.domain.papers import PaperState
from desktop.views.papers.file_papers import FilePapers
from tests.support import files as made_up
from tests.support.desk import small_office
from tests.support.fakes_attachments import attach_setting
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
    def make(papers=None, *files):
        view = FilePapers(
            office.household_id,
            papers or desk.papers,
            desk.attachments,
            desk.staff,
            InlineRunner(),
            setting=attach_setting(look, *files),
        )
        qtbot.addWidget(view)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
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


def test_a_file_is_attached_looked_at_and_left_by_keys(office, desk, make_view, qtbot, tmp_path):
    desk.papers.receive(a_paper(office.household_id))
    path = tmp_path / "9月分.pdf"
    path.write_bytes(made_up.a_pdf(2))
    view = make_view(None, path)
    assert view.files.note.text() == "添付ファイルはありません。"
    qtbot.keyClick(view.table, Qt.Key.Key_A)
    assert view.attaching.title.text() == "受領番号 6-0001 に添付"
    view.attaching.choose_files()
    qtbot.keyClick(view.attaching.choose_button, Qt.Key.Key_Escape)
    assert view.files.model.index(0, 0).data() == "9月分.pdf"
    qtbot.keyClick(view.files.table, Qt.Key.Key_Return)
    viewer = view.viewer
    assert (viewer.name.text(), viewer.place.text()) == ("9月分.pdf", "1／2頁　100％")
    assert not viewer.pages.picture.pixmap().isNull()
    qtbot.keyClick(viewer.pages, Qt.Key.Key_PageDown)
    assert viewer.place.text() == "2／2頁　100％"
    qtbot.keyClick(viewer.pages, Qt.Key.Key_Escape)
    assert view.table.isVisible()
    assert viewer.pages.pages == 0


def test_a_mail_is_shown_as_text(office, desk, make_view, qtbot):
    paper = desk.papers.receive(a_paper(office.household_id))
    page = "<p>明細です</p><script>steal()</script>"
    desk.attachments.attach(paper.paper_id, made_up.a_mail(page, "text/html"), "a.eml")
    view = make_view()
    qtbot.keyClick(view.files.table, Qt.Key.Key_Return)
    shown = view.viewer.mail.toPlainText()
    assert "件名：給与明細" in shown
    assert shown.endswith("明細です")


def test_the_same_file_on_another_paper_is_told(office, desk, make_view):
    for _ in range(2):
        paper = desk.papers.receive(a_paper(office.household_id))
        desk.attachments.attach(paper.paper_id, made_up.an_image(), "a.jpg")
    view = make_view()
    assert view.files.same.words.startswith("同じファイルがあります：受領番号 6-0001（")
