"""The supervisor's radar: all rules over the districts somebody supervises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.supervision import Finding, RuleInfo
from desktop.services.households.identity import head_names
from desktop.services.masters import lookup
from desktop.services.office import main_caseworkers
from desktop.services.permission import needs
from desktop.services.supervision.rules_absences import (
    AbsentTwice,
    AbsentWithoutMeasure,
    AlwaysTheSameHour,
)
from desktop.services.supervision.rules_accompanying import NewAndAlone
from desktop.services.supervision.rules_activities import (
    OverdueNextStep,
    UnansweredReferral,
    UncheckedRetention,
)
from desktop.services.supervision.rules_assessments import NeverAssessed
from desktop.services.supervision.rules_benefits import GrantNotOffered
from desktop.services.supervision.rules_carry_outs import (
    IncidentDue,
    UnreturnedPapers,
    VisitWithoutSheet,
)
from desktop.services.supervision.rules_copies import CopiedBody
from desktop.services.supervision.rules_declarations import (
    MonthlyIncome,
    QuarterlyIncome,
    YearlyAssets,
    YearlyIncome,
)
from desktop.services.supervision.rules_disclosures import DueDisclosure
from desktop.services.supervision.rules_duties import (
    GoalWithoutResult,
    LeavingSchoolUnnamed,
    WorkAskedOfTheOld,
)
from desktop.services.supervision.rules_entry_cards import EnteredWithoutCard
from desktop.services.supervision.rules_events import UnreviewedEvent
from desktop.services.supervision.rules_explanations import UnexplainedPolicy
from desktop.services.supervision.rules_guidance import (
    PunishedForOther,
    PunishedUnheard,
    UnevaluatedGuidance,
    WrittenWithoutOral,
)
from desktop.services.supervision.rules_information import UnansweredInformation
from desktop.services.supervision.rules_inquiries import (
    AskedAgain,
    UnansweredInquiry,
    UnreadAnswer,
    WaitingInquiry,
)
from desktop.services.supervision.rules_load import TooManyHouseholds, UnreadSubmissions
from desktop.services.supervision.rules_medical import (
    LongInHospital,
    MissedAndUnseen,
    OverdueOrder,
    UnansweredEnquiry,
)
from desktop.services.supervision.rules_monthly_papers import LatePaper, MonthsWithoutPaper
from desktop.services.supervision.rules_office import MissingHandover, NobodyInCharge
from desktop.services.supervision.rules_papers import UnsettledPaper
from desktop.services.supervision.rules_pensions import UncheckedPension
from desktop.services.supervision.rules_policies import (
    CopiedPolicy,
    MissingPolicy,
    OldPolicy,
    PolicyDue,
    PolicyWithGaps,
    UnapprovedPolicy,
)
from desktop.services.supervision.rules_policy_visits import PolicyVisits
from desktop.services.supervision.rules_procedure_rights import (
    IntentUnrecorded,
    KeptForSomebody,
    KinAskedUnchecked,
    UnnotifiedDecision,
    WithdrawnUnconfirmed,
)
from desktop.services.supervision.rules_procedures import (
    UnclosedTaxSurvey,
    UndecidedMismatch,
    UnexplainedDuty,
)
from desktop.services.supervision.rules_reading import UnusualReading
from desktop.services.supervision.rules_records import (
    LateEntry,
    SilentHousehold,
    ThinVisitEntry,
)
from desktop.services.supervision.rules_safety import EndedShield
from desktop.services.supervision.rules_stamps import UnansweredInstruction, UnstampedEntry
from desktop.services.supervision.rules_support_plans import GroupWithoutPlan, PlanReviewOverdue
from desktop.services.supervision.rules_transfers import (
    MovedWithoutTransfer,
    UnacknowledgedTransfer,
    UnsentTransfer,
)
from desktop.services.supervision.rules_visit_entries import (
    AlwaysAtTheDoor,
    UnfinishedVisit,
    UnseenChild,
    VisitThatWasNone,
)
from desktop.services.supervision.rules_visit_grades import MissingGrade, UnreviewedGrade
from desktop.services.supervision.rules_visit_plans import (
    LowCompletion,
    MissingPlan,
    OtherThanGrade,
    PlannedAndGone,
    UnderFloor,
)
from desktop.services.supervision.rules_visit_times import ImpossibleTimes
from desktop.services.supervision.rules_visits import (
    ApplicationWithoutVisit,
    LongerThanTheGrade,
    LongUnvisited,
    TooFewVisits,
    UnseenInInstitution,
)
from desktop.services.supervision.scope import Rule, Scope

#: Every rule. There is no setting that leaves one out: the radar cannot be switched off by those it watches.
RULES: tuple[Rule, ...] = (
    TooFewVisits(),
    UnseenInInstitution(),
    LongerThanTheGrade(),
    LongUnvisited(),
    ApplicationWithoutVisit(),
    AbsentTwice(),
    AbsentWithoutMeasure(),
    UnfinishedVisit(),
    VisitThatWasNone(),
    ImpossibleTimes(),
    AlwaysAtTheDoor(),
    AlwaysTheSameHour(),
    UnseenChild(),
    MissingPolicy(),
    OldPolicy(),
    PolicyDue(),
    UnreviewedEvent(),
    CopiedPolicy(),
    PolicyWithGaps(),
    WorkAskedOfTheOld(),
    PolicyVisits(),
    UnexplainedPolicy(),
    GoalWithoutResult(),
    LeavingSchoolUnnamed(),
    UnapprovedPolicy(),
    SilentHousehold(),
    UnstampedEntry(),
    UnansweredInstruction(),
    LateEntry(),
    ThinVisitEntry(),
    CopiedBody(),
    UnsettledPaper(),
    UnansweredInformation(),
    MonthlyIncome(),
    YearlyIncome(),
    YearlyAssets(),
    QuarterlyIncome(),
    UnclosedTaxSurvey(),
    UndecidedMismatch(),
    NeverAssessed(),
    UncheckedPension(),
    KinAskedUnchecked(),
    UnnotifiedDecision(),
    UnexplainedDuty(),
    KeptForSomebody(),
    WithdrawnUnconfirmed(),
    IntentUnrecorded(),
    LatePaper(),
    MonthsWithoutPaper(),
    PlanReviewOverdue(),
    GroupWithoutPlan(),
    WrittenWithoutOral(),
    PunishedForOther(),
    PunishedUnheard(),
    UnevaluatedGuidance(),
    UnansweredInquiry(),
    UnreadAnswer(),
    WaitingInquiry(),
    AskedAgain(),
    DueDisclosure(),
    MissingHandover(),
    NobodyInCharge(),
    TooManyHouseholds(),
    UnreadSubmissions(),
    UnusualReading(),
    EndedShield(),
    MovedWithoutTransfer(),
    UnsentTransfer(),
    UnacknowledgedTransfer(),
    MissingPlan(),
    UnderFloor(),
    OtherThanGrade(),
    PlannedAndGone(),
    LowCompletion(),
    NewAndAlone(),
    EnteredWithoutCard(),
    MissingGrade(),
    UnreviewedGrade(),
    UnreturnedPapers(),
    IncidentDue(),
    VisitWithoutSheet(),
    UnansweredReferral(),
    UncheckedRetention(),
    OverdueNextStep(),
    UnansweredEnquiry(),
    OverdueOrder(),
    MissedAndUnseen(),
    LongInHospital(),
    GrantNotOffered(),
)


@dataclass(frozen=True, slots=True)
class SupervisionService:
    """The radar of one signed-in person: a supervisor sees his districts, heads and the director the office."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.SEE_SUPERVISION)
    def rules(self) -> tuple[RuleInfo, ...]:
        """What the radar asks about."""
        return tuple(rule.info for rule in RULES)

    @needs(Permission.SEE_SUPERVISION)
    def findings(self) -> tuple[Finding, ...]:
        """Everything found today: the most severe first, then the longest."""
        with self.work() as session:
            scope = self._scope(session)
            found = [finding for rule in RULES for finding in rule.find(session, scope)]
            found = self._with_shielded_names(session, scope, found)
        return tuple(sorted(found, key=_worst_first))

    def _scope(self, session: Session) -> Scope:
        today = self.clock.today()
        staff = self.staff
        return Scope(
            office_id=staff.office_id,
            district_ids=None if staff.is_office_wide else staff.supervised_district_ids,
            today=today,
            limits=lookup.thresholds(session, staff.office_id, today),
            caseworkers=main_caseworkers(session, today),
        )

    def _with_shielded_names(
        self, session: Session, scope: Scope, found: Sequence[Finding]
    ) -> list[Finding]:
        """Findings lie within the person's duty, so that the names of shielded heads may show."""
        nameless = {f.household_id for f in found if f.household_id and not f.head_name}
        names = head_names(session, nameless, scope.today)
        return [
            replace(f, head_name=names[f.household_id][0])
            if f.household_id in names and not f.head_name
            else f
            for f in found
        ]


def _worst_first(finding: Finding) -> tuple[object, ...]:
    return (
        -finding.severity,
        -finding.days,
        finding.case_number,
        finding.rule,
        str(finding.entry_id),
    )
