"""Printing of guidance (S-28, K-15, K-16, K-17, S-32, K-14G) from the steps as they were recorded; 案 until somebody approved the letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock, japan_day
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.forms import FormMark
from desktop.domain.guidance import OUTCOME, STEP, SUBJECT, VIOLATIONS, Outcome, Step
from desktop.domain.guidance_forms import WORDS, GuidanceCase, StepRecord
from desktop.domain.guidance_papers import (
    PAPER_OF,
    CourseLine,
    GuidanceMatterSheet,
    GuidancePaper,
    GuidancePaperAsked,
    HearingNotice,
    HearingSheet,
    InstructionLetter,
    OralSheet,
    Sanction,
    SanctionNotice,
)
from desktop.domain.households import CaseFile
from desktop.domain.imprint import Imprint
from desktop.domain.issued_forms import NOT_READY
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.guidance import GuidanceStepRecord
from desktop.services.guidance import loading
from desktop.services.guidance.service import HELD
from desktop.services.households.case_file import load_case_file
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.printing.batches import note_households

LetterOfGuidance = InstructionLetter | HearingNotice | SanctionNotice
GuidanceForm = OralSheet | LetterOfGuidance | HearingSheet | GuidanceMatterSheet
_APPROVED_BY = {
    GuidancePaper.LETTER: (Step.LETTER, Step.LETTER_DECISION),
    GuidancePaper.NOTICE: (Step.NOTICE, Step.NOTICE_DECISION),
    GuidancePaper.SANCTION: (Step.DISPOSITION, Step.DISPOSITION_FINAL),
}
_ELSEWHERE = "処分の決定通知書は、給付のシステムで作ることになっています（設定値「帳票の体裁」）。"
_NEXT_PLAN = (Step.PLAN_WRITTEN, Step.PLAN_HEARING, Step.PLAN_DISPOSITION)


@dataclass(frozen=True, slots=True)
class GuidancePrinting:
    """The papers of a case, and the note that they went to paper."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.GUIDE)
    def paper(self, asked: GuidancePaperAsked) -> GuidanceForm:
        """The paper as its newest step stands. Raises ConflictError where the step is not there or safety comes first."""
        self.reading.open(Purpose.FILE, [asked.household_id])
        today = self.clock.today()
        with self.work() as session:
            if loading.is_held(session, asked.household_id):
                raise ConflictError(HELD)
            found = loading.cases(session, self.staff.office_id, asked.household_id, asked.case_id)
            if not found:
                raise NotPermittedError("この指導は見つからないか、この世帯のものではありません。")
            case, kind = found[0], PAPER_OF[asked.paper]
            step = case.newest(kind)
            if step is None:
                raise ConflictError(f"「{STEP[kind]}」の記録がまだありません。")
            file = load_case_file(
                session, self.staff, asked.household_id, today, today=today, without_duty=False
            )
            imprint = imprint_of(session, self.staff, self.clock, _mark(asked.paper, case))
            if asked.paper is GuidancePaper.SANCTION:
                contact = lookup.letter_contact(session, self.staff.office_id, today)[:2]
                return _sanction(case, step, file, imprint, "　".join(filter(None, contact)))
            return _form(asked.paper, case, step, file, imprint)

    @needs(Permission.GUIDE)
    def letter(self, step_id: UUID) -> LetterOfGuidance:
        """The letter that a step drafted, as the print centre asks for it. Raises ConflictError for any but the newest."""
        s = GuidanceStepRecord
        with self.work() as session:
            row = session.execute(
                select(s.household_id, s.case_id, s.kind).where(
                    s.id == step_id, s.office_id == self.staff.office_id
                )
            ).one_or_none()
        papers = {PAPER_OF[paper]: paper for paper in _APPROVED_BY}
        if row is None or row.kind not in papers:
            raise NotPermittedError("この指導は見つからないか、この世帯のものではありません。")
        asked = GuidancePaperAsked(
            household_id=row.household_id, case_id=row.case_id, paper=papers[row.kind]
        )
        found = self.paper(asked)
        if not isinstance(found, LetterOfGuidance) or found.subject_id != step_id:
            raise ConflictError(NOT_READY)
        return found

    @needs(Permission.GUIDE)
    def record(
        self,
        batch_id: UUID,
        household_id: UUID,
        form: str,
        mark: FormMark,
        *,
        pages: int,
        sha256: str,
    ) -> None:
        """Note that the paper was printed or saved as a file. A retry notes once."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, batch_id, form, [household_id]),
                mark=mark,
                pages=pages,
                sha256=sha256,
            )


def _mark(paper: GuidancePaper, case: GuidanceCase) -> FormMark:
    """案 while the letter is not approved."""
    if paper not in _APPROVED_BY:
        return FormMark.PLAIN
    drafted, decided = (case.newest(kind) for kind in _APPROVED_BY[paper])
    is_approved = (
        drafted is not None
        and decided is not None
        and decided.number > drafted.number
        and decided.outcome is Outcome.APPROVED
    )
    return FormMark.PLAIN if is_approved else FormMark.DRAFT


def _form(
    paper: GuidancePaper, case: GuidanceCase, step: StepRecord, file: CaseFile, imprint: Imprint
) -> GuidanceForm:
    match paper:
        case GuidancePaper.ORAL:
            return _oral(case, step, file, imprint)
        case GuidancePaper.LETTER:
            return _letter(case, step, file, imprint)
        case GuidancePaper.NOTICE:
            return _notice(case, step, file, imprint)
        case GuidancePaper.HEARING:
            return _hearing(case, step, file, imprint)
        case _:
            return _matter(case, file, imprint)


def _oral(case: GuidanceCase, step: StepRecord, file: CaseFile, imprint: Imprint) -> OralSheet:
    return OralSheet(
        imprint=imprint,
        case_number=file.identity.case_number,
        name=case.person,
        subject=SUBJECT[case.subject],
        happened_on=step.happened_on,
        place=step.words["place"],
        content=step.words["content"],
        answer=step.words["answer"],
        help=step.words["help"],
        check_on=step.further_on,
        noted_by=step.noted_name,
    )


def _letter(
    case: GuidanceCase, step: StepRecord, file: CaseFile, imprint: Imprint
) -> InstructionLetter:
    return InstructionLetter(
        imprint=imprint,
        household_id=case.household_id,
        subject_id=step.step_id,
        case_number=file.identity.case_number,
        postal_code=file.postal_code,
        address=file.address,
        name=case.person,
        written_on=_written_on(step, imprint),
        items=step.items,
        reason=step.words["reason"],
        articles=step.words["articles"],
        help=step.words["help"],
        contact=step.words["contact"],
    )


def _notice(
    case: GuidanceCase, step: StepRecord, file: CaseFile, imprint: Imprint
) -> HearingNotice:
    return HearingNotice(
        imprint=imprint,
        household_id=case.household_id,
        subject_id=step.step_id,
        case_number=file.identity.case_number,
        postal_code=file.postal_code,
        address=file.address,
        name=case.person,
        written_on=_written_on(step, imprint),
        intended=step.words["intended"],
        reason=step.words["reason"],
        items=tuple(_broken(case)),
        hearing_on=step.further_on or step.happened_on,
        time=step.words["time"],
        place=step.words["place"],
        contact=step.words["contact"],
    )


def _sanction(
    case: GuidanceCase, step: StepRecord, file: CaseFile, imprint: Imprint, contact: str
) -> SanctionNotice:
    """The notice of a disposition: 案 also while the office has no 教示. Raises ConflictError where it is made elsewhere."""
    if imprint.style.sanction_elsewhere:
        raise ConflictError(_ELSEWHERE)
    if not imprint.style.appeal.strip():
        imprint = replace(imprint, mark=FormMark.DRAFT)
    final, letter = case.newest(Step.DISPOSITION_FINAL), case.newest(Step.LETTER)
    hearing = case.newest(Step.HEARING)
    is_decided = final is not None and final.number > step.number
    items = letter.items if letter else ()
    return SanctionNotice(
        imprint=imprint,
        household_id=case.household_id,
        subject_id=step.step_id,
        case_number=file.identity.case_number,
        postal_code=file.postal_code,
        address=file.address,
        name=case.person,
        written_on=_written_on(step, imprint),
        decision=Sanction(step.outcome or ""),
        decided_on=final.happened_on if final is not None and is_decided else None,
        begins_on=step.further_on,
        reason=step.words["reason"],
        items=tuple(f"{i.number}　{i.action}" for i in items if i.number in step.grounds),
        instructed_on=_instructed_on(letter),
        heard=_heard(hearing, imprint),
        contact=contact,
    )


def _instructed_on(letter: StepRecord | None) -> date | None:
    """The day that stands on the letter: of its issue, before letters were issued that of its draft."""
    if letter is None:
        return None
    return letter.issue.on if letter.issue else letter.happened_on


def _heard(hearing: StepRecord | None, imprint: Imprint) -> str:
    """When and how the person was heard."""
    if hearing is None or hearing.outcome is None:
        return ""
    return f"{imprint.day(hearing.happened_on)}　{OUTCOME[hearing.outcome]}"


def _written_on(step: StepRecord, imprint: Imprint) -> date:
    """A draft has the day it was drafted on, an approved letter the day it goes out."""
    return step.happened_on if imprint.mark is FormMark.DRAFT else japan_day(imprint.printed_at)


def _hearing(
    case: GuidanceCase, step: StepRecord, file: CaseFile, imprint: Imprint
) -> HearingSheet:
    notice = case.newest(Step.NOTICE)
    return HearingSheet(
        imprint=imprint,
        case_number=file.identity.case_number,
        name=case.person,
        happened_on=step.happened_on,
        place=notice.words["place"] if notice else "",
        outcome=OUTCOME[step.outcome] if step.outcome else "",
        present=step.words["present"],
        said=step.words["said"],
        papers=step.words["papers"],
        read_back=step.words["read_back"],
        heard_by=(step.noted_name, step.second_name),
    )


def _matter(case: GuidanceCase, file: CaseFile, imprint: Imprint) -> GuidanceMatterSheet:
    return GuidanceMatterSheet(
        imprint=imprint,
        case_number=file.identity.case_number,
        name=case.person,
        subject=SUBJECT[case.subject],
        asked=_asked(case),
        course=tuple(_course(case)),
        impact=tuple(_impact(case)),
    )


def _broken(case: GuidanceCase) -> Iterator[str]:
    """The items of the letter that were not followed, word by word as they stand in it."""
    letter, check = case.newest(Step.LETTER), case.newest(Step.CHECK)
    broken = {each.number for each in check.results if each.result in VIOLATIONS} if check else ()
    for item in letter.items if letter else ():
        if item.number in broken:
            yield f"{item.number}　{item.action}"


def _asked(case: GuidanceCase) -> str:
    """Which conference comes next: the first after the last one that was held, else the last kind."""
    held = [kind for kind in _NEXT_PLAN if case.newest(kind) is not None]
    place = min(len(held), len(_NEXT_PLAN) - 1)
    return STEP[_NEXT_PLAN[place]]


def _course(case: GuidanceCase) -> Iterator[CourseLine]:
    for step in case.steps:
        keys = [word.key for word in WORDS[step.kind] if word.lines > 1]
        first = keys[0] if keys else WORDS[step.kind][0].key
        yield CourseLine(
            on=step.happened_on,
            step=STEP[step.kind],
            outcome=OUTCOME[step.outcome] if step.outcome else "",
            words=step.words.get(first, ""),
        )


def _impact(case: GuidanceCase) -> Iterator[str]:
    found = case.newest(Step.IMPACT)
    if found is not None:
        for word in WORDS[Step.IMPACT]:
            yield f"{word.label}：{found.words.get(word.key, '')}"
