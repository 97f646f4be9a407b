"""Received papers as the screen 受領書類 shows them, and what may be done with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import (
    PAPER_STATE,
    PaperInFile,
    PaperLine,
    PaperPool,
    PaperState,
    PaperStep,
    move_of,
    next_state,
)
from desktop.viewmodels.columns import CENTER, RIGHT, Column

NO_OWNER = "未定"
MINE = "自分"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperActs:
    """What may be done with a paper; `next_label` is the state that the next key brings, "" where there is none."""

    next_label: str = ""
    may_take: bool = False
    may_settle: bool = False


def acts_for(line: PaperLine | None, staff: SignedInStaff) -> PaperActs:
    """What the signed-in person may do. The database judges again."""
    if line is None:
        return PaperActs()
    to = next_state(line.state)
    straight = move_of(line.state, PaperState.SETTLED)
    return PaperActs(
        next_label=PAPER_STATE[to] if to else "",
        may_take=line.owner_id != staff.staff_id and line.state is not PaperState.SETTLED,
        may_settle=straight is not None and straight.needs_reason,
    )


def pool_columns(staff: SignedInStaff) -> tuple[Column[PaperLine], ...]:
    """Columns of the pool; a late paper and one without owner are marked by a word and a tone."""
    return (
        Column(header="受領番号", text=lambda p: p.label, sort=_number),
        Column(
            header="経過",
            text=lambda p: f"{'▲ ' if p.is_late else ''}{p.age}日",
            sort=lambda p: p.age,
            align=RIGHT,
            tone=lambda p: "warning" if p.is_late else None,
        ),
        Column(
            header="状態",
            text=lambda p: PAPER_STATE[p.state],
            sort=lambda p: tuple(PaperState).index(p.state),
        ),
        Column(
            header="担当",
            text=lambda p: _owner(p, staff),
            tone=lambda p: "warning" if p.owner_id is None else None,
        ),
        Column(header="種類", text=lambda p: p.kind_label),
        Column(header="ケース番号", text=lambda p: p.case_number),
        Column(header="世帯主", text=lambda p: p.head_name or SHIELDED_NAME),
        Column(header="だれの書類", text=lambda p: p.person),
        Column(header="枚数", text=lambda p: f"{p.sheets:,}", sort=lambda p: p.sheets, align=RIGHT),
        Column(
            header="受領日",
            text=lambda p: _day(p.received_at),
            sort=lambda p: p.received_at,
            align=CENTER,
        ),
        Column(header="受領者", text=lambda p: p.received_by),
    )


def file_columns(staff: SignedInStaff) -> tuple[Column[PaperInFile], ...]:
    """Columns of the papers of one file; a settled one is quiet."""

    def quiet(paper: PaperInFile) -> str | None:
        return "muted" if paper.line.state is PaperState.SETTLED else None

    return (
        Column(header="受領番号", text=lambda p: p.line.label, sort=lambda p: _number(p.line)),
        Column(
            header="受領日",
            text=lambda p: _day(p.line.received_at),
            sort=lambda p: p.line.received_at,
            align=CENTER,
        ),
        Column(
            header="状態",
            text=lambda p: PAPER_STATE[p.line.state],
            sort=lambda p: tuple(PaperState).index(p.line.state),
            tone=quiet,
        ),
        Column(header="種類", text=lambda p: p.line.kind_label),
        Column(header="だれの書類", text=lambda p: p.line.person),
        Column(
            header="枚数",
            text=lambda p: f"{p.line.sheets:,}",
            sort=lambda p: p.line.sheets,
            align=RIGHT,
        ),
        Column(header="提出者", text=lambda p: p.from_whom),
        Column(header="担当", text=lambda p: _owner(p.line, staff)),
    )


def told(paper: PaperInFile) -> str:
    """The note and the way of a paper, one line a step."""
    note = [f"備考：{paper.note}"] if paper.note else []
    return "\n".join((*note, *(_step(step) for step in paper.steps)))


def _step(step: PaperStep) -> str:
    reason = f"（理由：{step.reason}）" if step.reason else ""
    return f"{_day(step.at)}　{PAPER_STATE[step.state]}　{step.by}{reason}"


def _day(at: datetime) -> str:
    return format_date(japan_day(at), DateStyle.SHORT)


def summary(pool: PaperPool, staff: SignedInStaff) -> str:
    """How many papers wait, how many too long, how many on one's own desk."""
    late = sum(line.is_late for line in pool.lines)
    own = sum(line.owner_id == staff.staff_id for line in pool.lines)
    shown = f"（古いものから{len(pool.lines):,}件を表示）" if len(pool.lines) < pool.total else ""
    return f"{pool.total:,}件{shown}　期限を過ぎたもの {late:,}件　自分の担当 {own:,}件"


def _owner(line: PaperLine, staff: SignedInStaff) -> str:
    if line.owner_id is None:
        return NO_OWNER
    return MINE if line.owner_id == staff.staff_id else line.owner


def _number(line: PaperLine) -> tuple[int, int]:
    return line.fiscal_year, line.number
