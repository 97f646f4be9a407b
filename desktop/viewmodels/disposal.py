"""Lists, files and holds as the screen 文書廃棄 shows them, and what may be done with a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.clock import japan_day
from desktop.domain.disposal import (
    OPEN_STATES,
    STATE_LABELS,
    STEPS,
    DisposalCandidate,
    DisposalDecision,
    DisposalItemRow,
    DisposalListRow,
    DisposalState,
    TombstoneRow,
    step_for,
)
from desktop.domain.era import DateStyle, format_date
from desktop.domain.holds import HOLD_LABELS, HoldRow
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.viewmodels.columns import CENTER, RIGHT, Column

STEP_VERBS = {1: "点検済みにする", 2: "承認する"}
_OWN = "自分が作った廃棄簿です。点検と承認は別の職員が行います。"
_DECIDED = "点検した人は承認できません。別の職員が承認します。"
_NO_RIGHT = {
    1: "査察指導員または課長などの点検を待っています。",
    2: "課長または所長の承認を待っています。",
}
_READY = "二人の承認が済みました。記録・庶務職員が廃棄を実行できます。"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalActs:
    """What this person may do with a list; `verb` is the next step's, `note` says what it waits for."""

    verb: str = STEP_VERBS[1]
    may_decide: bool = False
    may_withdraw: bool = False
    may_carry_out: bool = False
    note: str = ""


def acts_for(row: DisposalListRow | None, staff: SignedInStaff) -> DisposalActs:
    """What the signed-in person may do. The database judges again."""
    if row is None:
        return DisposalActs()
    draws_up = staff.may(Permission.DRAW_UP_DISPOSAL)
    note, number = _note(row, staff), step_for(row.state)
    return DisposalActs(
        verb=STEP_VERBS[number or 1],
        may_decide=number is not None and not note,
        may_withdraw=draws_up and row.drawn_up_by_id == staff.staff_id and row.state in OPEN_STATES,
        may_carry_out=draws_up and row.state is DisposalState.APPROVED,
        note=note,
    )


def _note(row: DisposalListRow, staff: SignedInStaff) -> str:
    number = step_for(row.state)
    if number is None:
        refused = [s for s in row.steps if s.decision is DisposalDecision.REJECTED]
        if refused:
            return f"却下の理由：{refused[0].reason}"
        return _READY if row.state is DisposalState.APPROVED else ""
    if not staff.may(STEPS[number - 1][1]):
        return _NO_RIGHT[number]
    if row.drawn_up_by_id == staff.staff_id:
        return _OWN
    return _DECIDED if any(step.by_id == staff.staff_id for step in row.steps) else ""


def list_columns() -> tuple[Column[DisposalListRow], ...]:
    """The columns of the lists."""
    return (
        Column(header="番号", text=lambda r: f"第{r.number}号", sort=lambda r: r.number),
        Column(header="作成日", text=lambda r: day(r.as_of), sort=lambda r: r.as_of),
        Column(
            header="世帯",
            text=lambda r: f"{len(r.items):,}",
            sort=lambda r: len(r.items),
            align=RIGHT,
        ),
        Column(header="状態", text=lambda r: STATE_LABELS[r.state], tone=_tone),
        Column(header="作成した人", text=lambda r: r.drawn_up_by),
        Column(header="点検", text=lambda r: _signed(r, 1)),
        Column(header="承認", text=lambda r: _signed(r, 2)),
        Column(header="廃棄・終了", text=_closed),
    )


def item_columns() -> tuple[Column[DisposalItemRow], ...]:
    """The columns of a list's households."""
    return (
        Column(header="ケース番号", text=lambda i: i.case_number),
        Column(header="保存区分", text=lambda i: i.retention_label or i.retention_class),
        Column(header="保護開始", text=lambda i: day(i.protected_from)),
        Column(header="廃止", text=lambda i: day(i.closed_on), sort=lambda i: i.closed_on),
        Column(header="保存期限", text=lambda i: day(i.kept_until), sort=lambda i: i.kept_until),
    )


def candidate_columns() -> tuple[Column[DisposalCandidate], ...]:
    """The columns of closed households; the first is ticked where the file may go."""
    return (
        Column(header="ケース番号", text=lambda c: c.case.case_number),
        Column(header="世帯主", text=lambda c: c.case.head_name),
        Column(header="保存区分", text=lambda c: c.retention_label),
        Column(
            header="廃止", text=lambda c: day(c.case.closed_on), sort=lambda c: c.case.closed_on
        ),
        Column(header="保存期限", text=lambda c: day(c.kept_until), sort=lambda c: c.kept_until),
        Column(
            header="判定",
            text=lambda c: c.refusal or "廃棄できます。",
            tooltip=lambda c: c.refusal,
            tone=lambda c: "muted" if c.refusal else None,
        ),
    )


def hold_columns() -> tuple[Column[HoldRow], ...]:
    """The columns of holds."""
    return (
        Column(header="ケース番号", text=lambda h: h.case_number),
        Column(header="種類", text=lambda h: HOLD_LABELS[h.kind]),
        Column(header="いつから", text=lambda h: day(h.valid_from), sort=lambda h: h.valid_from),
        Column(
            header="いつまで",
            text=lambda h: day(h.valid_to) or "終わりなし",
            sort=lambda h: h.valid_to or date.max,
        ),
        Column(header="設定した人", text=lambda h: h.set_by),
        Column(
            header="状態",
            text=_hold_state,
            align=CENTER,
            tone=lambda h: "warning" if h.is_open else "muted",
        ),
    )


def file_hold_columns() -> tuple[Column[HoldRow], ...]:
    """The columns of one file's holds: with the reason, and with those that are over."""
    _, *dates, set_by, state = hold_columns()
    reason = Column[HoldRow](header="理由", text=lambda h: h.reason, tooltip=lambda h: h.reason)
    return (*dates, reason, set_by, state)


def gone_columns() -> tuple[Column[TombstoneRow], ...]:
    """The columns of what remains of files that are gone."""
    return (
        Column(header="ケース番号", text=lambda t: t.case_number),
        Column(header="保護の期間", text=_protected, sort=lambda t: t.closed_on),
        Column(header="保存期限", text=lambda t: day(t.kept_until), sort=lambda t: t.kept_until),
        Column(
            header="廃棄簿", text=lambda t: f"第{t.list_number}号", sort=lambda t: t.list_number
        ),
        Column(
            header="廃棄日",
            text=lambda t: _instant(t.carried_out_at),
            sort=lambda t: t.carried_out_at,
        ),
        Column(
            header="削除した行", text=lambda t: f"{t.rows:,}", sort=lambda t: t.rows, align=RIGHT
        ),
        Column(header="照合値", text=lambda t: t.digest[:16], tooltip=lambda t: t.digest),
    )


def warning(row: DisposalListRow) -> str:
    """What is asked before a list is carried out."""
    return (
        f"廃棄簿 第{row.number}号の{len(row.items):,}世帯について、記録・台帳・決裁をすべて削除します。"
        "元には戻せません。ケース番号と保護の期間、承認した人だけが残ります。"
    )


def day(value: date | None) -> str:
    """A day in short, "" for none."""
    return format_date(value, DateStyle.SHORT) if value else ""


def _hold_state(hold: HoldRow) -> str:
    if hold.is_over:
        return "終了"
    return "保留中" if hold.is_open else "これから"


def _protected(stone: TombstoneRow) -> str:
    return f"{day(stone.protected_from) or '開始なし'}〜{day(stone.closed_on)}"


def _instant(value: datetime | None) -> str:
    return day(japan_day(value)) if value else ""


def _signed(row: DisposalListRow, number: int) -> str:
    found = [s for s in row.steps if s.number == number]
    if not found:
        return ""
    refused = "却下 " if found[0].decision is DisposalDecision.REJECTED else ""
    return f"{refused}{found[0].by} {_instant(found[0].at)}"


def _closed(row: DisposalListRow) -> str:
    if row.state is DisposalState.REJECTED or row.closed_at is None:
        return ""
    return f"{row.closed_by} {_instant(row.closed_at)}"


def _tone(row: DisposalListRow) -> str | None:
    if row.state in OPEN_STATES:
        return "warning" if row.state is DisposalState.APPROVED else None
    return "muted"
