"""From marks to the issued copy on both databases: proofs, the issue, and what changed in between."""

from __future__ import annotations

import pytest

from desktop.domain.disclosures import DisclosureMove, DisclosureState
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.households import Relation
from desktop.domain.ids import new_id
from desktop.domain.imprint import FormMark
from desktop.models.disclosures import DisclosureMoveRow
from desktop.models.households import Household, Member
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile
from desktop.reports.disclosures.reasons_list import REASONS_LIST
from desktop.services.disclosures import DisclosureService
from desktop.services.printing import DisclosurePrinting
from tests.support.desk import small_office
from tests.support.disclosures import (
    VISIT,
    approved_correction,
    approved_entry,
    handed_over,
    part_with,
    reviewed,
    struck,
    taken,
    two_entries,
)
from tests.support.factories import CLOCK, LONG_AGO, add, make_person
from tests.support.issued_forms import issued_run, of, slip


@pytest.fixture
def office(engine):
    office = small_office(engine)
    two_entries(office)
    return office


def printing_of(desk) -> DisclosurePrinting:
    service: DisclosureService = desk.disclosures
    return DisclosurePrinting(desk.work, CLOCK, desk.staff, service.reading)


@pytest.fixture
def printing(office):
    return printing_of(office.desk(office.records))


def a_run(office, sheet):
    """The copy of a request that was issued, and is on paper now."""
    wanted = slip(office, form_code="J-02", subjects=of(sheet.row.disclosure_id, version=None))
    return issued_run(office.desk(office.records), wanted)


def text_of(copy) -> str:
    return "".join(part.text for entry in copy.record.entries for part in entry.segments)


def test_a_proof_shows_bars_in_the_place_of_words(office, printing):
    sheet = handed_over(office, office.desk(office.records))
    copy = printing.prepare(sheet.row.disclosure_id, FormMark.DRAFT)
    text = text_of(copy)
    assert "見本太郎" not in text
    assert VISIT.replace("見本太郎", "■■■［1］") in text
    assert [entry.met for entry in copy.record.entries] == ["架空 花子", "架空医師"]
    (bar,) = copy.reasons.bars
    assert (bar.number, bar.reason, bar.part_label, bar.is_whole) == (1, "78-1-2", "事実", False)
    assert copy.record.imprint.mark is copy.imprint.mark is FormMark.DRAFT


def test_the_copy_to_issue_waits_for_the_second_look(office, printing):
    sheet = handed_over(office, office.desk(office.records))
    with pytest.raises(NotPermittedError, match="査察指導員の確認"):
        printing.prepare(sheet.row.disclosure_id, FormMark.DISCLOSED)


def test_printing_the_reviewed_copy_issues_it(office, printing):
    sheet = reviewed(office)
    copy = printing.prepare(sheet.row.disclosure_id, FormMark.DISCLOSED)
    assert copy.content_hash == sheet.content_hash
    run = a_run(office, sheet)
    for _ in range(2):  # a retry changes nothing
        printing.record_issue(run, [(sheet.row.disclosure_id, sheet.content_hash)])
    records = office.desk(office.records)
    issued = records.disclosures.sheet(sheet.row.disclosure_id)
    assert issued.row.state is DisclosureState.ISSUED
    assert [m.move for m in issued.moves] == [
        *(DisclosureMove.HAND_OVER, DisclosureMove.REVIEW, DisclosureMove.ISSUE),
    ]
    with office.work() as session:
        (move,) = session.query(DisclosureMoveRow).filter_by(move=DisclosureMove.ISSUE)
        assert move.batch_id == run.batch_id
        assert session.get_one(PrintBatch, run.batch_id).mark == "disclosed"
        printed = session.get_one(PrintedFile, (run.batch_id, office.household_id))
        assert printed.form == REASONS_LIST.code


def test_the_heading_names_the_head_to_nobody_else(office, printing):
    with office.work() as session:
        wife = make_person(session, name="架空 見本美")
        household = session.get_one(Household, office.household_id)
        add(
            session,
            Member(
                office_id=household.office_id,
                household_id=household.id,
                person_id=wife.id,
                relation=Relation.SPOUSE,
                is_head=False,
                valid_from=LONG_AGO,
            ),
        )
        wife_id = wife.id
    records = office.desk(office.records)
    own = taken(office, records)
    assert printing.prepare(own.row.disclosure_id, FormMark.DRAFT).record.head_name == "架空 花子"
    hers = taken(office, records, person_id=wife_id, asked_by="架空 見本美")
    copy = printing.prepare(hers.row.disclosure_id, FormMark.DRAFT)
    assert copy.record.head_name == ""
    assert copy.reasons.left_out.is_head_blank


def test_what_was_changed_after_the_second_look_is_not_issued(office, printing):
    visit = approved_entry(office, "見守りを続ける。")
    sheet = reviewed(office)
    approved_correction(office, visit, "見守りを続けた。")
    with pytest.raises(ConflictError, match="準備に戻す"):
        printing.prepare(sheet.row.disclosure_id, FormMark.DISCLOSED)
    with pytest.raises(ConflictError, match="準備に戻す"):
        printing.record_issue(a_run(office, sheet), [(sheet.row.disclosure_id, sheet.content_hash)])
    with office.work() as session:
        assert session.query(PrintBatch).count() == 0


def test_what_was_drawn_is_what_is_issued(office, printing):
    sheet = reviewed(office)
    with pytest.raises(ConflictError):
        printing.record_issue(a_run(office, sheet), [(sheet.row.disclosure_id, "0" * 64)])


def test_a_proof_on_paper_is_noted_and_moves_nothing(office, printing):
    sheet = handed_over(office, office.desk(office.records))
    supervisor = office.desk(office.supervisor)
    printing_of(supervisor).prepare(sheet.row.disclosure_id, FormMark.DRAFT)
    printing_of(supervisor).record_proof(
        new_id(), [sheet.row.disclosure_id], pages=2, sha256="ab" * 32
    )
    again = supervisor.disclosures.sheet(sheet.row.disclosure_id)
    assert again.row.state is DisclosureState.HANDED_OVER
    assert [(m.move, m.by) for m in again.moves][-1] == (
        *(DisclosureMove.DRAFT_PRINTED, supervisor.staff.name),
    )


def test_a_supervisor_issues_nothing(office):
    sheet = reviewed(office)
    with pytest.raises(NotPermittedError):
        printing_of(office.desk(office.supervisor)).record_issue(
            a_run(office, sheet), [(sheet.row.disclosure_id, sheet.content_hash)]
        )


def test_a_whole_segment_is_struck_with_its_source(office, printing):
    records = office.desk(office.records)
    sheet = taken(office, records)
    key = part_with(sheet, "眠れない").key
    sheet = records.disclosures.mark([struck(sheet, key)])
    copy = printing.prepare(sheet.row.disclosure_id, FormMark.DRAFT)
    words = [part for part in copy.record.entries[0].segments if part.label == "本人の発言"]
    assert [(part.text, part.source) for part in words] == [("■■■［1］", "")]
