"""A few people of the training office with their judgement: assessments, what the table proposes, what a conference decided.

The proposals are those that the program makes; one conference is over, with one decision other than proposed, and the
next is called for today with an agenda.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.assessment_forms import AssessmentInput, proposal_of
from desktop.domain.clock import JAPAN
from desktop.domain.conferences import ConferenceKind, MatterKind
from desktop.domain.dates import age_on, months_later
from desktop.domain.households import HouseholdState
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.support_groups import DecidedBy, DecisionInput, SupportGroup
from desktop.models.assessments import (
    AssessmentAnswers,
    AssessmentBarrier,
    AssessmentRecord,
    SensitiveBarrier,
)
from desktop.models.conferences import (
    CaseConference,
    ConferenceMatter,
    ConferenceMemberRow,
    ConferenceMinutes,
)
from desktop.models.households import Household, Member, Person
from desktop.models.office import Assignment
from desktop.models.support_groups import SupportGroupDecision, SupportGroupReason
from desktop.services.assessments.writing import store as store_assessment
from desktop.services.masters.lookup_assessments import assessment_tables
from desktop.services.periods import holds_on
from desktop.services.support_groups.deciding import store as store_decision
from desktop.services.training.judgement_scenes import (
    FIRST_DAYS,
    Scene,
    Scenes,
    Step,
    input_of,
    scenes,
)
from desktop.services.training.plants import PlantList

_HELD_DAYS = 150
_PROVISIONAL_DAYS = 60
_CALLED_DAYS = 8
_WRITTEN, _MEETING, _CLOSING, _DECIDING = time(16, 10), time(10, 0), time(11, 40), time(13, 30)
_TABLES = (
    *(AssessmentRecord, AssessmentAnswers, AssessmentBarrier, SensitiveBarrier),
    *(CaseConference, ConferenceMemberRow, ConferenceMatter, ConferenceMinutes),
    *(SupportGroupDecision, SupportGroupReason),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Somebody:
    """Whom a scene is told of, with the caseworker and the supervisor."""

    household_id: UUID
    case_number: str
    person_id: UUID
    age: int
    caseworker_id: UUID
    supervisor_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementStory:
    """One telling, for one office. `new_id` gives ids that are the same on every run."""

    session: Session
    office_id: UUID
    today: date
    new_id: Callable[[], UUID]
    found: PlantList

    def tell(self) -> Counter[str]:
        """Write everything, and return the rows by table."""
        told = scenes()
        cast = list(self._cast(told.people))
        if cast:
            self._assess(told, cast)
        return Counter(
            {
                table.__tablename__: self.session.scalar(select(func.count()).select_from(table))
                or 0
                for table in _TABLES
            }
        )

    def _assess(self, told: Scenes, cast: Sequence[tuple[Scene, _Somebody]]) -> None:
        held_on, lead = self._day(_HELD_DAYS), cast[0][1].supervisor_id
        meeting = self._call(told, held_on, lead)
        agenda: list[tuple[_Somebody, UUID]] = []
        for scene, who in cast:
            first, *later = scene.steps
            given = self._write(scene, first, who)
            if scene.is_decided:
                self._decide_together(told, scene, who, meeting, given, held_on)
            if scene.provisional_days is not None:
                self._decide_for_now(told, scene, who, given)
            for step in later:
                given = self._write(scene, step, who)
                if step.supervisor_days is not None:
                    self._decide_alone(told, who, given, step.supervisor_days)
            if scene.steps[-1].on_agenda:
                agenda.append((who, given.assessment_id))
        self._close(meeting, held_on, lead, told)
        self._call_next(told, agenda, cast[0][1].caseworker_id)

    def _write(self, scene: Scene, step: Step, who: _Somebody) -> AssessmentInput:
        """An assessment by the caseworker, with the tables of its day."""
        made_on = self._day(step.days)
        given = input_of(step, self.new_id(), who.household_id, who.person_id, made_on)
        tables = assessment_tables(self.session, self.office_id, made_on)
        author = self._as(who.caseworker_id)
        store_assessment(
            self.session, given, tables, author, datetime.combine(made_on, _WRITTEN, tzinfo=JAPAN)
        )
        proposed = proposal_of(given, tables).group
        self.found.show(
            f"支援区分 {step.rule}",
            made_on,
            f"{scene.title}：提案 {proposed}",
            case_number=who.case_number,
        )
        return given

    def _decide_together(
        self,
        told: Scenes,
        scene: Scene,
        who: _Somebody,
        meeting: UUID,
        given: AssessmentInput,
        held_on: date,
    ) -> None:
        matter_id = self.new_id()
        at = datetime.combine(held_on, _MEETING, tzinfo=JAPAN)
        owner = {"office_id": self.office_id, "household_id": who.household_id}
        self.session.add(
            ConferenceMatter(
                id=matter_id,
                conference_id=meeting,
                person_id=who.person_id,
                kind=MatterKind.SUPPORT_GROUP,
                assessment_id=given.assessment_id,
                added_by=who.caseworker_id,
                added_at=at - timedelta(days=3),
                **owner,
            )
        )
        self.session.flush()
        self.session.add(
            ConferenceMinutes(
                matter_id=matter_id,
                papers=told.words["papers"],
                discussion=told.words["discussion"],
                persons_view=given.motivation_words,
                dissent=scene.dissent,
                written_by=who.caseworker_id,
                written_at=at,
                **owner,
            )
        )
        self._decide(
            who,
            given,
            scene.reason,
            at,
            how=DecidedBy.CONFERENCE,
            matter_id=matter_id,
            group=scene.group,
        )

    def _decide_for_now(
        self, told: Scenes, scene: Scene, who: _Somebody, given: AssessmentInput
    ) -> None:
        day = self._day(scene.provisional_days or 0)
        at = datetime.combine(day, _DECIDING, tzinfo=JAPAN)
        until = day + timedelta(days=_PROVISIONAL_DAYS)
        self._decide(
            who, given, told.words["reason"], at, how=DecidedBy.PROVISIONAL, expires_on=until
        )

    def _decide_alone(
        self, told: Scenes, who: _Somebody, given: AssessmentInput, days: int
    ) -> None:
        at = datetime.combine(self._day(days), _DECIDING, tzinfo=JAPAN)
        self._decide(who, given, told.words["unchanged"], at, how=DecidedBy.SUPERVISOR)

    def _decide(
        self,
        who: _Somebody,
        given: AssessmentInput,
        reason: str,
        at: datetime,
        *,
        how: DecidedBy,
        matter_id: UUID | None = None,
        expires_on: date | None = None,
        group: SupportGroup | None = None,
    ) -> None:
        """As the table proposes, or as `group`; looked at again when the office's months are over."""
        record = self.session.get_one(AssessmentRecord, given.assessment_id)
        decided = group or record.proposed_group
        kinds = assessment_tables(self.session, self.office_id, at.date()).groups
        decision = DecisionInput(
            decision_id=self.new_id(),
            household_id=who.household_id,
            person_id=who.person_id,
            assessment_id=record.id,
            group=decided,
            how=how,
            next_review_on=months_later(at.date(), kinds[decided].review_months),
            reason=reason,
            persons_view=given.motivation_words,
            matter_id=matter_id,
            expires_on=expires_on,
        )
        store_decision(self.session, decision, record, self._as(who.supervisor_id), at)

    def _call(self, told: Scenes, day: date, lead: UUID) -> UUID:
        """A conference of a day, called a week before by the supervisor who holds it."""
        conference_id = self.new_id()
        called = datetime.combine(day - timedelta(days=7), _MEETING, tzinfo=JAPAN)
        self.session.add(
            CaseConference(
                id=conference_id,
                office_id=self.office_id,
                kind=ConferenceKind.WORK_ABILITY,
                planned_on=day,
                place=told.words["place"],
                called_by=lead,
                called_at=called,
            )
        )
        self.session.flush()
        return conference_id

    def _close(self, conference_id: UUID, day: date, lead: UUID, told: Scenes) -> None:
        """Who took part, and that it is over."""
        members = ((lead, "", "査察指導員"), (None, told.words["doctor"], "嘱託医"))
        for number, (staff_id, name, role) in enumerate(members, start=1):
            self.session.add(
                ConferenceMemberRow(
                    conference_id=conference_id,
                    number=number,
                    office_id=self.office_id,
                    staff_id=staff_id,
                    name=name,
                    role=role,
                )
            )
        self.session.flush()
        conference = self.session.get_one(CaseConference, conference_id)
        conference.held_on, conference.held_by = day, lead
        conference.closed_at = datetime.combine(day, _CLOSING, tzinfo=JAPAN)
        self.session.flush()

    def _call_next(self, told: Scenes, agenda: Sequence[tuple[_Somebody, UUID]], by: UUID) -> None:
        """The next conference is today, and what waits stands on its agenda."""
        called = datetime.combine(self._day(_CALLED_DAYS), _DECIDING, tzinfo=JAPAN)
        conference_id = self.new_id()
        self.session.add(
            CaseConference(
                id=conference_id,
                office_id=self.office_id,
                kind=ConferenceKind.EMPLOYMENT,
                planned_on=self.today,
                place=told.words["place"],
                called_by=by,
                called_at=called,
            )
        )
        self.session.flush()
        for number, (who, assessment_id) in enumerate(agenda):
            self.session.add(
                ConferenceMatter(
                    id=self.new_id(),
                    office_id=self.office_id,
                    household_id=who.household_id,
                    conference_id=conference_id,
                    person_id=who.person_id,
                    kind=MatterKind.SUPPORT_GROUP,
                    assessment_id=assessment_id,
                    added_by=who.caseworker_id,
                    added_at=called + timedelta(minutes=number),
                )
            )
        self.session.flush()

    def _cast(self, people: Sequence[Scene]) -> Iterator[tuple[Scene, _Somebody]]:
        """Somebody of the right age for each scene, each from another household of one team."""
        free = list(self._somebodies())
        for scene in people:
            youngest, oldest = scene.ages
            who = next((one for one in free if youngest <= one.age <= oldest), None)
            if who is not None:
                free = [one for one in free if one.household_id != who.household_id]
                yield scene, who

    def _somebodies(self) -> Iterator[_Somebody]:
        """Members of receiving households of the first team who were there before anybody was assessed, heads first."""
        h, m, p = Household, Member, Person
        main, over = aliased(Assignment), aliased(Assignment)
        rows = self.session.execute(
            select(h.id, h.case_number, p.id, p.birth_date, main.staff_id, over.staff_id)
            .join(m, m.household_id == h.id)
            .join(p, p.id == m.person_id)
            .join(main, main.district_id == h.district_id)
            .join(over, over.district_id == h.district_id)
            .where(
                h.office_id == self.office_id,
                h.state == HouseholdState.RECEIVING,
                h.is_shielded.is_(False),
                holds_on(m, self.today),
                m.valid_from <= self.today - timedelta(days=FIRST_DAYS + 7),
                p.died_on.is_(None),
                p.birth_date.is_not(None),
                main.kind == AssignmentKind.MAIN,
                over.kind == AssignmentKind.SUPERVISOR,
                holds_on(main, self.today),
                holds_on(over, self.today),
                main.staff_id != over.staff_id,
            )
            .order_by(m.is_head.desc(), h.case_number, p.id)
        ).all()
        team = min(rows, key=lambda row: row[1])[5] if rows else None
        for home, case_number, person_id, born, caseworker, supervisor in rows:
            if supervisor == team and born is not None:
                yield _Somebody(
                    household_id=home,
                    case_number=case_number,
                    person_id=person_id,
                    age=age_on(born, self.today),
                    caseworker_id=caseworker,
                    supervisor_id=supervisor,
                )

    def _as(self, staff_id: UUID) -> SignedInStaff:
        """Whoever writes or decides, as the use cases know him."""
        return SignedInStaff(
            staff_id=staff_id,
            office_id=self.office_id,
            office_name="",
            name="",
            login="",
            roles=frozenset(),
        )

    def _day(self, ago: int) -> date:
        """So many days ago, or the Friday before a weekend."""
        day = self.today - timedelta(days=ago)
        return day - timedelta(days=max(day.weekday() - 4, 0))
