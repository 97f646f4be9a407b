"""The inquiries of an opened file with all their words, and what a new one can be made of. The caller holds a ticket."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.inquiries import (
    AnswerPaper,
    AskedItem,
    InquiriesOfFile,
    InquiryInFile,
    InquiryLine,
    InquiryMember,
    InquiryStep,
)
from desktop.domain.labels import RELATION
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import number_label
from desktop.models.households import Member, Person
from desktop.models.inquiries import (
    InquiryItemRecord,
    InquiryStepRecord,
    InquiryStepText,
    InquiryText,
)
from desktop.models.office import Staff
from desktop.models.papers import PaperRecord
from desktop.services.inquiries import loading
from desktop.services.masters import lookup

#: So many received papers are offered as the answer.
_MOST_PAPERS = 30


def of_household(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> InquiriesOfFile:
    """Every inquiry of the file, the newest first."""
    office_id = staff.office_id
    limits = lookup.thresholds(session, office_id, today)
    return InquiriesOfFile(
        inquiries=with_words(
            session, loading.lines_of_household(session, staff, household_id, today)
        ),
        members=_members(session, household_id, today),
        agencies=tuple(lookup.inquiry_agencies(session, office_id, today).values()),
        items=tuple(lookup.inquiry_items(session, office_id, today).values()),
        papers=_papers(session, staff, household_id, today),
        due_days=limits.inquiry_due_days,
        again_days=limits.inquiry_again_days,
    )


def with_words(session: Session, lines: tuple[InquiryLine, ...]) -> tuple[InquiryInFile, ...]:
    """The inquiries with their steps and the words of their newest draft."""
    ids = [line.inquiry_id for line in lines]
    steps = _steps(session, ids)
    texts: dict[UUID, InquiryText] = {}
    newest = select(InquiryText).where(InquiryText.inquiry_id.in_(ids))
    for text in session.scalars(newest.order_by(InquiryText.number)):
        texts[text.inquiry_id] = text  # the last one counts
    items = _items(session, texts)
    return tuple(
        InquiryInFile(
            line=line,
            purpose=texts[line.inquiry_id].purpose if line.inquiry_id in texts else "",
            more=texts[line.inquiry_id].more if line.inquiry_id in texts else "",
            items=tuple(items[line.inquiry_id]),
            steps=tuple(steps[line.inquiry_id]),
        )
        for line in lines
    )


def _steps(session: Session, ids: list[UUID]) -> dict[UUID, list[InquiryStep]]:
    s, t = InquiryStepRecord, InquiryStepText
    rows = session.execute(
        select(s.inquiry_id, s.number, s.state, Staff.name, s.at, t.words)
        .join(Staff, Staff.id == s.by_id)
        .outerjoin(t, (t.inquiry_id == s.inquiry_id) & (t.number == s.number))
        .where(s.inquiry_id.in_(ids))
        .order_by(s.inquiry_id, s.number)
    )
    found = defaultdict[UUID, list[InquiryStep]](list)
    for inquiry_id, number, state, by, at, words in rows:
        found[inquiry_id].append(
            InquiryStep(number=number, state=state, by=by, on=japan_day(at), words=words or "")
        )
    return found


def _items(session: Session, texts: dict[UUID, InquiryText]) -> dict[UUID, list[AskedItem]]:
    i = InquiryItemRecord
    found = defaultdict[UUID, list[AskedItem]](list)
    for row in session.scalars(select(i).where(i.inquiry_id.in_(texts)).order_by(i.place)):
        if row.number == texts[row.inquiry_id].number:
            found[row.inquiry_id].append(
                AskedItem(code=row.code, label=row.label, wording=row.wording, basis=row.basis)
            )
    return found


def _members(session: Session, household_id: UUID, today: date) -> tuple[InquiryMember, ...]:
    """Everybody who belongs or belonged to the household, those of today first."""
    rows = session.execute(
        select(Person.id, Person.name, Person.kana, Member.relation, Member.valid_to)
        .join(Member, Member.person_id == Person.id)
        .where(Member.household_id == household_id, Member.valid_from <= today)
        .order_by(Member.is_head.desc(), Person.birth_date, Person.id, Member.valid_from)
    ).all()
    found = {
        person_id: (until is not None and until < today, name, kana, RELATION[relation])
        for person_id, name, kana, relation, until in rows
    }
    return tuple(
        InquiryMember(person_id=person_id, name=name, kana=kana, relation=relation)
        for person_id, (_, name, kana, relation) in sorted(found.items(), key=lambda f: f[1][0])
    )


def _papers(
    session: Session, staff: SignedInStaff, household_id: UUID, today: date
) -> tuple[AnswerPaper, ...]:
    kinds = lookup.labels(session, staff.office_id, Master.PAPER_KINDS, today)
    p = PaperRecord
    rows = session.execute(
        select(p.id, p.fiscal_year, p.number, p.kind, p.received_at)
        .where(p.household_id == household_id)
        .order_by(p.received_at.desc(), p.number.desc())
        .limit(_MOST_PAPERS)
    )
    return tuple(
        AnswerPaper(
            paper_id=paper_id,
            label=number_label(year, number),
            kind_label=kinds.get(kind, kind),
            received_on=japan_day(at),
        )
        for paper_id, year, number, kind, at in rows
    )
