"""試算・給付 in a household's file over real services, by keys and clicks. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QCheckBox
from sqlalchemy import select

from desktop.domain.errors import ValidationError
from desktop.domain.forms import FormMark
from desktop.domain.work_estimates import EstimateKind
from desktop.domain.work_estimates_aid import JobSearchAid
from desktop.domain.work_estimates_cases import MOST_GRANT_MONTHS, CaseOutcome, GrantWindow
from desktop.domain.work_estimates_forms import ApplicationAsked, HandSheetAsked, NoticeAsked
from desktop.domain.work_estimates_grants import IndependenceGrant, StudyOrWorkGrant
from desktop.domain.work_estimates_income import EarnedIncome
from desktop.jobs.work_estimate_printing import (
    application_job,
    hand_sheet_job,
    month_table_job,
    notice_job,
)
from desktop.models.support_policies import PrintedFile
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import WorkEstimatePrinting
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.work_estimates.file_estimates import FileEstimates
from tests.reports.reading import page_texts
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.fakes import FakeDialogs
from tests.support.issued_forms import issued_forms
from tests.support.qt import InlineRunner
from tests.support.work_money import A_TRIP, a_decision, an_application

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(engine):
    return small_office(engine)


class Sections:
    """Opens the section for people of a small office; paper is drawn for real and shown nowhere."""

    def __init__(self, qtbot, look, office):
        self._qtbot, self._look, self._office = qtbot, look, office
        self.dialogs = FakeDialogs(answer=True)
        self.said = []

    def open(self, staff):
        view = FileEstimates(
            self._office.household_id,
            self._office.desk(staff).estimates,
            staff,
            InlineRunner(),
            look=self._look,
            dialogs=self.dialogs,
            today=CLOCK.today,
            make_paper=lambda *_: pytest.fail("no paper was asked for"),
            make_notice=partial(self._notice, staff),
            make_table=partial(self._table, staff),
        )
        view.announced.connect(self.said.append)
        self._qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        with self._qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    def _table(self, staff, screen):
        desk = self._office.desk(staff)
        estimates = desk.estimates
        service = WorkEstimatePrinting(desk.work, CLOCK, desk.staff, estimates.reading, estimates)
        fonts = FontSet.of_office(resource_path("fonts"), search=())
        job = month_table_job(service, lambda: fonts)
        return PrintRunView(screen, job, CLOCK, dialogs=self.dialogs, printers=PrinterChoice()), job

    def _notice(self, staff, screen, kind):
        desk = self._office.desk(staff)
        estimates = desk.estimates
        service = WorkEstimatePrinting(desk.work, CLOCK, desk.staff, estimates.reading, estimates)
        fonts = FontSet.of_office(resource_path("fonts"), search=())
        job = notice_job(kind, service, issued_forms(self._office, staff), lambda: fonts)
        return PrintRunView(screen, job, CLOCK, dialogs=self.dialogs, printers=PrinterChoice()), job

    def estimate(self, view):
        """Wait until the estimate of what was typed is there."""
        self._qtbot.waitUntil(lambda: view.form.panel.estimate is not None)
        return view.form.panel

    def type(self, view, kind, **texts):
        """Choose a kind and type into its fields."""
        view.form.kind.show_value(kind)
        fields = view.form.kinds[kind]
        for name, text in texts.items():
            editor = fields.field(name).editor()
            editor.clear()
            self._qtbot.keyClicks(editor, text)


@pytest.fixture
def sections(qtbot, look, office):
    return Sections(qtbot, look, office)


def an_open_case(office, given=A_TRIP):
    service = office.desk(office.caseworker).estimates
    shown = service.estimate(office.household_id, office.person_id, given)
    case = an_application(office.household_id, office.person_id, shown, given)
    service.apply(case)
    return case


def test_an_empty_section_says_what_to_do(office, sections, qtbot):
    view = sections.open(office.caseworker)
    assert "試算する（N）" in view.nothing.words
    assert view.new_button.hasFocus()
    assert not view.decide_button.isVisible()
    qtbot.keyClick(view.new_button, Key.Key_N)
    assert view.form.isVisible()
    assert view.form.person.editor().hasFocus()


def test_what_remains_in_hand_stands_there_while_it_is_typed(office, sections, qtbot):
    view = sections.open(office.caseworker)
    view.new_button.click()
    assert "左の項目" in view.form.panel.note.words
    sections.type(view, EstimateKind.EARNED_INCOME, gross="100000")
    panel = sections.estimate(view)
    assert panel.title.text() == "試算"
    assert panel.amount.text() == "手元に残る額　23,600円（未確認の設定値を含む）"
    assert "17,600円 ＋ 400円 × 15" in panel.lines.words
    assert "kiso.table.1.39000" in panel.used.words
    assert "【未確認】" in panel.used.words
    assert view.form.apply_button.isHidden()
    assert not view.form.print_button.isHidden()


def test_a_refusal_names_the_value_that_is_missing(office, sections, qtbot):
    view = sections.open(office.caseworker)
    view.new_button.click()
    later = view.form.kinds[EstimateKind.EARNED_INCOME].field("is_later")
    assert isinstance(later, QCheckBox)
    later.setChecked(True)
    sections.type(view, EstimateKind.EARNED_INCOME, gross="60000")
    panel = sections.estimate(view)
    assert "kiso.table.2" in panel.refusals.text()
    assert panel.amount.text() == "試算できません"
    assert panel.lines.words == ""


def test_an_application_is_kept_by_one_key(office, sections, qtbot):
    view = sections.open(office.caseworker)
    view.new_button.click()
    sections.type(view, EstimateKind.TRAVEL, fare="640", trips="3")
    sections.estimate(view)
    qtbot.waitUntil(lambda: not view.form._rest.isActive())
    qtbot.keyClick(view.form.note.editor(), Key.Key_Return, CTRL)
    assert sections.said == ["申請と試算を保存しました。決定が出たら「決定を記録」で残します。"]
    (case,) = view.model.rows()
    assert case.estimate.amount == 1_920
    assert "往復 640円 × 3回" in view.words.words
    assert "別の職員" in view.hint.words
    assert view.decide_button.isHidden()
    assert not view.has_unsaved()


def test_what_was_not_looked_at_is_not_kept(office, sections, qtbot):
    view = sections.open(office.caseworker)
    view.new_button.click()
    sections.type(view, EstimateKind.TRAVEL, fare="640", trips="3")
    qtbot.keyClick(view.form.note.editor(), Key.Key_Return, CTRL)
    assert sections.said == []
    assert view.form.panel.estimate.amount == 1_920


def test_what_is_missing_is_said_beside_the_field(office, sections, qtbot):
    view = sections.open(office.caseworker)
    view.new_button.click()
    sections.type(view, EstimateKind.TRAVEL, fare="640")
    qtbot.keyClick(view.form.note.editor(), Key.Key_Return, CTRL)
    assert view.form.kinds[EstimateKind.TRAVEL].field("trips").error()
    assert view.form.isVisible()


def test_the_supervisor_records_the_decision(office, sections, qtbot):
    an_open_case(office)
    view = sections.open(office.supervisor)
    qtbot.keyClick(view.table, Key.Key_D)
    assert view.decision.isVisible()
    assert view.decision.outcome.editor().hasFocus()
    qtbot.keyClicks(view.decision.amount.editor(), "1920")
    qtbot.keyClick(view.decision.amount.editor(), Key.Key_Return, CTRL)
    assert sections.said == ["決定を記録しました。"]
    assert "支給決定 1,920円" in view.model.index(0, 5).data()
    assert "訂正" in view.hint.words


def test_a_refused_application_needs_its_reason(office, sections, qtbot):
    an_open_case(office)
    view = sections.open(office.supervisor)
    view.decide_button.click()
    view.decision.outcome.show_value(CaseOutcome.REFUSED)
    qtbot.keyClick(view.decision.reason.editor(), Key.Key_Return, CTRL)
    assert "理由" in view.decision.reason.error()
    assert view.decision.act_button.isEnabled()


def test_months_are_offered_one_by_one(office, sections):
    case = an_open_case(office, JobSearchAid(on=TODAY, months=2))
    first = TODAY.replace(day=1)
    office.desk(office.supervisor).estimates.record_decision(
        a_decision(case, month=first, amount=5_000, interviews=1, applications=3)
    )
    view = sections.open(office.supervisor)
    assert "残り1か月" in view.model.index(0, 5).data()
    assert "面接1回" in view.words.words
    view.decide_button.click()
    assert view.decision.month.editor().currentText() == "2024年11月"


def test_leaving_asks_before_anything_is_lost(office, sections, qtbot):
    view = sections.open(office.caseworker)
    view.new_button.click()
    sections.type(view, EstimateKind.EARNED_INCOME, gross="100000")
    qtbot.keyClick(view.form.person.editor(), Key.Key_Escape)
    assert sections.dialogs.asked == []
    view.new_button.click()
    sections.type(view, EstimateKind.TRAVEL, fare="640")
    assert view.has_unsaved()
    view.form.back_button.click()
    assert len(sections.dialogs.asked) == 1
    assert not view.has_unsaved()


def test_the_list_is_a_proper_model(office, sections, qtmodeltester):
    an_open_case(office)
    view = sections.open(office.caseworker)
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert view.model.rowCount() == 1


def test_sheets_for_the_person_are_drawn_and_noted_for_the_household(office):
    desk = office.desk(office.caseworker)
    estimates = desk.estimates
    service = WorkEstimatePrinting(desk.work, CLOCK, desk.staff, estimates.reading, estimates)
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    whose = {"household_id": office.household_id, "person_id": office.person_id}
    grant = IndependenceGrant(
        on=TODAY, job_began=TODAY, is_single=True, recognised=(0, 52_700), lasts=False
    )
    asked = {
        "S-36": (
            hand_sheet_job(service, lambda: fonts),
            HandSheetAsked(given=EarnedIncome(on=TODAY, gross=100_000), **whose),
        ),
        "S-25": (
            application_job(EstimateKind.JOB_SEARCH, service, lambda: fonts),
            ApplicationAsked(given=JobSearchAid(on=TODAY, months=3), **whose),
        ),
        "S-26": (
            application_job(EstimateKind.INDEPENDENCE, service, lambda: fonts),
            ApplicationAsked(given=grant, **whose),
        ),
        "S-27": (
            application_job(EstimateKind.STUDY_OR_WORK, service, lambda: fonts),
            ApplicationAsked(
                given=StudyOrWorkGrant(on=TODAY, is_work=True, moves_out=False), **whose
            ),
        ),
    }
    for job, wanted in asked.values():
        run = job.draw(job.choose(wanted), FormMark.PLAIN)
        assert run.rendered.pages == 1
        job.finish(run)
        job.finish(run)
    with office.work() as session:
        noted = session.scalars(select(PrintedFile)).all()
        assert {each.household_id for each in noted} == {office.household_id}
        assert sorted(each.form for each in noted) == sorted(asked)


def test_what_has_a_paper_offers_it(office, sections):
    view = sections.open(office.caseworker)
    view.new_button.click()
    assert "手取り試算を印刷" in view.form.print_button.text()
    view.form.kind.show_value(EstimateKind.INDEPENDENCE)
    assert view.form.print_button.text() == "申請書を印刷（Ctrl+P）"
    assert view.form.print_button.isVisible()
    view.form.kind.show_value(EstimateKind.TRAVEL)
    assert view.form.print_button.isHidden()


def a_grant():
    return StudyOrWorkGrant(on=TODAY, is_work=True, moves_out=False)


def test_a_decision_is_told_by_a_notice_which_is_a_draft_without_the_appeal(
    office, sections, qtbot
):
    view = sections.open(office.supervisor)
    assert view.notice_button.isHidden()
    case = an_open_case(office, a_grant())
    view.reload()
    assert view.notice_button.isHidden()
    refused = a_decision(case, outcome=CaseOutcome.REFUSED, amount=None, reason="期限後の申請")
    office.desk(office.supervisor).estimates.record_decision(refused)
    view.reload()
    assert view.notice_button.isVisible()
    qtbot.keyClick(view.table, Key.Key_P)
    ((paper, _),) = view.notices.values()
    assert view._pages.currentWidget() is paper
    run = paper.preview.run
    text = "".join(page_texts(run.rendered.data)).replace("\n", "")
    for words in ("支給しません（却下）", "期限後の申請", "案"):
        assert words in text
    for words in ("試算", "支援区分"):
        assert words not in text


def test_what_was_taken_back_has_no_notice(office, sections):
    case = an_open_case(office, a_grant())
    taken = a_decision(case, outcome=CaseOutcome.WITHDRAWN, amount=None, reason="本人の申出")
    office.desk(office.supervisor).estimates.record_decision(taken)
    view = sections.open(office.supervisor)
    assert view.notice_button.isHidden()
    desk = office.desk(office.supervisor)
    service = WorkEstimatePrinting(
        desk.work, CLOCK, desk.staff, desk.estimates.reading, desk.estimates
    )
    asked = NoticeAsked(
        household_id=office.household_id, case_id=case.case_id, decision_id=taken.decision_id
    )
    with pytest.raises(ValidationError):
        service.notice(asked)


def rows_shown(view):
    fields = view.form.kinds[EstimateKind.INDEPENDENCE]
    return sum(
        fields.field(f"recognised_{back}").isVisibleTo(view) for back in range(MOST_GRANT_MONTHS)
    )


def test_so_many_months_are_asked_for_as_count_where_protection_ends(office, sections):
    view = sections.open(office.caseworker)
    found = view._found
    assert {each.months for each in found.windows} == {6}
    windows = (
        GrantWindow(valid_from=date(2018, 10, 1), months=6),
        GrantWindow(valid_from=TODAY, months=3),
    )
    view._show(replace(found, windows=windows))
    view.new_button.click()
    view.form.kind.show_value(EstimateKind.INDEPENDENCE)
    assert rows_shown(view) == 3
    fields = view.form.kinds[EstimateKind.INDEPENDENCE]
    for name, value in (("job_began", TODAY), ("recognised_2", 50_000)):
        fields.field(name).show_value(value)
    view.form._was_edited()
    assert fields.given().recognised == (50_000, 0, 0)
    fields.field("on").show_value(date(2024, 9, 30))
    view.form._was_edited()
    assert rows_shown(view) == 6
    assert fields.given().recognised == (0, 0, 0, 50_000, 0, 0)


def test_the_months_of_aid_for_looking_for_work_are_printed_with_what_was_decided(
    office, sections, qtbot
):
    case = an_open_case(office, JobSearchAid(on=TODAY, months=2))
    decision = a_decision(
        case, month=TODAY.replace(day=1), interviews=1, applications=3, amount=5000
    )
    office.desk(office.supervisor).estimates.record_decision(decision)
    view = sections.open(office.supervisor)
    assert view.table_button.isVisible()
    qtbot.keyClick(view.table, Key.Key_K)
    ((paper, _),) = view.tables
    assert view._pages.currentWidget() is paper
    text = "".join(page_texts(paper.preview.run.rendered.data)).replace("\n", "")
    for words in ("活動確認表", "5,000円", "支給決定", "R6.11"):
        assert words in text
    for words in ("試算", "支援区分", "意欲"):
        assert words not in text
