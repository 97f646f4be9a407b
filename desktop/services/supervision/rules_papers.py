"""Rule about received papers (section 5.2, R10): what was taken in and is not settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.domain.clock import japan_day
from desktop.domain.master_tables import Master
from desktop.domain.papers import PAPER_STATE, PaperState, number_label
from desktop.domain.supervision import Finding, RuleInfo
from desktop.models.households import Household
from desktop.models.papers import PaperLinkRecord, PaperRecord
from desktop.services.masters import lookup
from desktop.services.supervision.scope import HOUSEHOLD, Scope

_WARNING = 2
_WHERE = "どこで止まっていますか。"
_NO_DRAFT = "起案のやることがありません。だれがいつまでに起案しますか。"
#: Whether somebody was asked to draft the decision (R09: a fact that changes the benefit has its task).
_DRAFT = exists().where(
    PaperLinkRecord.paper_id == PaperRecord.id,
    PaperLinkRecord.todo_id.is_not(None),
    PaperLinkRecord.struck_at.is_(None),
)


class UnsettledPaper:
    """R10: a received paper that is not settled after 14 days; after 30 days it is serious.

    Days run from the receipt, whoever owns the paper now and whatever state it has reached. One that was judged and for
    which nobody was asked to draft a decision says so.
    """

    info = RuleInfo(
        rule="R10",
        name="完了していない受領書類",
        severity=3,
        basis="受領から、しきい値 R10 の日数を超えて完了していない書類（警告の日数と、重大とする日数）",
    )

    def find(self, session: Session, scope: Scope) -> Iterator[Finding]:
        """Look at the pool only: a settled paper is done."""
        limits = scope.limits
        found = (
            select(
                *HOUSEHOLD,
                PaperRecord.kind,
                PaperRecord.state,
                PaperRecord.fiscal_year,
                PaperRecord.number,
                PaperRecord.received_at,
                PaperRecord.owner_id,
                _DRAFT,
            )
            .join(PaperRecord, PaperRecord.household_id == Household.id)
            .where(
                scope.households,
                PaperRecord.office_id == scope.office_id,
                PaperRecord.settled_at.is_(None),
                PaperRecord.received_at < scope.before(limits.r10_days),
            )
            .order_by(PaperRecord.received_at)
        )
        kinds = lookup.labels(session, scope.office_id, Master.PAPER_KINDS, scope.today)
        mild = replace(self.info, severity=_WARNING)
        for *household, kind, state, year, number, at, owner_id, has_draft in session.execute(
            found
        ):
            misses_draft = state is PaperState.JUDGED and not has_draft
            day = japan_day(at)
            days = scope.since(day)
            yield scope.finding(
                self.info if days > limits.r10_alarm_days else mild,
                household,
                f"{kinds.get(kind, kind)}（受領番号 {number_label(year, number)}）が受領から{days}日、"
                f"「{PAPER_STATE[state]}」のままです。{_NO_DRAFT if misses_draft else _WHERE}",
                since=day,
                days=days,
                staff_id=owner_id,
            )
