"""Rules about households that nobody visits (section 5.2, V05–V09). An absence, a call or a talk at the counter is no visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

from sqlalchemy import case, literal, or_, select
from sqlalchemy.orm import Session

from desktop.database.met_in_visits import spoken_to_in_institutions
from desktop.domain.households import HouseholdState
from desktop.domain.master_tables import Master
from desktop.domain.records import ContactMethod
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.visit_grades import LivingPlace
from desktop.models.households import Household
from desktop.models.ledger import HouseholdStatePeriod, TakeOver
from desktop.models.records import Contact
from desktop.services.households.grades import present_grade
from desktop.services.masters import lookup
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words
from desktop.services.supervision.visit_floors import (
    floors_by_place,
    protected_since,
    required_of,
    visit_days,
    year_ago,
)
from desktop.services.supervision.visits import (
    has_contact,
    head_is_away,
    head_lives,
    last_contact,
    unmet,
    unmet_since,
)

_DAYS_A_YEAR, _MONTHS, _WHOLE = 365, 12, 100


class TooFewVisits:
    """V05: a household with fewer real visits in twelve months than the law's least (局長通知 第12-1).

    Asked of those protected, and known to this program, for all of the twelve months. Whose head was in a hospital or
    facility all the time is asked about by V06.
    """

    info = RuleInfo(
        rule="V05",
        name="訪問が法定の回数に満たない世帯",
        severity=3,
        basis="12か月のあいだに世帯員と会えた訪問の日数が、設定値「訪問回数の下限」の回数に満たない受給中の世帯。停止の期間や、居宅・入院・入所の"
        "移り変わりがあった年の回数は、設定値「訪問回数の数え方」で数えます（不在・電話・来所は数えません。保護の開始・台帳の引継ぎから12か月"
        "たった世帯だけを見ます。12か月ずっと入院・入所中の世帯は V06 で見ます）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Count days, so that two entries of one visit are one."""
        since, floors = year_ago(scope), floors_by_place(session, scope)
        visits = visit_days(scope, since)
        found = unmet(scope, visits).where(
            ~head_is_away(scope, since),
            or_(TakeOver.taken_over_on.is_(None), TakeOver.taken_over_on <= since),
            protected_since(scope) <= since,
            visits < max(floors.values()),
        )
        rows = session.execute(found).all()
        required = required_of(session, scope, floors, [row[0] for row in rows], since)
        for *household, count, _, _, _ in rows:
            least = required[household[0]]
            if count < least:
                yield scope.finding(
                    self.info,
                    household,
                    f"この12か月の訪問は{count}回です（少なくとも{least}回）。次の訪問はいつですか。",
                    since=since,
                    days=scope.since(since),
                )


class UnseenInInstitution:
    """V06: somebody in a hospital or facility for a year who was visited too seldom, or of whom no doctor or staff was asked."""

    info = RuleInfo(
        rule="V06",
        name="入院・入所中の面接がない世帯",
        severity=3,
        basis="12か月より前から入院・入所中で、その間の本人との面接が設定値「訪問回数の下限」の回数に満たないか、主治医・職員の話の記録がない"
        "受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """The person first, then whoever looks after him."""
        since, floors = year_ago(scope), floors_by_place(session, scope)
        found = select(*HOUSEHOLD, visit_days(scope, since), head_lives(scope)).where(
            scope.active, head_is_away(scope, since)
        )
        spoken_to = spoken_to_in_institutions(session, scope.office_id, since)
        for *household, count, kind in session.execute(found):
            least = floors[LivingPlace(kind)]
            if count >= least and household[0] in spoken_to:
                continue
            if count >= least:
                what = "に主治医・職員の話の記録がありません"
            elif count == 0:
                what = "に本人と面接した記録がありません"
            else:
                what = f"の本人との面接は{count}回です（少なくとも{least}回）"
            yield scope.finding(
                self.info,
                household,
                f"入院・入所中ですが、この12か月{what}。いつ訪ねますか。",
                since=since,
                days=scope.since(since),
            )


class LongerThanTheGrade:
    """V07: nobody met the household for half as long again as its visit grade allows.

    Grades without an interval (随時) and households without a grade are not asked about here.
    """

    info = RuleInfo(
        rule="V07",
        name="格付の間隔を超えて会えていない世帯",
        severity=2,
        basis="最後に会えた訪問から、訪問格付の間隔に、しきい値 V07 の割合をかけた日数を超えた受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Each household against its own grade, in the database."""
        limits = _limits(session, scope)
        if not limits:
            return
        days = {grade: scope.days_ago(limit) for grade, limit in limits.items()}
        grade = present_grade(scope.today)
        newest = case(*((grade == code, literal(day)) for code, day in days.items()), else_=None)
        found = unmet(scope, last_contact(scope, Contact.is_home_visit), grade).where(
            grade.in_(limits),
            ~has_contact(scope, Contact.is_home_visit, Contact.happened_on >= newest),
        )
        for *household, last, code, began, known, taken_over in session.execute(found):
            since = unmet_since(last, began, known, taken_over)
            if since is not None and scope.since(since) > limits[code]:
                yield scope.finding(
                    self.info,
                    household,
                    f"{_met(last or known, since)}から{scope.since(since)}日、会えていません"
                    f"（格付{code}の目安は{limits[code]}日）。次の訪問はいつですか。",
                    since=since,
                    days=scope.since(since),
                )


class LongUnvisited:
    """V08: a household at home that nobody met for more than half a year. The list is for the section head."""

    info = RuleInfo(
        rule="V08",
        name="長く訪問していない世帯",
        severity=3,
        basis="最後に会えた訪問から、しきい値 V08 の日数を超えた、居宅で受給中の世帯（入院・入所中の世帯は V06 で見ます）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Days run from the last meeting, the begin of the period, or what the take-over knew."""
        limit = scope.limits.v08_days
        found = unmet(scope, last_contact(scope, Contact.is_home_visit)).where(
            ~head_is_away(scope),
            ~has_contact(
                scope, Contact.is_home_visit, Contact.happened_on >= scope.days_ago(limit)
            ),
        )
        for *household, last, began, known, taken_over in session.execute(found):
            since = unmet_since(last, began, known, taken_over)
            days = 0 if since is None else scope.since(since)
            if since is None:
                reason = "会えた記録がなく、開始日も分かりません。訪問できていますか。"
            elif days > limit:
                reason = f"{_met(last or known, since)}から{days}日、会えていません（{limit}日まで）。様子は分かっていますか。"
            else:
                continue
            yield scope.finding(self.info, household, reason, since=since, days=days)


class ApplicationWithoutVisit:
    """V09: an application (申請) without a visit on the spot within a week (局長通知 第12-1)."""

    info = RuleInfo(
        rule="V09",
        name="申請から1週間以内の訪問がない世帯",
        severity=3,
        basis="申請から、しきい値 V09 の日数を過ぎて、世帯員と会えた訪問がない申請中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """The day from which the household applies."""
        applied, limit = HouseholdStatePeriod, scope.limits.v09_days
        visited = has_contact(
            scope,
            Contact.is_home_visit,
            Contact.method == ContactMethod.VISIT,
            Contact.happened_on >= applied.valid_from,
        )
        found = (
            select(*HOUSEHOLD, applied.valid_from)
            .join(applied, applied.household_id == Household.id)
            .where(
                scope.households,
                Household.state == HouseholdState.APPLYING,
                applied.state == HouseholdState.APPLYING,
                holds_on(applied, scope.today),
                applied.valid_from < scope.days_ago(limit),
                ~visited,
            )
        )
        for *household, day in session.execute(found):
            days = scope.since(day)
            yield scope.finding(
                self.info,
                household,
                f"申請（{in_words(day)}）から{days}日たちますが、訪問の記録がありません（{limit}日以内）。いつ訪ねますか。",
                since=day,
                days=days,
            )


def _limits(session: Session, scope: Scope) -> Mapping[str, int]:
    """Visit grade → days without a meeting that the rule allows."""
    grades = lookup.in_force(session, scope.office_id, Master.VISIT_GRADES, scope.today)
    months = {code: int(cast("int", g.get("interval_months") or 0)) for code, g in grades.items()}
    percent = scope.limits.v07_percent
    return {
        code: count * _DAYS_A_YEAR * percent // (_MONTHS * _WHOLE)
        for code, count in months.items()
        if count
    }


def _met(met: date | None, since: date) -> str:
    """What the days are counted from."""
    return f"最後の面接（{in_words(met)}）" if met == since else f"{in_words(since)}"
