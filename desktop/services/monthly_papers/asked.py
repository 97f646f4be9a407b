"""Who is asked for which paper about a month: by decided group, by work, by aid applied for. Facts only, and never a proposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from desktop.domain.dates import months_later
from desktop.domain.declarations import month_end
from desktop.domain.monthly_papers import MonthlyPaper, PaperWhy
from desktop.domain.support_groups import SupportGroup
from desktop.domain.work_estimates import EstimateKind
from desktop.domain.work_estimates_cases import CaseOutcome
from desktop.models.households import Household, Member
from desktop.models.ledger import WorkPeriod
from desktop.models.work_estimates import BenefitCaseRecord, BenefitDecisionRecord
from desktop.services.support_groups.standing import groups_on


@dataclass(slots=True)
class Asked:
    """What the office's papers hang on, for the people of some households and some months."""

    papers: Sequence[MonthlyPaper]
    groups: dict[date, Mapping[UUID, SupportGroup]] = field(default_factory=dict)
    works: dict[UUID, list[tuple[date, date | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    aided: set[tuple[UUID, date]] = field(default_factory=set)
    _codes: dict[SupportGroup | None, frozenset[str]] = field(default_factory=dict)

    def papers_of(self, person_id: UUID, month: date) -> Iterator[MonthlyPaper]:
        """The papers that somebody is asked for about a month."""
        return (paper for paper in self.papers if self.is_asked(paper, person_id, month))

    def group_of(self, person_id: UUID, month: date) -> SupportGroup | None:
        """The decided group at the month's end."""
        return self.groups[month].get(person_id)

    def is_asked(self, paper: MonthlyPaper, person_id: UUID, month: date) -> bool:
        """Whether somebody is asked for one paper about a month."""
        match paper.why:
            case PaperWhy.GROUP:
                return paper.code in self._codes_of(self.group_of(person_id, month))
            case PaperWhy.JOB_SEARCH_AID:
                return (person_id, month) in self.aided
        jobs = self.works.get(person_id, ())
        if paper.why is PaperWhy.JOB_STARTED:
            return any(month <= began <= month_end(month) for began, _ in jobs)
        return any(
            began <= month_end(month) and (ended is None or ended >= month) for began, ended in jobs
        )

    def _codes_of(self, group: SupportGroup | None) -> frozenset[str]:
        """The papers asked of a group: a group is asked the same of everybody, so it is looked up once."""
        if group not in self._codes:
            self._codes[group] = frozenset(
                paper.code
                for paper in self.papers
                if paper.why is PaperWhy.GROUP and paper.asks(group)
            )
        return self._codes[group]


def asked_of(
    session: Session,
    where: ColumnElement[bool],
    months: Sequence[date],
    papers: Sequence[MonthlyPaper],
    today: date,
) -> Asked:
    """Read it for the households of a condition. Groups are those decided by the end of each month, or by today."""
    whys = {paper.why for paper in papers}
    found = Asked(papers)
    days = {month: min(month_end(month), today) for month in months}
    asks_group = PaperWhy.GROUP in whys
    groups = groups_on(session, where, set(days.values())) if asks_group else {}
    found.groups = {month: groups.get(day, {}) for month, day in days.items()}
    if whys & {PaperWhy.WORKING, PaperWhy.JOB_STARTED}:
        _add_works(session, where, months, found)
    if PaperWhy.JOB_SEARCH_AID in whys:
        _add_aid(session, where, months, found)
    return found


def _add_works(
    session: Session, where: ColumnElement[bool], months: Sequence[date], found: Asked
) -> None:
    w = WorkPeriod
    rows = session.execute(
        select(w.person_id, w.valid_from, w.valid_to)
        .join(Member, Member.person_id == w.person_id)
        .join(Household, Household.id == Member.household_id)
        .where(
            where,
            w.valid_from <= month_end(months[-1]),
            or_(w.valid_to.is_(None), w.valid_to >= months[0]),
        )
    )
    for person_id, began, ended in rows:
        found.works[person_id].append((began, ended))


def _add_aid(
    session: Session, where: ColumnElement[bool], months: Sequence[date], found: Asked
) -> None:
    """The months of 就労活動促進費 applied for, but for those withdrawn or refused."""
    c, d = BenefitCaseRecord, BenefitDecisionRecord
    cases = session.execute(
        select(c.id, c.person_id, c.about_on, c.months)
        .join(Household, Household.id == c.household_id)
        .where(where, c.kind == EstimateKind.JOB_SEARCH)
    ).all()
    if not cases:
        return
    denied = {
        (case_id, month)
        for case_id, month in session.execute(
            select(d.case_id, d.month).where(
                d.case_id.in_([row.id for row in cases]), d.outcome != CaseOutcome.GRANTED
            )
        )
    }
    for case_id, person_id, about_on, count in cases:
        for place in range(count or 0):
            month = months_later(about_on.replace(day=1), place)
            if month in months and not denied & {(case_id, None), (case_id, month)}:
                found.aided.add((person_id, month))
