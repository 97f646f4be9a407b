"""The main job through its real widgets and services: written, submitted, returned, corrected, approved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.domain.ids import new_id
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryState, SegmentKind
from desktop.domain.support_policies import Action, Actor
from desktop.domain.todos import TodoOrigin
from desktop.jobs.change_bus import ChangeBus
from desktop.services.audit import HistoryService
from desktop.services.masters.service import MastersService
from desktop.services.office import OfficeService
from desktop.services.todos import TodoService
from desktop.views.approvals.review_pane import ReviewPane
from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
from desktop.views.records.ports import RecordPorts
from desktop.views.requests import FileRequest
from tests.services.support_policies.test_support_policies import in_force
from tests.support.desk import desk, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.fakes_printing import without_paper
from tests.support.policies import issue
from tests.support.qt import InlineRunner
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def make_chronicle(qtbot, look, office):
    def make(staff):
        own = desk(office.work, staff)
        ports = RecordPorts(
            records=own.records,
            files=own.households,
            office=OfficeService(own.work, CLOCK, staff),
            todos=TodoService(own.work, CLOCK, staff, own.records.reading),
            reasons=MastersService(own.work, CLOCK, staff),
            histories=HistoryService(own.work, staff, own.records.reading),
            duties=own.duties,
            phrases=own.phrases,
            drafting=own.drafting,
        )
        setting = ChronicleSetting(
            staff=staff,
            clock=CLOCK,
            runner=InlineRunner(),
            changes=ChangeBus(),
            look=look,
            make_paper=without_paper,
        )
        return shown(qtbot, ChronicleView(office.household_id, ports, setting))

    return make


@pytest.fixture
def chronicle(make_chronicle, office):
    return make_chronicle(office.caseworker)


@pytest.fixture
def pane(qtbot, look, office):
    reviews = desk(office.work, office.supervisor).approvals
    view = ReviewPane(reviews, InlineRunner(), changes=ChangeBus(), look=look, today=CLOCK.today)
    return shown(qtbot, view)


def shown(qtbot, view):
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    view.activateWindow()
    view.activate()
    qtbot.waitUntil(view.isActiveWindow)
    return view


def write_visit(chronicle, qtbot, text="居室で面接し、通院と服薬を本人から聞いた。"):
    chronicle.new_button.click()
    qtbot.keyClick(chronicle.kind_picker.list, Key.Key_1)
    form = chronicle.editor.form
    form.contact.times.editor().setText("0830-0855")
    form.contact.met.boxes()[0].click()
    form.contact.result.show_value("11")
    form.segments.texts[SegmentKind.FACTS].show_value("")
    commit_text(form.segments.texts[SegmentKind.FACTS].editor(), text)


def newest(chronicle):
    return chronicle.chronicle.rows[-1]


def test_purposes_of_the_policy_go_into_the_subject(office, make_chronicle):
    what = Action(action_id=new_id(), actor=Actor.CASEWORKER, what="家主に連絡する", by_on=TODAY)
    in_force(office, office.desk(office.caseworker), issue(actions=(what,), goals=()))
    view = make_chronicle(office.caseworker)
    view.commands.new("home_visit")
    segments = view.editor.form.segments
    (action,) = segments.purpose_button.menu().actions()
    assert action.text() == "&1　方針の取組：家主に連絡する"
    segments.texts[SegmentKind.SUBJECT].show_value("定期訪問")
    action.trigger()
    assert segments.texts[SegmentKind.SUBJECT].editor().toPlainText() == "定期訪問、家主に連絡する"
    assert view.editor.has_unsaved()


def test_a_record_is_written_submitted_and_approved_by_one_key(chronicle, pane, qtbot):
    write_visit(chronicle, qtbot)
    chronicle.editor.hand_in(Impact.NONE)
    assert chronicle.editor is None
    assert newest(chronicle).state is EntryState.SUBMITTED
    pane.activateWindow()
    pane.reload()
    assert "通院と服薬" in pane.card.entry.toPlainText()
    qtbot.keyClick(pane.queue, Key.Key_A)
    assert "決裁待ちはありません" in pane._screen_empty.text()
    chronicle.reload()
    assert newest(chronicle).state is EntryState.APPROVED
    assert newest(chronicle).stamps


def test_a_record_that_touches_the_policy_leads_to_it(chronicle, office, qtbot):
    write_visit(chronicle, qtbot)
    with qtbot.waitSignal(chronicle.file_requested) as asked:
        chronicle.editor.hand_in(Impact.SOME)
    entry = newest(chronicle)
    assert entry.state is EntryState.SUBMITTED
    assert asked.args[0] == FileRequest(
        household_id=office.household_id, section="support_policies", impact_of=entry.entry_id
    )


def test_what_is_missing_stands_beside_its_field(chronicle, qtbot):
    write_visit(chronicle, qtbot)
    chronicle.editor.form.contact.met.boxes()[0].click()
    chronicle.editor.hand_in(Impact.NONE)
    assert "世帯員を選んで" in chronicle.editor.form.contact.met.error()
    assert newest(chronicle).state is EntryState.DRAFT


def test_a_returned_record_comes_back_with_its_reason_and_is_marked_when_it_comes_again(
    chronicle, pane, qtbot
):
    write_visit(chronicle, qtbot)
    chronicle.editor.hand_in(Impact.NONE)
    pane.reload()
    pane._move(pane._card.allowed[2])
    pane.panel.text.insert("通院先を書いてください。")
    pane.panel.confirm.click()
    chronicle.reload()
    chronicle.list.setFocus()
    qtbot.keyClick(chronicle.list, Key.Key_Return)
    assert "通院先を書いてください。" in chronicle.editor.notice.text()
    commit_text(chronicle.editor.form.segments.texts[SegmentKind.FACTS].editor(), "架空病院。")
    chronicle.editor.hand_in(Impact.NONE)
    pane.reload()
    assert pane.model.rows()[0].round == 2
    assert pane.card.legend.isVisible()


def test_two_windows_on_one_draft_lose_no_text(chronicle, office, qtbot):
    write_visit(chronicle, qtbot, text="窓一の文。")
    editor = chronicle.editor
    editor.save()
    other = desk(office.work, office.caseworker).records
    from desktop.services.records.changes import as_input  # noqa: PLC0415

    stored = as_input(other.entry(newest(chronicle).entry_id))
    from dataclasses import replace  # noqa: PLC0415

    segments = tuple(
        replace(s, text="窓二の文。") if s.kind is SegmentKind.FACTS else s for s in stored.segments
    )
    other.save(replace(stored, segments=segments))
    commit_text(editor.form.segments.texts[SegmentKind.FACTS].editor(), "続き。")
    editor.save()
    assert editor.conflict.isVisible()
    editor.conflict.buttons[next(iter(editor.conflict.buttons))].click()
    editor.save()
    text = newest(chronicle).text(SegmentKind.FACTS)
    assert "窓一の文。" in text
    assert "窓二の文。" in text
    assert len(other.versions(newest(chronicle).entry_id)) == 3


def test_a_correction_is_approved_beside_the_old_text(chronicle, pane, qtbot):
    write_visit(chronicle, qtbot)
    chronicle.editor.hand_in(Impact.NONE)
    pane.reload()
    qtbot.keyClick(pane.queue, Key.Key_A)
    chronicle.reload()
    qtbot.keyClick(chronicle.list, Key.Key_T)
    chronicle.prompt.text.insert("通院日の誤り")
    chronicle.prompt.act.click()
    editor = chronicle.editor
    assert "通院と服薬" in editor.reference.toPlainText()
    editor.form.segments.texts[SegmentKind.FACTS].show_value("居室で面接し、通院日を聞き直した。")
    editor.hand_in(Impact.NONE)
    assert "訂正中" in chronicle.chronicle.text(0).badges[0].text
    pane.reload()
    assert "【訂正】" in pane.model.rows()[0].kind_label
    assert "服薬" in pane.card.entry.toPlainText()
    pane._settling.stop()
    qtbot.keyClick(pane.queue, Key.Key_A)
    chronicle.reload()
    assert newest(chronicle).version == 3
    assert newest(chronicle).state is EntryState.APPROVED


def test_consulting_reaches_the_supervisor(chronicle, office, engine, qtbot):
    chronicle._act(chronicle.actions_bar.by_key("C"))
    chronicle.prompt.text.insert("同行をお願いします。")
    chronicle.prompt.act.click()
    supervisor = desk(office.work, office.supervisor)
    todos = TodoService(supervisor.work, CLOCK, office.supervisor, supervisor.records.reading)
    assert [t.origin for t in todos.mine()] == [TodoOrigin.CONSULTATION]


def test_a_file_outside_the_duty_is_refused_with_a_sentence(make_chronicle, office):
    assert "担当外" in make_chronicle(office.outsider).messages.text()


def test_the_head_ends_the_correction_that_the_caseworker_left(
    chronicle, pane, make_chronicle, office, qtbot
):
    write_visit(chronicle, qtbot)
    chronicle.editor.hand_in(Impact.NONE)
    pane.activateWindow()
    pane.reload()
    qtbot.keyClick(pane.queue, Key.Key_A)
    records = desk(office.work, office.caseworker).records
    entry_id = newest(chronicle).entry_id
    records.start_correction(entry_id, "書き誤り")
    view = make_chronicle(office.head)
    with qtbot.waitSignal(view.announced) as done:
        qtbot.keyClick(view.list, Key.Key_Z)
    assert "訂正を取りやめました" in done.args[0]
    assert newest(view).state is EntryState.APPROVED
    assert records.start_correction(entry_id, "もう一度").state is EntryState.DRAFT
