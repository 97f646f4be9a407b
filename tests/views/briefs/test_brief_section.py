"""訪問前のまとめ over real services: what is due, what became of it, and the rest of the brief."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop.domain.errors import UnavailableError
from desktop.domain.ids import new_id
from desktop.domain.support_policies import Action, Actor
from desktop.jobs.change_bus import ChangeBus
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.views.briefs.brief_section import BriefSection, BriefSetting
from desktop.views.requests import FileRequest
from tests.services.support_policies.test_support_policies import in_force
from tests.support import factories
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.papers import a_paper
from tests.support.policies import issue
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def changes():
    return ChangeBus()


@pytest.fixture
def make_section(qtbot, look, office, desk, changes):
    def make(duties=None, staff=None):
        setting = BriefSetting(
            staff=staff or desk.staff,
            clock=CLOCK,
            runner=InlineRunner(),
            changes=changes,
            look=look,
        )
        section = BriefSection(office.household_id, duties or desk.duties, setting)
        qtbot.addWidget(section)
        section.resize(1250, 800)
        section.show()
        section.activateWindow()
        section.activate()
        qtbot.waitUntil(section.isActiveWindow)
        return section

    return make


def with_policy(office, desk):
    what = Action(
        action_id=new_id(),
        actor=Actor.CASEWORKER,
        what="家主に連絡する",
        by_on=YESTERDAY,
        measure="家主の返事",
    )
    in_force(office, desk, issue(actions=(what,)))


def cells(section, row):
    model = section.duties.model
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_what_is_late_is_marked_and_chosen(office, desk, make_section):
    with_policy(office, desk)
    section = make_section()
    assert cells(section, 1) == ["▲ R6.9.30", "取組", "担当員", "家主に連絡する", "まだ"]
    assert cells(section, 0)[:3] == ["R8.9.30", "短期目標", "―"]
    section.duties.table.select_row(1)
    assert section.duties.words.words == "家主に連絡する\n確かめ方：家主の返事"


def test_a_result_is_noted_by_keyboard_alone(office, desk, make_section, changes, qtbot):
    with_policy(office, desk)
    section = make_section()
    told = []
    changes.result_noted.connect(lambda household_id, by: told.append((household_id, by)))
    table = section.duties.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = section.duties.form.text.editor()
    assert editor.hasFocus()
    commit_text(editor, "修繕の約束を得た。")
    assert section.has_unsaved()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cells(section, 1)[-1] == "済み R6.10.1")
    assert told == [(office.household_id, section)]
    assert table.hasFocus()
    assert not section.has_unsaved()
    name = office.caseworker.name
    assert section.duties.words.words.splitlines()[-1] == (
        f"済み（R6.10.1）：修繕の約束を得た。　{name}"
    )


def test_the_form_opens_with_enter_and_closes_while_it_is_empty(office, desk, make_section, qtbot):
    with_policy(office, desk)
    section = make_section()
    form, button = section.duties.form, section.duties.note_button
    assert form.isHidden()
    assert not button.isHidden()
    button.click()
    assert button.isHidden()
    qtbot.keyClick(form.text.editor(), Qt.Key.Key_Escape)
    assert form.isHidden()
    button.click()
    commit_text(form.text.editor(), "書きかけ")
    qtbot.keyClick(form.text.editor(), Qt.Key.Key_Escape)
    assert not form.isHidden()


def test_a_result_without_words_says_so_beside_the_field(office, desk, make_section):
    with_policy(office, desk)
    section = make_section()
    section.duties.begin_note()
    section.duties.form.hand_in()
    assert section.duties.form.text.error() == "どうなったかを入力してください。"
    assert cells(section, 0)[-1] == "まだ"


def test_words_typed_stay_with_their_action(office, desk, make_section):
    with_policy(office, desk)
    section = make_section()
    commit_text(section.duties.form.text.editor(), "書きかけ")
    section.duties.table.select_row(1)
    assert section.duties.table.current_row() == 0
    assert section.duties.form.text.editor().text() == "書きかけ"


def test_a_lost_server_keeps_the_words_and_the_same_result(office, desk, make_section):
    with_policy(office, desk)

    class Lost:
        def __init__(self):
            self.given = []

        def __getattr__(self, name):
            return getattr(desk.duties, name)

        def note(self, given):
            self.given.append(given)
            raise UnavailableError("サーバーにつながりません。")

    lost = Lost()
    section = make_section(lost)
    commit_text(section.duties.form.text.editor(), "薬をのめている。")
    section.duties.form.hand_in()
    assert "つながりません" in section.messages.text()
    section.duties.form.hand_in()
    assert lost.given[0] == lost.given[1]
    assert section.has_unsaved()


def test_the_rest_of_the_brief_and_the_way_to_the_record(office, desk, make_section):
    with_policy(office, desk)
    desk.papers.receive(a_paper(office.household_id))
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        author = session.get_one(Staff, office.caseworker.staff_id)
        entry = factories.make_entry(session, household, author)
        factories.make_promise(session, entry, what="診断書を出す", due_on=YESTERDAY)
        entry_id = entry.id
    section = make_section()
    text = section.text.toPlainText()
    for words in (
        "方針の取組：家主に連絡する（R6.9.30まで）",
        "希望：自宅で暮らし続けたい。",
        "▲ 世帯主：診断書を出す（R6.9.30まで）",
        "給与明細（6-0001）　受領　受領から0日",
        "令和6年10月1日 決裁の援助方針が有効です。",
    ):
        assert words in text
    asked: list[object] = []
    section.file_requested.connect(asked.append)
    section.text.anchorClicked.emit(f"entry:{entry_id}")
    assert asked == [
        FileRequest(household_id=office.household_id, section="chronicle", entry_id=entry_id)
    ]


def test_without_a_policy_the_section_says_what_comes(make_section):
    section = make_section()
    assert (
        "援助方針が決裁されると"
        in section.duties.findChild(type(section.duties._empty), "no_duties").text()
    )
    assert section.duties.note_button.isHidden()
    assert "有効な援助方針がありません" in section.text.toPlainText()


def test_who_only_reads_is_offered_no_form(office, desk, make_section):
    with_policy(office, desk)
    section = make_section(office.desk(office.head).duties, staff=office.head)
    assert section.duties.current() is not None
    assert section.duties.note_button.isHidden()
    section.duties.begin_note()
    assert section.duties.form.isHidden()
