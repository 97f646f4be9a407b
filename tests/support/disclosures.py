"""Disclosure requests as tests make them: a file with approved entries, one of which an agency told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.approvals import ApprovalState
from desktop.domain.disclosures import (
    DisclosureMove,
    DisclosureSheet,
    DisclosureState,
    Requester,
    RequestInput,
)
from desktop.domain.disclosures_marks import (
    MarkInput,
    Part,
    PartKey,
    PartText,
    Verdict,
    parts_of,
    undecided,
)
from desktop.domain.ids import new_id
from desktop.domain.records import ContactMethod, Place, SegmentKind
from desktop.models.disclosures import (
    Disclosure,
    DisclosureMark,
    DisclosureMoveRow,
    DisclosureText,
)
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.records import ContactMet, EntryRecord, SegmentText
from tests.support import factories
from tests.support.desk import Desk, SmallOffice
from tests.support.entry_versions import Said, write_version

THIRD_PARTY = "78-1-2"
#: The tests' day is 1 October 2024.
SPRING, SUMMER = date(2024, 5, 7), date(2024, 8, 6)
VISIT = "居室で世帯主と面接した。隣室の見本太郎から物音の苦情があった。"
AGENCY = "見本病院の架空医師から病状を聞いた。"


def approved_entry(
    office: SmallOffice,
    text: str,
    *,
    event_on: date = SPRING,
    more: Iterable[tuple[SegmentKind, str, str]] = (),
    met: Iterable[tuple[str, UUID | None]] = (),
    **changes: Any,
) -> UUID:
    """An approved entry of the office's household; `more` are further segments with kind, text and source."""
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        author = session.get_one(Staff, office.caseworker.staff_id)
        entry = factories.make_entry(
            session, household, author, event_on=event_on, text=text, **changes
        )
        for position, (kind, words, source) in enumerate(more, start=2):
            _segment(session, entry, position, kind=kind, text=words, source=source)
        session.add_all(
            ContactMet(
                office_id=entry.office_id,
                household_id=entry.household_id,
                contact_id=entry.contact_id,
                label=label,
                person_id=person_id,
            )
            for label, person_id in met
        )
        factories.make_approval(
            session,
            entry,
            state=ApprovalState.APPROVED,
            decided_by=session.get_one(Staff, office.supervisor.staff_id),
        )
        return entry.id


def approved_correction(office: SmallOffice, entry_id: UUID, text: str) -> None:
    """The entry gets a next version that says this, and it is valid: segment by segment the same but for the facts."""
    with office.work() as session:
        entry = session.get_one(EntryRecord, entry_id)
        before = session.scalars(
            select(SegmentText).where(
                SegmentText.entry_id == entry_id, SegmentText.version == entry.version
            )
        ).all()
        entry.version += 1
        entry.content_hash = write_version(session, entry, Said(parts=()))
        for each in before:
            words = text if each.kind is SegmentKind.FACTS else each.text
            _segment(
                session,
                entry,
                each.position,
                kind=each.kind,
                text=words,
                source=each.source,
                segment_id=each.segment_id,
            )
        entry.approved_version = entry.version


def two_entries(office: SmallOffice) -> tuple[UUID, UUID]:
    """A visit to the person alone, with words and a view, and what a hospital told."""
    visit = approved_entry(
        office,
        VISIT,
        more=(
            (SegmentKind.WORDS, "眠れないと話した。", ""),
            (SegmentKind.VIEW, "見守りが要る。", ""),
        ),
        met=(("架空 花子", office.person_id),),
    )
    agency = approved_entry(
        office,
        AGENCY,
        event_on=SUMMER,
        method=ContactMethod.AGENCY,
        place=Place.AGENCY,
        is_home_visit=False,
        met=(("架空医師", None),),
    )
    return visit, agency


def a_request(office: SmallOffice, **changes: Any) -> RequestInput:
    """The head asks for the record of the year."""
    given = RequestInput(
        disclosure_id=new_id(),
        household_id=office.household_id,
        person_id=office.person_id,
        requester=Requester.PRINCIPAL,
        asked_by="架空 花子",
        asked_on=date(2024, 9, 20),
        records_from=date(2024, 4, 1),
        records_to=date(2024, 9, 30),
    )
    return replace(given, **changes)


def a_disclosure(
    household: Household, person_id: UUID, staff_id: UUID, state: DisclosureState
) -> Disclosure:
    """A request as it stands in the table."""
    closed = state in {DisclosureState.ISSUED, DisclosureState.WITHDRAWN}
    return Disclosure(
        id=new_id(),
        office_id=household.office_id,
        household_id=household.id,
        person_id=person_id,
        fiscal_year=2024,
        number=new_id().int % 1_000_000,
        requester=Requester.PRINCIPAL,
        asked_on=date(2024, 9, 20),
        records_from=date(2010, 4, 1),
        records_to=date(2010, 9, 30),
        due_on=date(2024, 10, 20),
        state=state,
        prepared_by=staff_id,
        prepared_at=factories.CLOCK.now(),
        content_hash="",
        closed_by=staff_id if closed else None,
        closed_at=factories.CLOCK.now() if closed else None,
    )


def add_its_parts(session: Session, request: Disclosure, entry_id: UUID) -> None:
    """The words, a mark and a move of a request."""
    owner = {"office_id": request.office_id, "household_id": request.household_id}
    by, at = request.prepared_by, request.prepared_at
    session.add(DisclosureText(disclosure_id=request.id, asked_by="架空 花子", **owner))
    session.add(
        DisclosureMark(
            disclosure_id=request.id,
            entry_id=entry_id,
            version=1,
            part=Part.AUTHOR,
            verdict=Verdict.STRUCK,
            reason=THIRD_PARTY,
            note="",
            made_by=by,
            made_at=at,
            **owner,
        )
    )
    session.add(
        DisclosureMoveRow(
            disclosure_id=request.id,
            number=1,
            move=DisclosureMove.ISSUE,
            by_id=by,
            at=at,
            content_hash="",
            reason="",
            **owner,
        )
    )
    session.flush()


def taken(office: SmallOffice, desk: Desk, **changes: Any) -> DisclosureSheet:
    """A request that was taken in, as it is before whoever prepares the copy."""
    row = desk.disclosures.take(a_request(office, **changes))
    return desk.disclosures.sheet(row.disclosure_id)


def parts(sheet: DisclosureSheet) -> tuple[PartText, ...]:
    """All parts of the copy."""
    return parts_of(sheet.entries, sheet.person_id, sheet.marks)


def waiting(sheet: DisclosureSheet) -> tuple[PartText, ...]:
    """The parts that wait for a decision."""
    return undecided(parts(sheet), sheet.marks)


def part_with(sheet: DisclosureSheet, words: str, part: Part = Part.TEXT) -> PartText:
    """The first part of that kind that says this."""
    return next(p for p in parts(sheet) if p.key.part is part and words in p.text)


def struck(sheet: DisclosureSheet, key: PartKey, **changes: Any) -> MarkInput:
    """A part struck whole, because it is about somebody else."""
    given = MarkInput(
        mark_id=new_id(),
        disclosure_id=sheet.row.disclosure_id,
        key=key,
        verdict=Verdict.STRUCK,
        reason=THIRD_PARTY,
    )
    return replace(given, **changes)


def words_struck(sheet: DisclosureSheet, words: str, **changes: Any) -> MarkInput:
    """Some words of a text struck."""
    part = part_with(sheet, words)
    start = part.text.index(words)
    span = {"start": start, "end": start + len(words), "quote": words}
    return struck(sheet, part.key, **{**span, **changes})


def left(sheet: DisclosureSheet, key: PartKey) -> MarkInput:
    """A part left open."""
    return struck(sheet, key, verdict=Verdict.LEFT, reason="")


def decided(desk: Desk, sheet: DisclosureSheet) -> DisclosureSheet:
    """Every part that waits is left open."""
    given = [left(sheet, part.key) for part in waiting(sheet)]
    return desk.disclosures.mark(given) if given else sheet


def handed_over(office: SmallOffice, desk: Desk) -> DisclosureSheet:
    """A request with one name struck, handed over."""
    sheet = taken(office, desk)
    sheet = desk.disclosures.mark([words_struck(sheet, "見本太郎")])
    sheet = decided(desk, sheet)
    return desk.disclosures.move(
        sheet.row.disclosure_id, DisclosureMove.HAND_OVER, sheet.content_hash
    )


def reviewed(office: SmallOffice) -> DisclosureSheet:
    """A request that the supervisor has looked at."""
    sheet = handed_over(office, office.desk(office.records))
    supervisor = office.desk(office.supervisor)
    sheet = supervisor.disclosures.sheet(sheet.row.disclosure_id)
    return supervisor.disclosures.move(
        sheet.row.disclosure_id, DisclosureMove.REVIEW, sheet.content_hash
    )


def _segment(
    session: Session,
    entry: EntryRecord,
    position: int,
    *,
    kind: SegmentKind,
    text: str,
    source: str,
    segment_id: UUID | None = None,
) -> None:
    session.add(
        SegmentText(
            entry_id=entry.id,
            version=entry.version,
            segment_id=segment_id or new_id(),
            office_id=entry.office_id,
            household_id=entry.household_id,
            position=position,
            kind=kind,
            text=text,
            source=source,
        )
    )
    session.flush()
