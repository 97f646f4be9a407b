"""Procedures (手続) of the training office: done for everybody the radar would ask about, but for a few that are planted.

Whom nobody assessed since the office was taken over is left as it is, and planted too (E07).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop.domain.clock import JAPAN
from desktop.domain.dates import age_on
from desktop.domain.households import HouseholdState
from desktop.domain.office import AssignmentKind
from desktop.domain.procedures import ProcedureKind
from desktop.domain.supervision import Finding
from desktop.models.households import Household, Member, Person
from desktop.models.office import Assignment, Staff
from desktop.models.procedures import ProcedureRecord, ProcedureText
from desktop.services.masters import lookup
from desktop.services.office import main_caseworkers
from desktop.services.periods import holds_on
from desktop.services.supervision.rules_assessments import NeverAssessed
from desktop.services.supervision.rules_pensions import UncheckedPension
from desktop.services.supervision.rules_procedure_rights import UnnotifiedDecision
from desktop.services.supervision.rules_procedures import UnclosedTaxSurvey, UnexplainedDuty
from desktop.services.supervision.scope import Rule, Scope
from desktop.services.training.plants import Plant, PlantList

#: How many of those that a yearly rule asks about stay planted; the next one is the near miss.
_LEFT = 2
_MORNING = time(10)
_AGES = ((65, "p65"), (62, "p62"), (60, "p60"))
_KIN = "研修 次郎（弟）"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One procedure of the story: so many days ago, with what was noted since; `is_near` quiets its rule."""

    rule: str
    kind: ProcedureKind
    ago: int
    detail: str
    confirmed: int | None = None
    ended: int | None = None
    yen: int | None = None
    choice: str = ""
    who: str = ""
    is_near: bool = False


_K = ProcedureKind
_STORY = (
    _Told(rule="E06", kind=_K.TAX_SURVEY, ago=110, ended=75, yen=182_000, detail="課税との相違あり"),
    _Told(
        rule="E06", kind=_K.TAX_SURVEY, ago=110, ended=75, yen=64_000, confirmed=40, is_near=True,
        detail="相違の扱いを決めた",
    ),
    _Told(rule="E13", kind=_K.KIN, ago=24, ended=20, who=_KIN, detail="確かめずに扶養照会"),
    _Told(
        rule="E13", kind=_K.KIN, ago=24, confirmed=22, ended=20, choice="k0", who=_KIN,
        is_near=True, detail="確かめて扶養照会",
    ),
    _Told(rule="E16", kind=_K.DUTY, ago=40, confirmed=40, is_near=True, detail="説明と本人の確認"),
    _Told(rule="E14", kind=_K.APPLICATION, ago=19, detail="通知していない申請"),
    _Told(rule="E14", kind=_K.APPLICATION, ago=19, choice="a1", is_near=True, detail="理由あり"),
    _Told(rule="E17", kind=_K.KEPT, ago=12, choice="c3", detail="通帳を預かったまま"),
    _Told(rule="E17", kind=_K.KEPT, ago=12, ended=11, choice="c1", is_near=True, detail="返した"),
    _Told(rule="E18", kind=_K.WITHDRAWAL, ago=9, detail="面接のない辞退届"),
    _Told(
        rule="E18", kind=_K.WITHDRAWAL, ago=9, confirmed=7, choice="w1", is_near=True,
        detail="面接した辞退届",
    ),
    _Told(rule="E19", kind=_K.RETURN, ago=35, choice="r78", yen=240_000, detail="意図の根拠なし"),
    _Told(
        rule="E19", kind=_K.RETURN, ago=35, confirmed=30, choice="r78", yen=96_000, is_near=True,
        detail="意図の根拠あり",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureStory:
    """One telling, for one office. `new_id` gives ids that are the same on every run."""

    session: Session
    office_id: UUID
    today: date
    new_id: Callable[[], UUID]
    found: PlantList
    records: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    #: Case numbers of households that stay as they are.
    left: set[str] = field(default_factory=set)

    def tell(self) -> Counter[str]:
        """Write everything and return the rows by table."""
        writers = self._writers()
        applying = self._asked(UnnotifiedDecision())
        surveys, duties = self._asked(UnclosedTaxSurvey()), self._asked(UnexplainedDuty())
        pensions, unassessed = self._asked(UncheckedPension()), self._asked(NeverAssessed())
        for finding in (*applying, *unassessed):
            if finding.staff_id:
                self._plant(finding, "そのまま", is_near=False)
        for finding in self._but_planted(surveys, "課税調査"):
            self._survey(finding, writers)
        for finding in self._but_planted(duties, "届出義務の説明"):
            self._add(finding.household_id, _K.DUTY, 20, writers, confirmed=20)
        for finding in self._but_planted(pensions, "年金受給権の確認"):
            self._pensions(finding, writers)
        self._tell_some(writers)
        for table, rows in ((ProcedureRecord, self.records), (ProcedureText, self.texts)):
            if rows:
                self.session.execute(insert(table), rows)
        return Counter(procedure_record=len(self.records), procedure_text=len(self.texts))

    def _asked(self, rule: Rule) -> Sequence[Finding]:
        """What a rule asks before the story is told."""
        scope = Scope(
            office_id=self.office_id,
            district_ids=None,
            today=self.today,
            limits=lookup.thresholds(self.session, self.office_id, self.today),
            caseworkers=main_caseworkers(self.session, self.today),
        )
        return tuple(rule.find(self.session, scope))

    def _but_planted(self, asked: Sequence[Finding], what: str) -> Sequence[Finding]:
        """Those that are answered: all but the first ones. Households of several findings are answered or left as one.

        A vacant district has no caseworker to name: nothing is planted there.
        """
        homes = list(dict.fromkeys(f.household_id for f in asked if f.staff_id))
        left = set(homes[:_LEFT])
        for number, home in enumerate(homes[: _LEFT + 1]):
            finding = next(each for each in asked if each.household_id == home)
            self._plant(finding, what, is_near=number == _LEFT)
        return tuple(finding for finding in asked if finding.household_id not in left)

    def _plant(self, finding: Finding, detail: str, *, is_near: bool) -> None:
        plant = Plant(rule=finding.rule, days=finding.days, is_near=is_near)
        self.left.add(finding.case_number)
        self.found.household(plant, finding.case_number, finding.since or self.today, detail)

    def _survey(self, finding: Finding, writers: dict[UUID, UUID]) -> None:
        """Of the year of the rule: begun three months before the day, closed a month before."""
        day = finding.since or self.today
        ago = (self.today - day).days
        self._add(
            finding.household_id, _K.TAX_SURVEY, ago + 90, writers, ended=ago + 30, year=day.year,
            yen=0,
        )  # fmt: skip

    def _pensions(self, finding: Finding, writers: dict[UUID, UUID]) -> None:
        """Everybody of the household was looked into a month ago."""
        people = self.session.execute(
            select(Person.id, Person.birth_date, Member.is_head)
            .join(Member, Member.person_id == Person.id)
            .where(Member.household_id == finding.household_id, holds_on(Member, self.today))
            .order_by(Person.id)
        )
        for person_id, birth, is_head in people:
            age = age_on(birth, self.today) if birth else 0
            choice = next((code for least, code in _AGES if age >= least), "pd" if is_head else "")
            if choice:
                self._add(
                    finding.household_id, _K.PENSION, 30, writers, choice=choice,
                    person_id=person_id,
                )  # fmt: skip

    def _tell_some(self, writers: dict[UUID, UUID]) -> None:
        """One procedure each of the last households of the list that are not left as they are."""
        homes = self.session.execute(
            select(Household.id, Household.case_number)
            .where(
                Household.office_id == self.office_id,
                Household.state == HouseholdState.RECEIVING,
                Household.case_number.not_in(self.left),
                Household.district_id.in_(main_caseworkers(self.session, self.today)),
            )
            .order_by(Household.case_number.desc())
            .limit(len(_STORY))
        ).all()
        for told, (home, case_number) in zip(_STORY, homes, strict=False):
            self._add(
                home, told.kind, told.ago, writers, confirmed=told.confirmed, ended=told.ended,
                yen=told.yen, choice=told.choice, who=told.who,
                year=self.today.year - 1 if told.kind is _K.TAX_SURVEY else None,
            )  # fmt: skip
            plant = Plant(rule=told.rule, days=told.ago, is_near=told.is_near)
            self.found.household(plant, case_number, self._day(told.ago), told.detail)

    def _add(
        self,
        home: UUID | None,
        kind: ProcedureKind,
        ago: int,
        writers: dict[UUID, UUID],
        *,
        confirmed: int | None = None,
        ended: int | None = None,
        year: int | None = None,
        yen: int | None = None,
        choice: str = "",
        who: str = "",
        person_id: UUID | None = None,
    ) -> None:
        """Note one procedure, written on its last day by whoever looks after the household."""
        if home is None:
            return
        key, last = self.new_id(), min(d for d in (ago, confirmed, ended) if d is not None)
        owner = {"office_id": self.office_id, "household_id": home}
        self.records.append(
            {
                **owner,
                "id": key,
                "person_id": person_id,
                "kind": kind,
                "begun_on": self._day(ago),
                "confirmed_on": None if confirmed is None else self._day(confirmed),
                "ended_on": None if ended is None else self._day(ended),
                "year": year,
                "yen": yen,
                "choice": choice,
                "replaces_id": None,
                "is_void": False,
                "made_by": writers[home],
                "made_at": datetime.combine(self._day(last), _MORNING, tzinfo=JAPAN),
            }
        )
        if who:
            self.texts.append({**owner, "procedure_id": key, "who": who, "note": "", "reason": ""})

    def _day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def _writers(self) -> dict[UUID, UUID]:
        """Receiving households, each with its caseworker; where there is none, with the first of the staff."""
        a = Assignment
        rows = self.session.execute(
            select(a.district_id, a.staff_id)
            .where(
                a.office_id == self.office_id,
                a.kind == AssignmentKind.MAIN,
                holds_on(a, self.today),
            )
            .order_by(a.district_id, a.staff_id)
        )
        of_district = {district_id: staff_id for district_id, staff_id in rows}  # noqa: C416 - rows are not pairs to the type checker
        anybody = self.session.scalars(select(Staff.id).order_by(Staff.login).limit(1)).one()
        homes = self.session.execute(
            select(Household.id, Household.district_id)
            .where(
                Household.office_id == self.office_id, Household.state == HouseholdState.RECEIVING
            )
            .order_by(Household.id)
        )
        return {home: of_district.get(district_id, anybody) for home, district_id in homes}
