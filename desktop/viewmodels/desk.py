"""Columns and words of the desk's panels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from desktop.domain.approvals import ApprovalState, Move, QueueRow
from desktop.domain.labels import APPROVAL_STATE, ENTRY_STATE, SHIELDED_NAME
from desktop.domain.records import DraftRow, Entry, EntryState
from desktop.domain.todos import TodoOrigin, TodoRow
from desktop.viewmodels.columns import RIGHT, Column

TODO_ORIGIN: Mapping[TodoOrigin, str] = {
    TodoOrigin.ASSIGNED: "依頼",
    TodoOrigin.CONSULTATION: "相談",
    TodoOrigin.INSTRUCTION: "指示",
    TodoOrigin.RETURNED_ENTRY: "差戻し",
    TodoOrigin.DRAFT_ENTRY: "下書き",
    TodoOrigin.PROMISE: "約束",
    TodoOrigin.POLICY_ACTION: "方針",
    TodoOrigin.TELEPHONE_MEMO: "電話",
    TodoOrigin.POLICY_REVIEW: "方針",
    TodoOrigin.GRADE_REVIEW: "格付",
    TodoOrigin.DECISION_DRAFT: "起案",
    TodoOrigin.TRANSFER: "移管",
    TodoOrigin.INQUIRY: "照会",
    TodoOrigin.DISCLOSURE: "開示",
    TodoOrigin.CARRY_OUT: "持出",
    TodoOrigin.OUTSIDE_INFO: "情報",
    TodoOrigin.MEDICAL: "通院",
    TodoOrigin.GUIDANCE: "指導",
    TodoOrigin.SUPPORT_PLAN: "計画",
    TodoOrigin.EMPLOYMENT: "定着",
}
#: To-dos that say the same as the panel of drafts; `subject_id` of these and of instructions is an entry.
ENTRY_ORIGINS = frozenset({TodoOrigin.RETURNED_ENTRY, TodoOrigin.DRAFT_ENTRY})
_SOON_DAYS = 3
_OLD_DAYS = 7
_TODAY = Callable[[], date]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDraft:
    """An own entry not yet submitted or returned, with why it came back and until when it is in time."""

    row: DraftRow
    reason: str = field(default="", repr=False)
    due_on: date | None = None

    @property
    def is_returned(self) -> bool:
        """Whether the supervisor gave it back."""
        return self.row.state is EntryState.RETURNED


def is_own_entry(row: TodoRow) -> bool:
    """Whether a to-do is an own entry, which stands in the panel of drafts; a predecessor's names its author."""
    return row.origin in ENTRY_ORIGINS and not row.from_name


def desk_drafts(
    rows: Sequence[DraftRow], todos: Sequence[TodoRow], reasons: Mapping[UUID, str]
) -> tuple[DeskDraft, ...]:
    """Returned entries first, then the drafts, each by the day of the event."""
    dues = {t.subject_id: t.due_on for t in todos if t.origin in ENTRY_ORIGINS}
    drafts = [
        DeskDraft(row=r, reason=reasons.get(r.entry_id, ""), due_on=dues.get(r.entry_id))
        for r in rows
    ]
    return tuple(sorted(drafts, key=lambda d: (not d.is_returned, d.row.event_on)))


def return_reason(entry: Entry) -> str:
    """Why the entry was given back last: the words of the newest return."""
    returns = [note for note in entry.notes if note.move is Move.RETURN]
    return max(returns, key=lambda note: note.at).text if returns else ""


def draft_columns(today: _TODAY) -> tuple[Column[DeskDraft], ...]:
    """The columns of returned entries and drafts."""
    return (
        Column(
            header="状態",
            text=lambda d: f"{'▲ ' if d.is_returned else ''}{ENTRY_STATE[d.row.state]}",
            tone=lambda d: "error" if d.is_returned else None,
        ),
        Column(
            header="期限",
            text=lambda d: due_text(d.due_on, today()),
            tone=lambda d: due_tone(d.due_on, today()),
        ),
        Column(header="世帯", text=lambda d: household_text(d.row.case_number, d.row.head_name)),
        Column(header="種別", text=lambda d: d.row.kind_label),
        Column(header="あった日", text=lambda d: day_text(d.row.event_on)),
        Column(header="差戻しの理由", text=lambda d: d.reason, tooltip=lambda d: d.reason),
    )


def todo_columns(today: _TODAY) -> tuple[Column[TodoRow], ...]:
    """The columns of things to do."""
    return (
        Column(
            header="期限",
            text=lambda t: due_text(t.due_on, today()),
            tone=lambda t: due_tone(t.due_on, today()),
        ),
        Column(header="種類", text=lambda t: TODO_ORIGIN[t.origin]),
        Column(header="世帯", text=lambda t: household_text(t.case_number, t.head_name)),
        Column(header="内容", text=lambda t: t.text, tooltip=lambda t: t.text),
        Column(header="誰から", text=lambda t: t.from_name),
    )


def queue_columns() -> tuple[Column[QueueRow], ...]:
    """The columns of what waits for a decision."""
    return (
        Column(
            header="経過",
            text=_queue_age,
            align=RIGHT,
            tone=lambda q: "warning" if q.age_days >= _OLD_DAYS else None,
        ),
        Column(header="世帯", text=lambda q: household_text(q.case_number, q.head_name)),
        Column(header="種別", text=_queue_kind, tooltip=_queue_kind),
        Column(header="提出者", text=lambda q: q.author),
    )


def queue_summary(rows: Sequence[QueueRow]) -> str:
    """How many wait and since when, for the panel's head."""
    if not rows:
        return ""
    return f"{len(rows)}件　最も古いもの {max(row.age_days for row in rows)}日前"


def todo_summary(rows: Sequence[TodoRow], today: date) -> str:
    """How many there are, and how many of them are late."""
    if not rows:
        return ""
    late = sum(row.due_on is not None and row.due_on < today for row in rows)
    return f"{len(rows)}件" + (f"　期限を過ぎたもの {late}件" if late else "")


def draft_summary(rows: Sequence[DeskDraft]) -> str:
    """How many came back and how many were never submitted."""
    if not rows:
        return ""
    returned = sum(row.is_returned for row in rows)
    return f"差戻し {returned}件　下書き {len(rows) - returned}件"


def household_text(case_number: str, head_name: str) -> str:
    """A household in one cell."""
    return f"{case_number}　{head_name or SHIELDED_NAME}" if case_number else "―"


def day_text(day: date | None) -> str:
    """A day without its year, for what happened lately."""
    return f"{day.month}月{day.day}日" if day else "―"


def due_text(due_on: date | None, today: date) -> str:
    """A deadline as days from today; a sign goes with lateness, so that colour is not the only one."""
    if due_on is None:
        return "―"
    days = (due_on - today).days
    if days < 0:
        return f"▲ {-days}日超過"
    return "● 今日" if days == 0 else f"あと{days}日"


def due_tone(due_on: date | None, today: date) -> str | None:
    """The tone of a deadline."""
    if due_on is None:
        return "muted"
    days = (due_on - today).days
    if days < 0:
        return "error"
    return "warning" if days <= _SOON_DAYS else None


def _queue_age(row: QueueRow) -> str:
    return f"{row.age_days}日" if row.age_days else "今日"


def _queue_kind(row: QueueRow) -> str:
    """The kind, with what is special about this submission."""
    notes = [f"{row.round}回目"] if row.round > 1 else []
    if row.needs_inspection:
        notes.append("後閲")
    elif row.state is ApprovalState.HELD:
        notes.append(APPROVAL_STATE[row.state])
    return row.kind_label + (f"（{'・'.join(notes)}）" if notes else "")


def not_back(todos: Sequence[TodoRow]) -> str:
    """The yellow note about papers that should be back by now; "" where all are."""
    late = [todo for todo in todos if todo.is_late]
    return f"持ち出した書類が戻っていません。{late[0].text}" if late else ""
