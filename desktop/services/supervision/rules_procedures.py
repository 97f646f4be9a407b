"""Rules about procedures that come every year (section 5.2): the survey of taxed income (E05, E06) and the duty to report (E16).

A record that is missing is asked about; nothing follows from a finding but that somebody looks. Households that were taken over
are counted from that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.dates import months_later
from desktop.domain.procedures import ProcedureKind
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household
from desktop.models.ledger import TakeOver
from desktop.models.procedures import ProcedureRecord
from desktop.services.procedures.loading import counts
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words, period_began

_p = ProcedureRecord
_HUNDRED, _DECEMBER = 100, 12


class UnclosedTaxSurvey:
    """E05: the survey of taxed income of the year is not closed on its day."""

    info = RuleInfo(
        rule="E05",
        name="終わっていない課税調査",
        severity=3,
        basis="しきい値 E05 の対象の日に受給中で、E05 の期日を過ぎて、その年の課税調査の照合を終えた記録がない受給中の世帯（期日のあとに台帳を引き継いだ世帯は、その年は数えない）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a household, about the newest year whose day has passed."""
        deadline = _newest_deadline(scope)
        from_day = day_of_year(deadline.year, scope.limits.e05_from)
        of_year = (
            _p.household_id == Household.id,
            _p.kind == ProcedureKind.TAX_SURVEY,
            _p.year == deadline.year,
            counts(),
        )
        begun = select(func.max(_p.begun_on)).where(*of_year).correlate(Household)
        closed = exists().where(*of_year, _p.ended_on.is_not(None)).correlate(Household)
        rows: Any = session.execute(
            select(*HOUSEHOLD, period_began(scope), begun.scalar_subquery())
            .outerjoin(TakeOver, TakeOver.household_id == Household.id)
            .where(
                scope.active,
                ~closed,
                or_(TakeOver.taken_over_on.is_(None), TakeOver.taken_over_on <= deadline),
            )
            .order_by(Household.case_number)
        )
        for *household, began, begun_on in rows:
            if began is not None and began > from_day:
                continue
            said = f"{in_words(begun_on)}に始めています。" if begun_on else ""
            yield scope.finding(
                self.info,
                household,
                f"{deadline.year}年の課税調査の照合を終えた記録がありません（期日 {in_words(deadline)}）。{said}課税資料と申告を照らし合わせましたか。",
                since=deadline,
                days=scope.since(deadline),
            )


class UndecidedMismatch:
    """E06: what was declared and what was taxed differ, and nobody decided what follows."""

    info = RuleInfo(
        rule="E06",
        name="扱いを決めていない申告と課税の相違",
        severity=3,
        basis="課税調査で相違の額があり、照合を終えた日（まだのときは始めた日）から、しきい値 E06 の日数を超えて、扱いを決めた日の記録がないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a survey; also of households that left protection."""
        known_on = func.coalesce(_p.ended_on, _p.begun_on)
        for day, household in found_in(
            session,
            scope.households,
            ProcedureKind.TAX_SURVEY,
            known_on,
            _p.yen > 0,
            _p.confirmed_on.is_(None),
            known_on < scope.days_ago(scope.limits.e06_days),
        ):
            days = scope.since(day)
            yield scope.finding(
                self.info,
                household,
                f"課税調査で申告との相違が分かって（{in_words(day)}）から{days}日たちますが、扱いを決めた記録がありません。本人に事情を聞きましたか。",
                since=day,
                days=days,
            )


class UnexplainedDuty:
    """E16: the duty to report changes (法61条) was not explained and acknowledged in twelve months."""

    info = RuleInfo(
        rule="E16",
        name="届出義務の説明が1年以上前の世帯",
        severity=2,
        basis="届出義務（法61条）を口頭で説明し本人が確かめた日（記録がない世帯は保護の開始、台帳を引き継いだ世帯は引継ぎの日）から、しきい値 E16 の月数を超えている受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a household. An explanation that the person did not acknowledge is said with it."""
        limit = months_later(scope.today, -scope.limits.e16_months)
        told = (
            select(
                _p.household_id,
                func.max(_p.begun_on).label("told_on"),
                func.max(_p.confirmed_on).label("known_on"),
            )
            .where(_p.kind == ProcedureKind.DUTY, _p.office_id == scope.office_id, counts())
            .group_by(_p.household_id)
            .subquery()
        )
        rows: Any = session.execute(
            select(
                *HOUSEHOLD,
                *(period_began(scope), TakeOver.taken_over_on, told.c.told_on, told.c.known_on),
            )
            .outerjoin(TakeOver, TakeOver.household_id == Household.id)
            .outerjoin(told, told.c.household_id == Household.id)
            .where(scope.active, or_(told.c.known_on.is_(None), told.c.known_on < limit))
            .order_by(Household.case_number)
        )
        for *household, began, taken_over_on, told_on, known_on in rows:
            days = [day for day in (began, known_on) if day]
            if known_on is None and taken_over_on is not None:
                days.append(taken_over_on)
            since = max(days, default=None)
            if since is None or since >= limit:
                continue
            open_ = told_on is not None and (known_on is None or told_on > known_on)
            said = (
                f"{in_words(told_on)}に説明していますが、本人が確かめた記録がありません。"
                if open_
                else ""
            )
            yield scope.finding(
                self.info,
                household,
                f"届出義務（法61条）の説明と本人の確認の記録が、{in_words(since)}からありません。{said}次に会うのはいつですか。",
                since=since,
                days=scope.since(since),
            )


def found_in(
    session: Session,
    households: ColumnElement[bool],
    kind: ProcedureKind,
    day: Any,  # noqa: ANN401 - a column or an expression of a day
    *conditions: ColumnElement[bool],
) -> Iterator[tuple[date, tuple[Any, ...]]]:
    """Records of a kind that count, with the day that is asked about and their household's columns."""
    rows = session.execute(
        select(day, *HOUSEHOLD)
        .join(Household, Household.id == _p.household_id)
        .where(households, _p.kind == kind, counts(), *conditions)
        .order_by(day, _p.id)
    )
    for on, *household in rows:
        yield on, tuple(household)


def day_of_year(year: int, written: int) -> date:
    """The day that is written as month and day without a stroke; the last of the month where it has no such day."""
    month = min(max(written // _HUNDRED, 1), _DECEMBER)
    first = date(year, month, 1)
    last = months_later(first, 1) - timedelta(days=1)
    return date(year, month, min(max(written % _HUNDRED, 1), last.day))


def _newest_deadline(scope: Scope) -> date:
    """The last day for a survey that has passed."""
    this_year = day_of_year(scope.today.year, scope.limits.e05_deadline)
    if this_year < scope.today:
        return this_year
    return day_of_year(scope.today.year - 1, scope.limits.e05_deadline)
