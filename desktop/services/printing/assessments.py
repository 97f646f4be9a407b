"""Printing of an assessment (S-01): the file is opened, and each answer stands in the words of its own version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.assessment_forms import NO_BARRIER, AssessedPerson, Assessment
from desktop.domain.assessment_sheets import (
    AssessmentAsked,
    AssessmentSheet,
    BarrierLine,
    DriveLine,
    SheetPerson,
)
from desktop.domain.assessments import (
    ASSESSMENT_KIND,
    COMMENT,
    HEALTH_SOURCE,
    SAID,
    SCOPE,
    Said,
    Scope,
)
from desktop.domain.clock import Clock
from desktop.domain.dates import age_on
from desktop.domain.errors import NotPermittedError
from desktop.domain.households import Identity
from desktop.domain.imprint import Imprint
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.permission import needs
from desktop.services.printing.batches import note_households
from desktop.services.support_groups.loading import of_household

_NOT_FOUND = "このアセスメントは見つからないか、この世帯の人のものではありません。"
_MAY_NOT = "配慮が要る要因を印刷できるのは、それを読める職務の人だけです。"
_ASKS = "本人が評価を希望しています。"
_SAFETY = {True: "あり（内容は画面で読みます）", False: "なし"}
FORM = "S-01"


@dataclass(frozen=True, slots=True)
class AssessmentPrinting:
    """Printing for the signed-in person, and the note that it went to paper."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.PRINT_DRAFTS)
    def sheet(self, asked: AssessmentAsked) -> AssessmentSheet:
        """The sheet of an assessment of the household.

        Raises NotPermittedError where there is none, or where what is sensitive is asked for by whoever may not read it.
        """
        if asked.is_whole and not self.staff.may(Permission.READ_SENSITIVE):
            raise NotPermittedError(_MAY_NOT)
        self.reading.open(Purpose.FILE, [asked.household_id])
        today = self.clock.today()
        with self.work() as session:
            file = of_household(session, self.staff, asked.household_id, today)
            found = (
                (person, each)
                for person in file.people
                for each in person.all_assessments
                if each.given.assessment_id == asked.assessment_id
            )
            person, assessment = next(found, (None, None))
            if person is None or assessment is None:
                raise NotPermittedError(_NOT_FOUND)
            bars = identities(session, self.staff, [asked.household_id], today, opened=True)
            imprint = imprint_of(session, self.staff, self.clock)
            who = sheet_person(person, bars[asked.household_id], assessment.given.made_on)
        return _sheet(imprint, who, assessment, is_whole=asked.is_whole)

    @needs(Permission.PRINT_DRAFTS)
    def record(self, batch_id: UUID, household_id: UUID, *, pages: int, sha256: str) -> None:
        """Note that the sheet went to paper or into a file. A retry notes once."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, batch_id, FORM, [household_id]),
                pages=pages,
                sha256=sha256,
            )


def sheet_person(person: AssessedPerson, bar: Identity, on: date) -> SheetPerson:
    """Whose sheet it is, with the age on a day."""
    born = person.birth_date
    return SheetPerson(
        case_number=bar.case_number,
        district=f"{bar.district_code}　{bar.district_name}",
        name=person.name,
        birth_date=born,
        age=None if born is None else age_on(born, on),
    )


def barrier_lines(assessment: Assessment, *, is_whole: bool) -> Iterator[BarrierLine]:
    """The barriers in the words of their version; those marked sensitive only where that was asked for."""
    tables = assessment.tables
    for barrier in assessment.given.barriers:
        kind = tables.barriers.get(barrier.code)
        # A kind that no version knows any more may have been sensitive.
        is_hidden = kind is None or kind.is_sensitive
        if barrier.code == NO_BARRIER or (is_hidden and not is_whole):
            continue
        yield BarrierLine(
            label=kind.label if kind else barrier.code,
            state=tables.label(barrier.state),
            expected_on=barrier.expected_on,
            evidence=barrier.evidence,
            action=barrier.action,
            partner=barrier.partner,
            as_of=barrier.as_of,
        )


def anchored(assessment: Assessment, code: str) -> str:
    """An answer as its version called it, with its anchor."""
    label, anchor = assessment.tables.anchors.get(code, (code, ""))
    return f"{label}（{anchor}）" if anchor else label


def drive_lines(assessment: Assessment) -> Iterator[DriveLine]:
    """The check list; a no names its help."""
    for item in assessment.tables.items:
        said = assessment.given.drive_said.get(item.code, Said.UNKNOWN)
        yield DriveLine(
            label=item.label,
            is_essential=item.is_essential,
            said=SAID[said],
            help=item.help if said is Said.NO else "",
        )


def _sheet(
    imprint: Imprint, who: SheetPerson, assessment: Assessment, *, is_whole: bool
) -> AssessmentSheet:
    given, answers, label = assessment.given, assessment.answers, assessment.tables.label
    asks = _ASKS if given.asks_anyway and given.scope is Scope.OUT else ""
    return AssessmentSheet(
        imprint=imprint,
        person=who,
        kind=ASSESSMENT_KIND[given.kind],
        made_on=given.made_on,
        form_on=assessment.form_on,
        author=assessment.author,
        scope=f"{SCOPE[given.scope]}{asks}",
        work=label(answers.work),
        job=given.job,
        health=anchored(assessment, answers.health),
        health_source=HEALTH_SOURCE[given.health_source] if given.health_source else "",
        health_on=given.health_on,
        health_words=given.health_words,
        rejudge_on=given.rejudge_on,
        barriers_whole=label(answers.barriers),
        barriers=tuple(barrier_lines(assessment, is_whole=is_whole)),
        motivation=anchored(assessment, answers.motivation),
        motivation_on=given.motivation_on,
        motivation_words=given.motivation_words,
        drive=label(answers.drive),
        drive_lines=tuple(drive_lines(assessment)),
        resources=given.resources,
        wishes=given.wishes,
        market=given.market,
        life=given.life,
        safety=given.safety if is_whole and given.on_hold else _SAFETY[given.on_hold],
        view=given.view,
        comment=COMMENT[given.comment],
        comment_on=given.comment_on,
        comment_words=given.comment_words,
        is_whole=is_whole,
    )
