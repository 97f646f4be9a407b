"""Rules about monthly papers (employment-support 5.3): what E01 to E04 do not ask about, the report on the search for work above all.

Only what the office asks of a decided group or of aid applied for is looked at. A noted reason is said, and silences only the
question whether anybody asked what help is missing. Nothing follows from a finding but that somebody reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from desktop.domain.dates import months_later
from desktop.domain.declarations import month_of
from desktop.domain.era import format_month
from desktop.domain.monthly_papers import (
    LadderStep,
    MonthlyDue,
    MonthlyPaper,
    PaperCell,
    PaperWhy,
)
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household, Member, Person
from desktop.models.support_groups import SupportGroupDecision
from desktop.models.work_estimates import BenefitCaseRecord
from desktop.services.declarations.loading import Belongs
from desktop.services.masters.lookup_monthly import monthly_papers
from desktop.services.monthly_papers.grid import Known, known_of
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import HOUSEHOLD, Scope

#: So many months back single papers are asked about; what is older was asked about when it was.
_LOOK_BACK = 6
#: Pay slips and notices are looked at in the grid: their income is declared, which E01 to E04 ask about.
_WHYS = frozenset({PaperWhy.GROUP, PaperWhy.JOB_SEARCH_AID})


class LatePaper:
    """E20: a paper has been late for so long that the supervisor sees it, with the reason that was noted."""

    info = RuleInfo(
        rule="E20",
        name="求職活動報告などが出ていない人",
        severity=2,
        basis="「毎月の書類」で支援区分・就労活動促進費によりお願いする書類で、期限から「毎月の書類の日数」の日数を過ぎて受領がないもの（直近6か月）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a person and paper, about the oldest that has not come."""
        for late in _all_late(session, scope):
            told = [cell for cell in late.cells if cell.step is LadderStep.TELL]
            if not told:
                continue
            oldest = told[0]
            more = f"ほか{len(told) - 1}か月分" if len(told) > 1 else ""
            said = (
                f"理由は「{oldest.missing.reason}」です。"
                if oldest.missing
                else "理由がまだありません。"
            )
            yield scope.finding(
                self.info,
                late.household,
                f"{format_month(oldest.due.month)}分{more}の{late.paper.label}を受領していません。{said}本人の状況はどうですか。",
                since=oldest.due_on,
                days=scope.since(oldest.due_on),
            )


class MonthsWithoutPaper:
    """E21: a paper has not come for months running, and nobody has written down what help is missing."""

    info = RuleInfo(
        rule="E21",
        name="続けて書類が出ず、足りない支援を聞いていない人",
        severity=2,
        basis="支援区分・就労活動促進費によりお願いする書類が「毎月の書類の日数」の月数だけ続けて期限を過ぎ、「足りない支援は何か」の記録がないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a person and paper."""
        for late in _all_late(session, scope):
            newest = late.cells[-1]
            if newest.in_a_row < late.in_a_row:
                continue
            running = late.cells[-newest.in_a_row :]
            if any(cell.missing is not None and cell.missing.asked_help for cell in running):
                continue
            first = running[0]
            yield scope.finding(
                self.info,
                late.household,
                f"{late.paper.label}が{newest.in_a_row}か月続けて出ていません。足りない支援は何ですか。指導を考える前に、本人に聞いて残してください。",
                since=first.due_on,
                days=scope.since(first.due_on),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Late:
    """One paper of one person: the months whose day is over and which have not come, the oldest first."""

    household: tuple[Any, ...]
    paper: MonthlyPaper
    cells: tuple[PaperCell, ...]
    in_a_row: int


def _all_late(session: Session, scope: Scope) -> tuple[_Late, ...]:
    """What both rules ask about, read once in a round of the radar."""
    key = (scope.office_id, scope.district_ids, scope.today)
    known: dict[object, tuple[_Late, ...]] = session.info.setdefault("late_monthly_papers", {})
    if key not in known:
        known[key] = tuple(_late(session, scope))
    return known[key]


def _late(session: Session, scope: Scope) -> Iterator[_Late]:
    papers = [
        paper
        for paper in monthly_papers(session, scope.office_id, scope.today)
        if paper.why in _WHYS
    ]
    decided = exists().where(SupportGroupDecision.household_id == Household.id).correlate(Household)
    applied = exists().where(BenefitCaseRecord.household_id == Household.id).correlate(Household)
    where = scope.active & or_(decided, applied)
    people = [_person(row) for row in session.execute(_people(scope).where(where)).all()]
    month = months_later(month_of(scope.today), -1)
    known = known_of(
        session,
        scope.office_id,
        where,
        [belongs for belongs, _ in people],
        month,
        scope.today,
        papers=papers,
        back=_LOOK_BACK,
    )
    for belongs, household in people:
        for paper in papers:
            cells = tuple(_cells(known, belongs, paper))
            if cells:
                yield _Late(
                    household=household,
                    paper=paper,
                    cells=cells,
                    in_a_row=known.ladder.in_a_row,
                )


def _people(scope: Scope) -> Any:  # noqa: ANN401 - rows of several columns
    """Who belongs to these households today and lives, with the household's columns."""
    return (
        select(*HOUSEHOLD, Person.id)
        .join(Member, Member.household_id == Household.id)
        .join(Person, Person.id == Member.person_id)
        .where(holds_on(Member, scope.today), Person.died_on.is_(None))
        .order_by(Household.case_number, Person.id)
    )


def _person(row: Any) -> tuple[Belongs, tuple[Any, ...]]:  # noqa: ANN401 - a row
    *household, person_id = row
    belongs = Belongs(
        household_id=household[0],
        case_number=household[1],
        head_name="",
        person_id=person_id,
        name="",
        birth_date=None,
        is_head=False,
        until=None,
    )
    return belongs, tuple(household)


def _cells(known: Known, person: Belongs, paper: MonthlyPaper) -> Iterator[PaperCell]:
    """The months of a paper that are late and open, the oldest first."""
    for month in known.months:
        due = MonthlyDue(
            household_id=person.household_id,
            person_id=person.person_id,
            paper=paper.code,
            month=month,
        )
        if known.is_late(paper, due):
            yield known.cell(due, paper)
