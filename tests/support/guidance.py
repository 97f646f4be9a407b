"""A guidance case walked step by step by the right people on the right days, for tests that then leave something out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from desktop.domain.assessments import HealthSource
from desktop.domain.conferences import (
    ConferenceInput,
    ConferenceKind,
    ConferenceMember,
    MatterInput,
    MinutesInput,
)
from desktop.domain.guidance import GuidanceSubject, Outcome, Step
from desktop.domain.guidance_forms import (
    DELIVERED,
    PLAN_MATTER,
    WORDS,
    CaseInput,
    GuidanceCase,
    InstructionItem,
    ItemResult,
    StepInput,
)
from desktop.domain.ids import new_id
from desktop.domain.issued_forms import IssueRequest
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.roles import Role
from desktop.domain.support_groups import SupportGroup
from desktop.models.households import Household
from desktop.models.office import District, Office
from tests.support import factories
from tests.support.assessments import assessment, decision
from tests.support.desk import Desk, SmallOffice, later
from tests.support.factories import CLOCK, TODAY
from tests.support.issued_forms import issue_row

#: Whole words for every text of a step.
SAID = "10月1日に窓口で確かめた。"
#: Who records each step in the walk; everybody else's are the caseworker's.
BY: Mapping[Step, str] = {
    **dict.fromkeys((Step.REVIEW, Step.PLAN_WRITTEN, Step.PLAN_HEARING), "supervisor"),
    **dict.fromkeys((Step.PLAN_DISPOSITION, Step.DISPOSITION_FIRST), "supervisor"),
    **dict.fromkeys((Step.IMPACT_CONFIRMED, Step.RESOLUTION, Step.CLOSE), "supervisor"),
    **dict.fromkeys((Step.LETTER_DECISION, Step.NOTICE_DECISION), "head"),
    Step.DISPOSITION_FINAL: "head",
}
#: Days after TODAY on which the walk records each step, in order.
WAY: tuple[tuple[Step, int, Outcome | None], ...] = (
    (Step.ORAL, 0, None),
    (Step.REVIEW, 1, Outcome.CONTINUE),
    (Step.PLAN_WRITTEN, 2, Outcome.AGREED),
    (Step.LETTER, 3, None),
    (Step.LETTER_DECISION, 4, Outcome.APPROVED),
    (Step.LETTER_DELIVERY, 5, Outcome.HANDED),
    (Step.CHECK, 40, Outcome.VIOLATED),
    (Step.PLAN_HEARING, 41, Outcome.AGREED),
    (Step.NOTICE, 42, None),
    (Step.NOTICE_DECISION, 43, Outcome.APPROVED),
    (Step.NOTICE_DELIVERY, 44, Outcome.CERTIFIED),
    (Step.HEARING, 65, Outcome.ABSENT),
    (Step.IMPACT, 66, None),
    (Step.IMPACT_CONFIRMED, 67, None),
    (Step.PLAN_DISPOSITION, 68, Outcome.AGREED),
    (Step.LIFE_CHECK, 69, Outcome.SAFE),
    (Step.DISPOSITION, 70, Outcome.SUSPEND),
    (Step.DISPOSITION_FIRST, 71, Outcome.APPROVED),
    (Step.DISPOSITION_FINAL, 72, Outcome.APPROVED),
)
#: The form of each letter.
FORM: Mapping[Step, str] = {Step.LETTER: "K-15", Step.NOTICE: "K-16"}
DAYS: Mapping[Step, int] = {step: days for step, days, _ in WAY}


def day(days: int) -> date:
    """So many days after the first."""
    return TODAY + timedelta(days=days)


@dataclass(kw_only=True)
class Walk:
    """One case of the small office. `ask` makes a step's input, `take` records it, `to` goes up to a step."""

    office: SmallOffice
    subject: GuidanceSubject = GuidanceSubject.WORK
    case_id: UUID = field(default_factory=new_id)
    desks: dict[tuple[str, int], Desk] = field(default_factory=dict)

    def desk(self, who: str, days: int = 0) -> Desk:
        """The person's desk so many days later."""
        if (who, days) not in self.desks:
            staff: SignedInStaff = getattr(self.office, who)
            self.desks[who, days] = self.office.desk(staff, later(CLOCK, days=days))
        return self.desks[who, days]

    def leave(self) -> None:
        """Give the connections of its people back."""
        for desk in self.desks.values():
            if desk.work.engine is not self.office.work.engine:
                desk.work.engine.dispose()

    def judge(self, **changes: object) -> None:
        """Assess the person as well and free, and decide a group for the time being."""
        given = assessment(self.office, health_source=HealthSource.TREATING, **changes)
        self.desk("caseworker").assessments.save(given)
        self.desk("supervisor").groups.decide(decision(self.office, given, SupportGroup.WITH_HELP))

    def open(self) -> CaseInput:
        """Begin the case."""
        given = CaseInput(
            case_id=self.case_id,
            step_id=new_id(),
            household_id=self.office.household_id,
            person_id=self.office.person_id,
            subject=self.subject,
            happened_on=TODAY,
            facts=SAID,
        )
        self.desk("caseworker").guidance.open_case(given)
        return given

    def case(self) -> GuidanceCase:
        """The case as it stands."""
        found = self.desk("caseworker").guidance.of_household(self.office.household_id)
        return next(each for each in found.cases if each.case_id == self.case_id)

    def ask(self, kind: Step, days: int | None = None, **changes: object) -> StepInput:
        """A step filled in whole, as of so many days after the first."""
        days = DAYS.get(kind, 0) if days is None else days
        given = StepInput(
            step_id=new_id(),
            case_id=self.case_id,
            household_id=self.office.household_id,
            kind=kind,
            happened_on=day(days),
            words={word.key: SAID for word in WORDS[kind]},
            outcome=next((o for step, _, o in WAY if step is kind), None),
        )
        if kind in (Step.ORAL, Step.NOTICE, Step.DISPOSITION):
            given = replace(given, further_on=day(days + 20))
        if kind is Step.LETTER:
            given = replace(given, items=(an_item(1, days), an_item(2, days)))
        if kind is Step.CHECK:
            results = (
                ItemResult(number=1, result=Outcome.FULFILLED),
                ItemResult(number=2, result=Outcome.VIOLATED),
            )
            given = replace(given, results=results)
        if kind is Step.HEARING:
            given = replace(given, second_id=self.office.supervisor.staff_id)
        if kind is Step.DISPOSITION:
            given = replace(given, grounds=(2,))
        return replace(given, **changes)  # type: ignore[arg-type]  # fields of the dataclass

    def record(self, given: StepInput, days: int | None = None) -> None:
        """Record it by the right person on its day."""
        days = (given.happened_on - TODAY).days if days is None else days
        self.desk(BY.get(given.kind, "caseworker"), days).guidance.record(given)

    def take(self, kind: Step, days: int | None = None, **changes: object) -> StepInput:
        """The step, with its conference where it needs one."""
        days = DAYS.get(kind, 0) if days is None else days
        if kind in PLAN_MATTER and "matter_id" not in changes:
            changes["matter_id"] = self.meet(kind, days)
        if kind in DELIVERED:
            self.issue(DELIVERED[kind], days)
        given = self.ask(kind, days, **changes)
        self.record(given)
        return given

    def issue(self, drafted: Step, days: int, who: str = "caseworker") -> IssueRequest:
        """Issue the newest letter of a kind that day, with a number of the register."""
        letter = self.case().newest(drafted)
        return issue_row(
            self.office,
            self.desk(who, days),
            FORM[drafted],
            letter.step_id if letter else new_id(),
            later(CLOCK, days=days),
        )

    def to(self, last: Step) -> None:
        """Judge, open, and take every step of the way up to this one."""
        self.judge()
        self.open()
        for step, _, _ in WAY:
            self.take(step)
            if step is last:
                return

    def meet(self, kind: Step, days: int) -> UUID:
        """A conference of that day with minutes on the matter; the matter's id."""
        caseworker, supervisor = self.desk("caseworker", days), self.desk("supervisor", days)
        conference = ConferenceInput(
            conference_id=new_id(), kind=ConferenceKind.CASE, planned_on=day(days)
        )
        caseworker.conferences.call(conference)
        matter = MatterInput(
            matter_id=new_id(),
            conference_id=conference.conference_id,
            kind=PLAN_MATTER[kind],
            household_id=self.office.household_id,
            person_id=self.office.person_id,
        )
        caseworker.conferences.add_matters([matter])
        members = [
            ConferenceMember(staff_id=supervisor.staff.staff_id, name="", role="査察指導員"),
            ConferenceMember(staff_id=None, name="模擬　嘱託医", role="嘱託医"),
        ]
        supervisor.conferences.hold(conference.conference_id, members)
        caseworker.conferences.write_minutes(
            MinutesInput(
                matter_id=matter.matter_id,
                household_id=self.office.household_id,
                discussion="経過と本人の答えを読み、話し合った。",
            )
        )
        return matter.matter_id


def an_item(number: int, days: int) -> InstructionItem:
    """An item that is complete on paper."""
    return InstructionItem(
        number=number,
        action=f"{number}回目の相談日に、ハローワークの窓口で相談を受けること",
        due_on=day(days + 14 + number),
        measure="窓口の相談票の写し",
    )


def supporter_of(office: SmallOffice) -> SignedInStaff:
    """An employment supporter whose duty the district is."""
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        staff = factories.make_staff(session, Role.EMPLOYMENT_SUPPORTER, office=home)
        household = session.get_one(Household, office.household_id)
        district = session.get_one(District, household.district_id)
        factories.assign(session, staff, district, AssignmentKind.DEPUTY)
        return factories.signed_in(session, staff)
