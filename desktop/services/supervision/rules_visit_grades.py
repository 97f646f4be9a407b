"""Rules V01 and V17 about visit grades: none is set, and nobody looked at one although something happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.supervision import Finding, RuleInfo
from desktop.services.households.grades import lives_at_home, present_grade
from desktop.services.supervision.rules_events import oldest_unanswered
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words, period_began
from desktop.services.visit_grades import open_grade_events


class MissingGrade:
    """V01: a receiving household at home for which neither this office nor the ledger knows a visit grade."""

    info = RuleInfo(
        rule="V01",
        name="訪問格付のない世帯",
        severity=3,
        basis="居宅で、開始からしきい値 V01 の日数を過ぎても訪問格付が決まっていない受給中の世帯（課長問答 12の1）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Days run from the start of the present protection."""
        found = select(*HOUSEHOLD, period_began(scope)).where(
            scope.active, present_grade(scope.today).is_(None), lives_at_home(scope.today)
        )
        for *household, began in session.execute(found):
            days = _days(scope, began)
            if days < scope.limits.v01_days:
                continue
            yield scope.finding(
                self.info,
                household,
                "居宅の世帯に訪問格付が決まっていません。格付を提案し、承認を受けていますか。",
                since=began,
                days=days,
            )


def _days(scope: Scope, began: date | None) -> int:
    """Days since the start; none where the ledger does not know it."""
    return scope.since(began) if began is not None else 0


class UnreviewedGrade:
    """V17: something happened that asks for a review of the grade, and nobody proposed one or said that it stays."""

    info = RuleInfo(
        rule="V17",
        name="きっかけのあとの訪問格付",
        severity=2,
        basis="格付の見直しのきっかけ（設定値）から、しきい値 V17 の日数とそのきっかけの期限を過ぎて、"
        "格付の提案も「格付はそのまま」の答えもない受給中の世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One finding a household, about its oldest event."""
        events = open_grade_events(session, scope.office_id, scope.active, scope.today)
        for row, event in oldest_unanswered(session, scope, events, scope.limits.v17_days):
            days = scope.since(event.known_on)
            yield scope.finding(
                self.info,
                row,
                f"{in_words(event.happened_on)}の「{event.label}」から{days}日たちますが、格付の提案も"
                "「格付はそのまま」の答えもありません。訪問の回数は今のままでよいですか。",
                since=event.known_on,
                days=days,
            )
