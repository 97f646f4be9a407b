"""The rule about what somebody outside told of a household (section 5.2, R15): a neighbour, a landlord, the waterworks."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.supervision import Finding, RuleInfo
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.households import Household
from desktop.models.todos import Todo
from desktop.services.supervision.scope import HOUSEHOLD, Scope, in_words


class UnansweredInformation:
    """R15: something was told from outside and nobody has answered it. It is asked about from the first day on."""

    info = RuleInfo(
        rule="R15",
        name="回答していない外部からの情報",
        severity=3,
        basis="外部からの情報（近隣・家主・民生委員・水道やガスの事業者など）のうち、接触したか、できない事情が回答されていないもの。届いた日から出ます",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """One question for each thing told."""
        found = (
            select(*HOUSEHOLD, Todo.owner_id, Todo.created_at, Todo.due_on)
            .join(Todo, Todo.household_id == Household.id)
            .where(
                scope.households,
                Todo.origin == TodoOrigin.OUTSIDE_INFO,
                Todo.state == TodoState.OPEN,
            )
        )
        for *household, staff_id, created_at, due_on in session.execute(found):
            day = japan_day(created_at)
            until = "まだ回答がありません"
            if due_on is not None and due_on < scope.today:
                until = f"期限（{in_words(due_on)}）を過ぎています"
            yield scope.finding(
                self.info,
                household,
                f"{in_words(day)}に外部から情報が届き、{until}。様子を確かめましたか。",
                since=day,
                days=scope.since(day),
                staff_id=staff_id,
            )
