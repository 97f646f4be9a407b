"""Rule about disclosure requests (開示請求): a copy is due within the days of the law (個人情報保護法83条), and nobody may miss it.

It looks at facts only: when somebody asked, by when the copy is due, and where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.disclosures import OPEN_STATES, STATE
from desktop.domain.papers import number_label
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.disclosures import Disclosure
from desktop.models.households import Household
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words

_d = Disclosure


class DueDisclosure:
    """J01: a copy for disclosure is due soon, or was due, and was not handed over."""

    info = RuleInfo(
        rule="J01",
        name="期限の近い開示請求",
        severity=3,
        basis="決定の期限まで、しきい値 J01 の日数以内か、期限を過ぎた開示請求で、交付も取下げもされていないもの",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a request."""
        until = scope.today + timedelta(days=scope.limits.j01_days)
        rows = session.execute(
            select(_d, *HOUSEHOLD)
            .join(Household, Household.id == _d.household_id)
            .where(scope.households, _d.state.in_(OPEN_STATES), _d.due_on <= until)
            .order_by(_d.due_on, _d.number)
        )
        for request, *household in rows:
            left = (request.due_on - scope.today).days
            when = (
                f"を{-left}日過ぎています"
                if left < 0
                else f"まであと{left}日です"
                if left
                else "は今日です"
            )
            label = number_label(request.fiscal_year, request.number)
            yield scope.finding(
                self.info,
                household,
                f"開示請求（{label}）の期限（{in_words(request.due_on)}）{when}。いまは「{STATE[request.state]}」です。だれが進めますか。",
                since=request.asked_on,
                days=scope.since(request.asked_on),
                staff_id=request.prepared_by,
            )
