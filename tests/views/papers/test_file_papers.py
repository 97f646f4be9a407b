"""受領書類 in a household's file: words and steps of the paper at hand, over real services on both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import FormMark
from desktop.domain.papers import PaperState
from desktop.jobs.change_bus import ChangeBus
from desktop.views.papers.file_papers import FilePapers
from tests.support import files as made_up
from tests.support.desk import small_office
from tests.support.fakes_attachments import attach_setting
from tests.support.papers import a_paper
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def make_view(qtbot, look, office, desk, drawn):
    def make(papers=None, *files, staff=None):
        view = FilePapers(
            office.household_id,
            papers or desk.papers,
            desk.attachments,
            staff or desk.staff,
            InlineRunner(),
            changes=ChangeBus(),
            make_paper=drawn.make,
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


@pytest.fixture
def named_paper(office, desk):
    """A paper that an entry names, beneath a younger one; and the entry."""
    paper_id = desk.papers.receive(a_paper(office.household_id)).paper_id
    desk.papers.receive(a_paper(office.household_id))
    given = desk.records.blank(office.household_id, "telephone_in")
    entry_id = desk.records.save(given).entry_id
    desk.papers.link_entry(entry_id, [paper_id])
    return paper_id, entry_id


def test_one_key_each_way_between_paper_and_entry(make_view, named_paper, qtbot):
    _, entry_id = named_paper
    view = make_view()
    assert not view.acts.entry_button.isEnabled()
    view.show_entry(entry_id)
    assert view.current().line.number == 1
    assert "記録：R6.10.1　電話" in view.words.words
    view.focus_first()
    with qtbot.waitSignal(view.file_requested) as asked:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert (asked.args[0].section, asked.args[0].entry_id) == ("chronicle", entry_id)


def test_an_entry_may_be_asked_for_before_the_papers_are_there(qtbot, make_view, named_paper):
    view = make_view()
    view.reload_later()
    view.show_entry(named_paper[1])
    view.activate()
    assert view.current().line.number == 1


def test_x_asks_why_and_strikes_the_link(make_view, named_paper, qtbot):
    view = make_view()
    view.show_entry(named_paper[1])
    view.focus_first()
    qtbot.keyClick(view.table, Qt.Key.Key_X)
    qtbot.waitUntil(view.acts.reason.hasFocus)
    commit_text(view.acts.reason, "別の月の書類だった")
    qtbot.keyClick(view.acts.reason, Qt.Key.Key_Return)
    assert view.words.words.splitlines()[-1].startswith("取消　記録：R6.10.1")
    assert "別の月の書類だった" in view.words.words
    assert not view.acts.entry_button.isEnabled()
    assert not view.acts.strike_button.isVisibleTo(view)


@pytest.mark.parametrize(("zoom", "room"), [(150, 1028), (200, 1058)])
def test_in_large_type_the_papers_ask_for_no_wider_window(make_view, named_paper, look, zoom, room):
    view = make_view()
    view.show_entry(named_paper[1])
    look.set_zoom(zoom)
    assert view.acts.strike_button.isVisibleTo(view)
    assert view.minimumSizeHint().width() <= room


def test_d_gives_the_draft_and_the_file_shows_it(make_view, named_paper, qtbot, office):
    view = make_view()
    view.focus_first()
    qtbot.keyClick(view.table, Qt.Key.Key_D)
    name = office.caseworker.name
    assert f"やること：保護変更の起案　R6.10.8まで　{name}　未完了" in view.words.words
    assert not view.acts.draft_button.isEnabled()


def test_p_prints_again(make_view, named_paper, qtbot, drawn):
    view = make_view()
    view.focus_first()
    qtbot.keyClick(view.table, Qt.Key.Key_P)
    assert drawn.view.asked == (view.current().line.paper_id, FormMark.ORIGINAL, 1)
    drawn.view.left.emit()
    assert view.table.isVisible()


def test_who_handles_no_papers_reads_only(make_view, named_paper, office):
    view = make_view(staff=office.head)
    for button in (view.acts.draft_button, view.acts.print_button, view.acts.strike_button):
        assert not button.isVisible()
    assert view.acts.entry_button.isVisible()


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
