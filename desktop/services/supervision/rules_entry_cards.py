"""Rule about the card of whoever enters a home by law (立入調査票, 法28条3項; section 5.2, V23)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.carry_outs import CarryOutReason, CarryOutState, carry_label
from desktop.domain.clock import JAPAN, japan_day
from desktop.domain.master_tables import Master
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.carry_outs import CarryOutRecord
from desktop.models.masters import MasterValue
from desktop.models.office import Staff
from desktop.services.supervision.rules_carry_outs import carriers
from desktop.services.supervision.scope import Scope, in_words

_c = CarryOutRecord


@dataclass(frozen=True, slots=True)
class _Card:
    """From when to when somebody had a card; `until` is the day it was given back."""

    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class EnteredWithoutCard:
    """V23: somebody went out to enter a home (立入調査) without a card that was issued and not given back."""

    info = RuleInfo(
        rule="V23",
        name="立入調査票のない立入調査",
        severity=3,
        basis="持出しの目的が立入調査で、その日に設定値「立入調査票の交付」に有効な票がない職員（しきい値 V23 の日数のうちの持出し）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question a trip."""
        first = datetime.combine(scope.days_ago(scope.limits.v23_days), time(), tzinfo=JAPAN)
        rows = session.execute(
            select(_c, Staff.name, Staff.login)
            .join(Staff, Staff.id == _c.staff_id)
            .where(
                _c.office_id == scope.office_id,
                _c.reason == CarryOutReason.ENTRY,
                _c.state != CarryOutState.WITHDRAWN,
                _c.left_at >= first,
                carriers(scope),
            )
            .order_by(_c.left_at, _c.id)
        ).all()
        cards = _cards(session, scope) if rows else {}
        for trip, name, login in rows:
            day = japan_day(trip.left_at or trip.leaving_at)
            if any(card.holds_on(day) for card in cards.get(login, ())):
                continue
            label = carry_label(trip.fiscal_year, trip.number)
            yield Finding(
                rule=self.info.rule,
                severity=self.info.severity,
                household_id=None,
                staff_id=trip.staff_id,
                case_number="",
                head_name="",
                caseworker=name,
                reason=f"{in_words(day)}の立入調査（{label}）の日に、有効な立入調査票がありません。票は交付されていますか。",
                since=day,
                days=scope.since(day),
            )


def _cards(session: Session, scope: Scope) -> dict[str, list[_Card]]:
    """Login → cards; of each card what was said of it last."""
    m = MasterValue
    newest: dict[tuple[str, str], dict[str, Any] | None] = {}
    for key, value, is_retired in session.execute(
        select(m.key, m.value, m.is_retired)
        .where(
            m.office_id == scope.office_id,
            m.table_name == Master.ENTRY_CARDS,
            m.approved_at.is_not(None),
            m.valid_from <= scope.today,
        )
        .order_by(m.valid_from, m.approved_at, m.id)
    ):
        newest[key, str(value.get("number") or "")] = None if is_retired else value
    found = defaultdict[str, list[_Card]](list)
    for (login, _), value in newest.items():
        if value is not None:
            returned = str(value.get("returned_on") or "")
            until = date.fromisoformat(returned) if returned else None
            found[login].append(_Card(date.fromisoformat(str(value["issued_on"])), until))
    return found
