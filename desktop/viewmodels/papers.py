"""Received papers as the screen 受領書類 shows them, and what may be done with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.kana import fold
from desktop.domain.labels import SHIELDED_NAME
from desktop.domain.office import SignedInStaff, StaffRow
from desktop.domain.paper_links import BEFORE_DRAFT, DRAFT_TASK, DraftTask, PaperLink
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
    may_hand_over: bool = False
    may_draft: bool = False
    may_settle: bool = False


def acts_for(line: PaperLine | None, staff: SignedInStaff) -> PaperActs:
    """What the signed-in person may do. The database judges again."""
    if line is None:
        return PaperActs()
    to = next_state(line.state)
    straight = move_of(line.state, PaperState.SETTLED)
    is_open = line.state is not PaperState.SETTLED
    return PaperActs(
        next_label=PAPER_STATE[to] if to else "",
        may_take=line.owner_id != staff.staff_id and is_open,
        may_hand_over=is_open,
        may_draft=line.state in BEFORE_DRAFT
        and line.owner_id is not None
        and (line.draft is None or line.draft.is_done),
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
        Column(
            header="起案期限",
            text=lambda p: draft_text(p.draft, _today_of(p)),
            tone=lambda p: "warning" if _is_overdue(p.draft, _today_of(p)) else None,
        ),
        Column(header="種類", text=lambda p: p.kind_label),
        Column(header="ケース番号", text=lambda p: p.case_number),
        Column(header="世帯主", text=lambda p: p.head_name or SHIELDED_NAME),
        Column(header="だれの書類", text=lambda p: p.person),
        Column(
            header="受領日",
            text=lambda p: _day(p.received_at),
            sort=lambda p: p.received_at,
            align=CENTER,
        ),
        Column(header="枚数", text=lambda p: f"{p.sheets:,}", sort=lambda p: p.sheets, align=RIGHT),
        Column(header="受領者", text=lambda p: p.received_by),
    )


def draft_text(task: DraftTask | None, today: date) -> str:
    """Until when the decision is to be drafted, or that it was; "" where nobody was asked."""
    if task is None:
        return ""
    if task.is_done or task.due_on is None:
        return "済" if task.is_done else "未"
    mark = "▲ " if _is_overdue(task, today) else ""
    return f"{mark}{format_date(task.due_on, DateStyle.SHORT)}"


def matching(lines: Sequence[PaperLine], text: str, staff: SignedInStaff) -> tuple[PaperLine, ...]:
    """The papers that a filter leaves: every word is part of number, kind, state, owner, case number or names."""
    words = [fold(word) for word in text.split()]
    if not words:
        return tuple(lines)

    def said(line: PaperLine) -> str:
        parts = (
            *(line.label, line.kind_label, PAPER_STATE[line.state], _owner(line, staff)),
            *(line.owner, line.case_number, line.head_name, line.person),
        )
        return "\n".join(fold(part) for part in parts)

    return tuple(line for line in lines if all(word in said(line) for word in words))


def sought_in(lines: Sequence[PaperLine], number: tuple[int, int]) -> PaperLine | None:
    """The paper of a number among those shown."""
    return next((line for line in lines if _number(line) == number), None)


def colleague_choices(people: Sequence[StaffRow], staff: SignedInStaff) -> tuple[StaffRow, ...]:
    """To whom a paper may be handed: everybody who handles papers but oneself, for whom there is a key."""
    return tuple(row for row in people if row.staff_id != staff.staff_id)


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
    """The note, the way of a paper and what it hangs together with, one line each."""
    note = [f"備考：{paper.note}"] if paper.note else []
    steps = (_step(step) for step in paper.steps)
    return "\n".join((*note, *steps, *(link_text(link) for link in paper.links)))


def link_text(link: PaperLink) -> str:
    """A link in words: the entry that names the paper, or the to-do; a struck one with the reason."""
    if link.task is not None:
        state = "完了" if link.task.is_done else "未完了"
        due = f"{format_date(link.task.due_on, DateStyle.SHORT)}まで　" if link.task.due_on else ""
        said = f"やること：{DRAFT_TASK}　{due}{link.task_owner}　{state}"
    else:
        said = f"記録：{format_date(link.entry_on, DateStyle.SHORT)}　{link.entry_label}"
    if not link.is_struck:
        return said
    return f"取消　{said}（{link.struck_by}　理由：{link.struck_reason}）"


def entries_of(paper: PaperInFile) -> tuple[PaperLink, ...]:
    """The links to entries that hold, the newest first."""
    return tuple(link for link in reversed(paper.links) if link.entry_id and not link.is_struck)


def _step(step: PaperStep) -> str:
    reason = f"（理由：{step.reason}）" if step.reason else ""
    return f"{_day(step.at)}　{PAPER_STATE[step.state]}　{step.by}{reason}"


def _today_of(line: PaperLine) -> date:
    """The day on which the line was loaded: its age counts up to it."""
    return japan_day(line.received_at) + timedelta(days=line.age)


def _is_overdue(task: DraftTask | None, today: date) -> bool:
    return task is not None and not task.is_done and task.due_on is not None and task.due_on < today


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
