"""通院・病状 in a household's file over real services, by keys and clicks. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from sqlalchemy import select

from desktop.domain.forms import FormMark
from desktop.domain.medical_forms import MedicalPaper, PaperAsked
from desktop.domain.medical_orders import OrderStep
from desktop.domain.medical_plans import VisitStatus
from desktop.jobs.medical_printing import medical_job
from desktop.models.issued_forms import IssuedFormRecord
from desktop.models.support_policies import PrintedFile
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import MedicalPrinting
from desktop.viewmodels.medical import MatterKind
from desktop.views.medical.acts import MedicalAct
from desktop.views.medical.file_medical import FileMedical
from desktop.views.medical.papers import MedicalPapers
from desktop.views.medical.ports import MedicalPorts
from tests.support.assessments import assessment
from tests.support.desk import small_office
from tests.support.factories import CLOCK, days_ago
from tests.support.fakes import FakeDialogs
from tests.support.issued_forms import issue_row, issued_forms
from tests.support.medical import (
    ELSEWHERE,
    REASON,
    a_plan,
    a_step,
    a_trip,
    a_visit,
    an_appointment,
    an_enquiry,
    an_opinion,
    an_order,
)
from tests.support.qt import InlineRunner

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(engine):
    return small_office(engine)


class Sections:
    """Opens the section for people of a small office; what would be drawn is remembered."""

    def __init__(self, qtbot, look, office):
        self._qtbot, self._look, self._office = qtbot, look, office
        self.dialogs = FakeDialogs(answer=True)
        self.said = []

    def open(self, staff):
        desk = self._office.desk(staff)
        view = FileMedical(
            self._office.household_id,
            MedicalPorts(opinions=desk.opinions, orders=desk.orders, plans=desk.hospital),
            InlineRunner(),
            look=self._look,
            dialogs=self.dialogs,
            today=CLOCK.today,
            papers=lambda _: MedicalPapers(
                self._office.household_id, lambda _: pytest.fail("no paper was asked for")
            ),
        )
        view.announced.connect(self.said.append)
        self._qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        with self._qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view


@pytest.fixture
def sections(qtbot, look, office):
    return Sections(qtbot, look, office)


def shown(view):
    return {act for act, button in view.buttons_of.items() if not button.isHidden()}


def fill(view, **values):
    for name, value in values.items():
        view.form.spec.fields[name].show_value(value)


def test_an_empty_section_says_what_to_do(office, sections, qtbot):
    view = sections.open(office.caseworker)
    QAbstractItemModelTester(view.model)
    assert "照会する（A）" in view.nothing.words
    assert view.chosen is not None
    assert view.person.editor().currentText() == view.chosen.name
    assert view.buttons_of[MedicalAct.ASK].hasFocus()
    act = MedicalAct
    assert shown(view) == {act.ASK, act.OPINION, act.PLAN, act.TRIP, act.ORDER}
    qtbot.keyClick(view.buttons_of[act.ASK], Key.Key_A)
    assert view.form.spec.fields["institution"].editor().hasFocus()


def test_an_enquiry_is_asked_reminded_and_answered_by_keys(office, sections, qtbot):
    view = sections.open(office.caseworker)
    qtbot.keyClick(view.buttons_of[MedicalAct.ASK], Key.Key_A)
    fill(
        view,
        institution="見本病院",
        consent="面接で同意を得た",
        Q8=False,
        extra="夜勤はできますか。\n",
    )
    qtbot.keyClick(view.form.spec.fields["institution"].editor(), Key.Key_Return, CTRL)
    assert "病状照会を記録しました" in sections.said[-1]
    (row,) = view.model.rows()
    assert (row.kind, row.waits) == (MatterKind.ENQUIRY, True)
    assert len(row.subject.given.questions) == 8
    assert "夜勤はできますか。" in view.words.words
    qtbot.keyClick(view.table, Key.Key_U)
    assert "督促 1回" in view.words.words
    qtbot.keyClick(view.table, Key.Key_R)
    fill(view, given_on=days_ago(1), doctor="模擬　医師", answer_0="制限付きで可", words="半日まで")
    view.form.act()
    assert {r.kind for r in view.model.rows()} == {MatterKind.ENQUIRY, MatterKind.OPINION}
    assert "いちばん新しい医学的な意見" in view.summary.words
    assert "模擬　医師 医師" in view.summary.words


def test_in_large_type_long_questions_ask_for_no_wider_window(office, sections, qtbot, look):
    view = sections.open(office.caseworker)
    qtbot.keyClick(view.buttons_of[MedicalAct.ASK], Key.Key_A)
    look.set_zoom(200)
    assert view.minimumSizeHint().width() <= 940


def test_what_is_missing_stands_beside_its_field(office, sections):
    view = sections.open(office.caseworker)
    view.buttons_of[MedicalAct.OPINION].click()
    fill(view, given_on=days_ago(1))
    view.form.act()
    fields = view.form.spec.fields
    assert "医師の言葉" in fields["words"].error()
    assert "医師を入力" in fields["doctor"].error()
    assert fields["words"].editor().hasFocus() or fields["doctor"].editor().hasFocus()
    assert view.form.act_button.isEnabled()


def test_an_order_waits_for_another_person_s_word(office, sections, qtbot):
    view = sections.open(office.caseworker)
    qtbot.keyClick(view.buttons_of[MedicalAct.ASK], Key.Key_E)
    fill(view, doubt="ability", reason=REASON, elsewhere=ELSEWHERE, institution="指定検診病院")
    view.form.act()
    act = MedicalAct
    assert {act.APPROVE, act.REFUSE, act.DELIVER} & shown(view) == set()
    assert {act.WITHDRAW, act.PRINT} <= shown(view)
    of_supervisor = sections.open(office.supervisor)
    assert {act.APPROVE, act.REFUSE} <= shown(of_supervisor)
    qtbot.keyClick(of_supervisor.table, Key.Key_G)
    fill(of_supervisor, words="主治医の回答を読み、ほかに方法がないことを確かめた。")
    of_supervisor.form.act()
    assert of_supervisor.model.rows()[0].state == "承認済み・交付待ち"
    issue_row(office, office.desk(office.caseworker), "K-18", view.model.rows()[0].key)
    view.reload()
    view.buttons_of[act.DELIVER].click()
    fill(view, words="窓口で手渡した。")
    view.form.act()
    assert "受診待ち" in view.model.rows()[0].state
    assert act.RESULT in shown(view)
    assert act.NOT_OBEYED not in shown(view)


def test_while_safety_comes_first_orders_are_hidden(office, sections):
    desk = office.desk(office.caseworker)
    desk.orders.write(an_order(office))
    desk.assessments.save(assessment(office, safety="死にたいと話した"))
    view = sections.open(office.caseworker)
    assert "安全の確認が先" in view.warning.text()
    assert view.model.rows() == ()
    assert MedicalAct.ORDER not in shown(view)


def test_who_may_not_read_health_sees_ways_alone(office, sections):
    desk = office.desk(office.caseworker)
    desk.opinions.note_opinion(an_opinion(office))
    desk.hospital.note_trip(a_trip(office))
    view = sections.open(office.records)
    assert [row.kind for row in view.model.rows()] == [MatterKind.TRIP]
    assert "移動・移送費だけが出ます" in view.summary.words
    assert shown(view) == {MedicalAct.PRINT}


def test_two_missed_running_ask_to_go_and_see(office, sections, qtbot):
    desk, plan = office.desk(office.caseworker), a_plan(office)
    desk.hospital.save(plan)
    for days in (20, 10):
        appointment = an_appointment(plan, on_day=days_ago(days))
        desk.hospital.appoint(appointment)
    view = sections.open(office.caseworker)
    assert view.warning.text() == ""
    for _ in range(2):
        waiting = next(n for n, row in enumerate(view.model.rows()) if row.waits)
        view.table.select_row(waiting)
        qtbot.keyClick(view.table, Key.Key_V)
        fill(view, status="missed")
        view.form.act()
    assert "訪問・電話で様子を聞いてください" in view.warning.text()
    assert "点数や評価ではなく" in view.summary.words


def test_a_plan_is_changed_into_its_next_version(office, sections, qtbot):
    view = sections.open(office.caseworker)
    view.buttons_of[MedicalAct.PLAN].click()
    fill(view, purpose="痛みをやわらげる", institution="見本病院", visits_a_month=2)
    view.form.act()
    view.buttons_of[MedicalAct.PLAN].click()
    assert view.form.spec.fields["purpose"].entered() == "痛みをやわらげる"
    assert view.form.spec.fields["visits_a_month"].entered() == 2
    fill(view, purpose="薬を減らす")
    view.form.act()
    assert [row.state for row in view.model.rows()][1] == "前の計画"
    assert MedicalAct.APPOINT in shown(view)


def test_typed_words_are_not_lost_by_a_key(office, sections, qtbot):
    view = sections.open(office.caseworker)
    view.buttons_of[MedicalAct.TRIP].click()
    assert not view.has_unsaved()
    fill(view, from_place="自宅")
    assert view.has_unsaved()
    sections.dialogs.answer = False
    qtbot.keyClick(view.form.spec.fields["from_place"].editor(), Key.Key_Escape)
    assert view.form is not None
    sections.dialogs.answer = True
    qtbot.keyClick(view.form.spec.fields["from_place"].editor(), Key.Key_Escape)
    assert view.form is None


@pytest.mark.parametrize("paper", list(MedicalPaper))
def test_every_paper_is_drawn_and_noted(office, paper):
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    desk = office.desk(office.caseworker)
    enquiry, order, plan, trip = (
        an_enquiry(office),
        an_order(office),
        a_plan(office),
        a_trip(office),
    )
    desk.opinions.ask(enquiry)
    desk.opinions.note_opinion(an_opinion(office, enquiry_id=enquiry.enquiry_id))
    desk.orders.write(order)
    desk.hospital.save(plan)
    appointment = an_appointment(plan)
    desk.hospital.appoint(appointment)
    desk.hospital.note_visit(a_visit(appointment, VisitStatus.ATTENDED))
    desk.hospital.note_trip(trip)
    office.desk(office.supervisor).orders.judge(a_step(order, OrderStep.APPROVED))
    service = MedicalPrinting(
        desk.work, CLOCK, office.caseworker, desk.opinions.reading, desk.opinions
    )
    job = medical_job(paper, service, issued_forms(office, office.caseworker), lambda: fonts)
    subjects = {
        MedicalPaper.ENQUIRY: enquiry.enquiry_id,
        MedicalPaper.ORDER: order.order_id,
        MedicalPaper.PLAN: plan.plan_id,
        MedicalPaper.TRIPS: trip.trip_id,
    }
    asked = PaperAsked(
        household_id=office.household_id,
        person_id=office.person_id,
        subject_id=subjects[paper],
        paper=paper,
    )
    run = job.draw(job.choose(asked), FormMark.PLAIN)
    assert run.rendered.pages == {"S-07": 2, "S-21": 2, "S-22": 1, "K-18": 3}[paper]
    is_issued = paper is MedicalPaper.ORDER
    job.finish(run.issue(None, None) if run.issue is not None else run)
    column = IssuedFormRecord.form_code if is_issued else PrintedFile.form
    with office.work() as session:
        assert session.scalars(select(column)).all() == [paper.value]
