"""A re-planning before it is taken over: every visit that would move, is added or finds no place, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.era import DateStyle, format_date
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.visit_month import HouseholdName
from desktop.domain.visit_plan_proposals import ProposalMove
from desktop.domain.visit_plans import VISIT_KIND
from desktop.domain.visit_replans import Replan
from desktop.viewmodels.columns import Column
from desktop.viewmodels.visit_plans_month_review import slot_words

_OUT = "▲ 計画から外れます"
_NOWHERE = "▲ 入る半日がありません"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanLine:
    """One visit of the proposal in words. `tone` marks what falls out or finds no place."""

    key: str
    who: str = field(repr=False)
    before: str
    after: str
    marks: str = ""
    why: str = ""
    tone: str | None = None


def replan_words(proposal: Replan) -> str:
    """What would happen, in one paragraph; nothing is stored yet."""
    near = sum(move.is_near for move in proposal.moves)
    moved = len(proposal.moves) - len(proposal.left_out)
    parts = [
        f"動く訪問 {moved}件"
        + (f"（うち{proposal.near_days}日以内の訪問 {near}件）" if near else ""),
        f"加わる訪問 {len(proposal.added)}件",
    ]
    out = len(proposal.left_out) + len(proposal.not_placed)
    parts.append(f"▲ 入らない訪問 {out}件" if out else "入らない訪問 0件")
    said = "、".join(parts) + "。ほかの訪問は動きません。"
    if proposal.broken_promises:
        said += f"\n▲ 予告した訪問が{len(proposal.broken_promises)}件動きます。採用したら世帯に知らせてください。"
    if out:
        said += "\n入らない訪問は、採用すると取りやめとして残ります。査察指導員と相談し、月を変えるか応援を頼んでください。"
    if proposal.away is not None:
        said += "\n採用すると、使えない半日を「勤務と当番」にも登録します。"
    return said


def replan_lines(proposal: Replan, names: Mapping[UUID, HouseholdName]) -> tuple[ReplanLine, ...]:
    """What finds no place first, then what is added, then what moves in the order of the days it leaves."""
    lost = [
        ReplanLine(
            key=f"not-{number}",
            who=_who(names, missed.household_id),
            before="（追加）",
            after=_NOWHERE,
            marks=f"期限 {format_date(missed.until, DateStyle.SHORT)}",
            why=missed.words,
            tone="error",
        )
        for number, missed in enumerate(proposal.not_placed)
    ]
    added = [
        ReplanLine(
            key=str(visit.visit_id),
            who=_who(names, visit.household_id),
            before=f"（追加）{VISIT_KIND[visit.kind]}",
            after=slot_words(visit.day, visit.half),
            why=proposal.why_added.get(visit.visit_id, ""),
        )
        for visit in proposal.added
    ]
    out = [move for move in proposal.moves if move.after is None]
    rest = [move for move in proposal.moves if move.after is not None]
    moved = [_moved(move, proposal.near_days, names) for move in (*out, *rest)]
    return (*lost, *added, *moved)


def replan_columns() -> tuple[Column[ReplanLine], ...]:
    """Whose visit, from where to where, what to mind, and why."""
    return (
        Column(header="世帯", text=lambda line: line.who),
        Column(header="いまの計画", text=lambda line: line.before),
        Column(header="組み直し", text=lambda line: line.after, tone=lambda line: line.tone),
        Column(
            header="注意",
            text=lambda line: line.marks,
            tone=lambda line: "warning" if line.marks else None,
        ),
        Column(header="理由", text=lambda line: line.why, tooltip=lambda line: line.why),
    )


def _moved(move: ProposalMove, near_days: int, names: Mapping[UUID, HouseholdName]) -> ReplanLine:
    marks = [
        word
        for word, holds in (
            ("予告済み", move.is_announced),
            ("法定", move.is_statutory),
            (f"{near_days}日以内", move.is_near),
        )
        if holds
    ]
    return ReplanLine(
        key=str(move.visit_id),
        who=_who(names, move.household_id),
        before=slot_words(move.before, move.before_half),
        after=slot_words(move.after, move.after_half) if move.after else _OUT,
        marks="・".join(marks),
        why=("この半日は使えなくなりました。" if move.is_forced else "") + move.words,
        tone=None if move.after else "error",
    )


def _who(names: Mapping[UUID, HouseholdName], household_id: UUID) -> str:
    name = names.get(household_id)
    return f"{name.case_number}　{name.head_name or SHIELDED_NAME}" if name else "別の世帯"
