"""What waits for print, what goes to paper, and who printed it, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import Engine

from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import CaseRecordForm, FormMark
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_events import Impact
from desktop.domain.records import SegmentKind
from desktop.services.printing import PrintService
from tests.services.test_main_job import TEXT, decision, submitted, written
from tests.support.desk import SmallOffice, read_and_decide, small_office
from tests.support.factories import CLOCK


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def printing(office: SmallOffice) -> PrintService:
    return drafts_of(office, office.records)


def approve(office: SmallOffice) -> None:
    supervisor = office.desk(office.supervisor)
    read_and_decide(supervisor, decision(supervisor.approvals.queue()[0]))


def printed(printing: PrintService, mark: FormMark = FormMark.ORIGINAL) -> None:
    ids = [row.subject_id for row in printing.waiting()]
    printing.record(new_id(), ids, mark, pages=1, sha256="0" * 64)


def one(service: PrintService, entry_ids: Sequence[UUID], mark: FormMark) -> CaseRecordForm:
    (piece,) = service.prepare(entry_ids, mark)
    return piece.data


def test_only_approved_entries_wait_and_an_original_is_printed_once(office, printing):
    submitted(office, office.desk(office.caseworker))
    assert printing.waiting() == ()
    approve(office)
    assert [row.label for row in printing.waiting()] == ["家庭訪問"]
    printed(printing)
    assert printing.waiting() == ()
    assert [(run.mark, run.entries, run.households) for run in printing.runs()] == [("正", 1, 1)]


def test_a_copy_does_not_count_as_the_original(office, printing):
    submitted(office, office.desk(office.caseworker))
    approve(office)
    printed(printing, FormMark.COPY)
    assert len(printing.waiting()) == 1


def test_noting_a_run_twice_is_one_run(office, printing):
    submitted(office, office.desk(office.caseworker))
    approve(office)
    batch_id = new_id()
    ids = [row.subject_id for row in printing.waiting()]
    for _ in range(2):
        printing.record(batch_id, ids, FormMark.ORIGINAL, pages=1, sha256="0" * 64)
    assert len(printing.runs()) == 1


def test_the_form_says_what_was_approved_with_its_stamps(office, printing):
    submitted(office, office.desk(office.caseworker))
    approve(office)
    form = one(printing, [row.subject_id for row in printing.waiting()], FormMark.ORIGINAL)
    (entry,) = form.entries
    assert form.head_name == "架空 花子"
    assert [s.text for s in entry.segments if s.label == "事実"] == [TEXT]
    assert [stamp.position_label for stamp in entry.stamps] == ["担当", "査察指導員"]
    assert entry.time_text == "8:00～8:40"


def test_a_correction_waits_again_and_shows_the_old_text_struck(office, printing):
    caseworker = office.desk(office.caseworker)
    given = submitted(office, caseworker)
    approve(office)
    printed(printing)
    begun = caseworker.records.start_correction(given.entry_id, "書き間違い。")
    segments = tuple(
        replace(s, text="長女と面接した。") if s.kind is SegmentKind.FACTS else s
        for s in given.segments
    )
    saved = caseworker.records.save(replace(given, shown_version=begun.version, segments=segments))
    caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
    assert printing.waiting() == ()
    approve(office)
    form = one(printing, [row.subject_id for row in printing.waiting()], FormMark.ORIGINAL)
    facts = [(s.text, s.struck) for s in form.entries[0].segments if s.label == "事実"]
    assert facts == [(TEXT, True), ("長女と面接した。", False)]
    assert form.entries[0].correction == "訂正（理由：書き間違い。）"


def test_what_is_not_approved_prints_only_as_a_draft(office, printing):
    given = submitted(office, office.desk(office.caseworker))
    with pytest.raises(NotPermittedError):
        printing.prepare([given.entry_id], FormMark.COPY)
    assert one(printing, [given.entry_id], FormMark.DRAFT).imprint.mark is FormMark.DRAFT


def drafts_of(office: SmallOffice, staff: SignedInStaff) -> PrintService:
    desk = office.desk(staff)
    return PrintService(desk.work, CLOCK, staff, desk.records.reading)


def test_a_caseworker_prints_drafts_and_nothing_else(office):
    given = submitted(office, office.desk(office.caseworker))
    mine = drafts_of(office, office.caseworker)
    form = one(mine, [given.entry_id], FormMark.DRAFT)
    assert (form.imprint.mark, form.imprint.printed_by) == (FormMark.DRAFT, office.caseworker.name)
    mine.record(new_id(), [given.entry_id], FormMark.DRAFT, pages=1, sha256="0" * 64)
    approve(office)
    for mark in (FormMark.ORIGINAL, FormMark.COPY):
        with pytest.raises(NotPermittedError):
            mine.prepare([given.entry_id], mark)
        with pytest.raises(NotPermittedError):
            mine.record(new_id(), [given.entry_id], mark, pages=1, sha256="0" * 64)
    with pytest.raises(NotPermittedError):
        mine.waiting()


def test_the_log_knows_drafts_and_they_leave_the_queue_alone(office, printing):
    given = submitted(office, office.desk(office.caseworker))
    mine = drafts_of(office, office.caseworker)
    mine.record(new_id(), [given.entry_id], FormMark.DRAFT, pages=1, sha256="0" * 64)
    assert [(r.mark, r.printed_by) for r in printing.runs()] == [("案", office.caseworker.name)]
    approve(office)
    assert len(printing.waiting()) == 1


def test_the_draft_of_a_correction_shows_the_new_text_and_the_original_the_valid_one(
    office, printing
):
    caseworker = office.desk(office.caseworker)
    given = submitted(office, caseworker)
    approve(office)
    begun = caseworker.records.start_correction(given.entry_id, "書き間違い。")
    segments = tuple(
        replace(s, text="長女と面接した。") if s.kind is SegmentKind.FACTS else s
        for s in given.segments
    )
    caseworker.records.save(replace(given, shown_version=begun.version, segments=segments))

    def facts(mark: FormMark) -> list[str]:
        form = one(printing, [given.entry_id], mark)
        return [s.text for s in form.entries[0].segments if s.label == "事実"]

    assert facts(FormMark.DRAFT) == ["長女と面接した。"]
    assert facts(FormMark.ORIGINAL) == [TEXT]


def test_another_persons_first_draft_prints_for_nobody_else(office, printing):
    given = written(office, office.desk(office.caseworker))
    office.desk(office.caseworker).records.save(given)
    with pytest.raises(NotPermittedError, match="見つからないか"):
        printing.prepare([given.entry_id], FormMark.DRAFT)
    mine = drafts_of(office, office.caseworker)
    form = one(mine, [given.entry_id], FormMark.DRAFT)
    assert form.entries[0].stamps == ()


def test_a_file_outside_the_duty_prints_no_draft_unopened(office):
    given = submitted(office, office.desk(office.caseworker))
    with pytest.raises(NotPermittedError):  # on PostgreSQL the entry is not even there for him
        drafts_of(office, office.outsider).prepare([given.entry_id], FormMark.DRAFT)
