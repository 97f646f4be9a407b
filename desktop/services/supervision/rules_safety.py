"""Rules about what protects people: shields (支援措置) that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.households import SafetyMarkKind
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household, SafetyMark
from desktop.services.periods import holds_on
from desktop.services.supervision.scope import HOUSEHOLD, Scope

#: Days for which an ended shield is asked about: a ledger comes once a month.
_LOOK_BACK_DAYS = 31


class EndedShield:
    """A02: a household lost its shield lately, by a ledger or by hand, or its shield holds but its name shows.

    A shield that ends by mistake or by a made-up ledger shows an address to whoever should not know it.
    """

    info = RuleInfo(
        rule="A02",
        name="支援措置が外れた世帯",
        severity=3,
        basis="直近31日間に支援措置が終わった世帯と、支援措置の期間中なのに氏名が伏せられていない世帯",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """The last day of the shield, and marks that hold without effect."""
        for *household, last in session.execute(_ended(scope)):
            since = last + timedelta(days=1)
            reason = "支援措置が外れています。本人に確かめて外したものですか。"
            yield scope.finding(self.info, household, reason, since=since, days=scope.since(since))
        for *household, first in session.execute(_without_effect(scope)):
            reason = "支援措置の期間中ですが、氏名が所内の名簿に出ています。"
            yield scope.finding(self.info, household, reason, since=first, days=scope.since(first))


def _ended(scope: Scope) -> Select[*tuple[Any, ...]]:
    mark, other = SafetyMark, aliased(SafetyMark)
    still = exists().where(
        other.household_id == Household.id,
        other.kind == SafetyMarkKind.SHIELDED,
        holds_on(other, scope.today),
    )
    return (
        select(*HOUSEHOLD, func.max(mark.valid_to))
        .join(mark, mark.household_id == Household.id)
        .where(
            scope.households,
            mark.kind == SafetyMarkKind.SHIELDED,
            mark.valid_to >= scope.days_ago(_LOOK_BACK_DAYS),
            mark.valid_to < scope.today,
            ~still,
        )
        .group_by(*HOUSEHOLD)
    )


def _without_effect(scope: Scope) -> Select[*tuple[Any, ...]]:
    mark = SafetyMark
    return (
        select(*HOUSEHOLD, func.min(mark.valid_from))
        .join(mark, mark.household_id == Household.id)
        .where(
            scope.households,
            Household.is_shielded.is_(False),
            mark.kind == SafetyMarkKind.SHIELDED,
            holds_on(mark, scope.today),
        )
        .group_by(*HOUSEHOLD)
    )
