"""担当替え: districts to choose for, what would happen, handovers with how far they have come, households to meet first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.handover_order import Fault, HandoverLine, progress_words
from desktop.domain.handovers import (
    Candidate,
    HandoverDistrict,
    HandoverPlan,
    HandoverPreview,
    HandoverRow,
    Move,
    MovePreview,
)
from desktop.domain.ids import new_id
from desktop.viewmodels.columns import CENTER, RIGHT, Column

_NOBODY, _NONE = "（欠員）", "―"
_NO_NEED = "急ぎの事情は見つかっていません"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A district of the plan with who is to have it; `to_name` is empty where nobody is chosen."""

    district: HandoverDistrict
    to_id: UUID | None = None
    to_name: str = field(repr=False, default="")


def rows_to_choose(
    districts: Iterable[HandoverDistrict], before: Iterable[Chosen]
) -> tuple[Chosen, ...]:
    """The districts as read now, with what was chosen for them before."""
    chosen = {row.district.district_id: row for row in before}
    return tuple(
        replace(chosen[d.district_id], district=d)
        if d.district_id in chosen
        else Chosen(district=d)
        for d in districts
    )


def plan_of(rows: Iterable[Chosen], day: date) -> HandoverPlan:
    """What is asked for: every district for which somebody was chosen."""
    return HandoverPlan(
        batch_id=new_id(),
        effective_on=day,
        moves=tuple(
            Move(
                handover_id=new_id(),
                district_id=row.district.district_id,
                to_id=row.to_id,
                shown_from_id=row.district.from_id,
            )
            for row in rows
            if row.to_id is not None
        ),
    )


def candidate_label(candidate: Candidate) -> str:
    """A caseworker with the households looked after on the day."""
    return f"{candidate.name}（担当 {candidate.households}世帯）"


def chosen_columns() -> tuple[Column[Chosen], ...]:
    """Columns of the districts."""
    return (
        Column(header="地区", text=lambda r: f"{r.district.code}　{r.district.name}"),
        Column(header="その日の担当", text=lambda r: r.district.caseworker or _NOBODY),
        Column(
            header="世帯",
            text=lambda r: str(r.district.households),
            sort=lambda r: r.district.households,
            align=RIGHT,
        ),
        Column(header="新しい担当者", text=lambda r: r.to_name or _NONE, tone=_chosen_tone),
    )


def preview_columns() -> tuple[Column[MovePreview], ...]:
    """Columns of what would happen, a row a district."""
    return (
        Column(header="地区", text=lambda m: m.district.code),
        Column(header="担当", text=lambda m: f"{m.district.caseworker or _NOBODY} → {m.to_name}"),
        Column(header="世帯", text=lambda m: str(m.district.households), align=RIGHT),
        Column(
            header="世帯類型", text=lambda m: counted(m.types), tooltip=lambda m: counted(m.types)
        ),
        Column(
            header="訪問格付", text=lambda m: counted(m.grades), tooltip=lambda m: counted(m.grades)
        ),
        Column(header="安全の注意", text=lambda m: counted(m.marks) or _NONE),
    )


def preview_words(preview: HandoverPreview) -> str:
    """Loads before and after, clashes and refusals, in sentences."""
    lines = [
        f"{format_date(preview.effective_on)}から、{preview.households}世帯の担当が替わります。"
    ]
    lines += [f"{m.district.code}：{m.refusal}" for m in preview.moves if m.refusal]
    loads = "、".join(f"{each.name} {each.before}→{each.after}世帯" for each in preview.loads)
    lines += [f"担当世帯数：{loads}"] if loads else []
    lines += [_following(m) for m in preview.moves if m.todos or m.papers or m.planned_visits]
    lines += [
        f"{m.district.code}：前の担当者の書きかけ・差戻しの記録が{m.unfinished}件あります。書いた本人だけが仕上げられるので、引き継ぐ日までに提出してもらってください。"
        for m in preview.moves
        if m.unfinished
    ]
    lines += [f"ぶつかる約束　{m.district.code}　{c}" for m in preview.moves for c in m.clashes]
    return "\n".join(lines)


def _following(move: MovePreview) -> str:
    return (
        f"{move.district.code}：やること{move.todos}件・書類{move.papers}件が移ります。"
        f"予定の訪問{move.planned_visits}件は、そのまま地区の計画に残ります。"
    )


def counted(pairs: Iterable[tuple[str, int]]) -> str:
    """Labels with how many of each."""
    return "・".join(f"{label}{count}" for label, count in pairs)


def handover_columns(today: Callable[[], date]) -> tuple[Column[HandoverRow], ...]:
    """Columns of the handovers. Nobody is ranked: the order is that of days and districts."""
    return (
        Column(
            header="引き継ぐ日", text=lambda r: _day(r.effective_on), sort=lambda r: r.effective_on
        ),
        Column(header="地区", text=lambda r: r.district),
        Column(header="前の担当", text=lambda r: r.from_name or _NOBODY),
        Column(header="新しい担当", text=lambda r: r.to_name),
        Column(header="世帯", text=lambda r: str(r.households), align=RIGHT),
        Column(
            header="確認 前・新",
            text=lambda r: f"{r.given}・{r.taken}／{r.households}",
            tone=lambda r: _done(min(r.given, r.taken), r),
            align=CENTER,
        ),
        Column(
            header="初回の接触",
            text=lambda r: _of(r.contacted, r),
            tone=lambda r: _done(r.contacted, r),
            align=CENTER,
        ),
        Column(header="総点検", text=_check_words, align=CENTER),
        Column(
            header="いま",
            text=lambda r: short_state(r, today()),
            tooltip=lambda r: state_words(r, today()),
            tone=lambda r: (
                "warning" if progress_words(r, today()) else "muted" if r.is_undone else ""
            ),
        ),
    )


def short_state(row: HandoverRow, today: date) -> str:
    """The same in few words, for the list."""
    if row.is_undone or not row.has_begun(today):
        return state_words(row, today)
    late = "・残りあり" if progress_words(row, today) else ""
    days = (today - row.effective_on).days
    return f"{days}日たちました{late}" if days else "今日から"


def state_words(row: HandoverRow, today: date) -> str:
    """Where a handover stands, or what is behind."""
    if row.is_undone:
        return "取消し"
    if not row.has_begun(today):
        return f"あと{(row.effective_on - today).days}日"
    days = (today - row.effective_on).days
    return progress_words(row, today) or f"引継ぎから{days}日：遅れているものはありません。"


def line_columns(today: Callable[[], date]) -> tuple[Column[HandoverLine], ...]:
    """Columns of the households, whom to meet first at the top; the reason stands in words."""
    return (
        Column(header="ケース番号", text=lambda r: r.case_number),
        Column(header="世帯主", text=lambda r: r.head_name),
        Column(
            header="先に会うわけ",
            text=reason_words,
            tooltip=lambda r: "\n".join(r.reasons),
            tone=lambda r: "" if r.reasons else "muted",
        ),
        Column(
            header="前",
            text=lambda r: _tick(r.given_at),
            tooltip=lambda r: _at(r.given_at),
            align=CENTER,
        ),
        Column(
            header="新",
            text=lambda r: _tick(r.taken_at),
            tooltip=lambda r: _at(r.taken_at),
            align=CENTER,
        ),
        Column(
            header="初回の接触",
            text=lambda r: _day(r.contact_on) if r.contact_on else f"～{_day(r.contact_due_on)}",
            tone=lambda r: _contact_tone(r, today()),
            align=CENTER,
        ),
        Column(header="記録", text=lambda r: "あり" if r.has_entry else "まだ", align=CENTER),
        Column(
            header="総点検",
            text=lambda r: f"残り{r.open_faults}" if r.faults else _NONE,
            tone=lambda r: "warning" if r.open_faults else "",
            align=CENTER,
        ),
    )


def fault_columns() -> tuple[Column[Fault], ...]:
    """Columns of one household's faults."""
    return (
        Column(header="点検", text=lambda f: f.rule),
        Column(header="内容", text=lambda f: f.name),
        Column(
            header="済",
            text=lambda f: f"{_at(f.ticked_at)}　{f.ticked_by}" if f.ticked_at else _NONE,
        ),
    )


def reason_words(line: HandoverLine) -> str:
    """All reasons on one line."""
    return "。".join(line.reasons) or _NO_NEED


def _check_words(row: HandoverRow) -> str:
    if row.checked_at is None:
        return "まだ"
    return f"{row.closed_faults}／{row.faults}"


def _contact_tone(line: HandoverLine, today: date) -> str:
    if line.contact_on is not None:
        return "muted"
    return "warning" if line.contact_due_on < today else ""


def _chosen_tone(row: Chosen) -> str:
    return "" if row.to_id is not None else "muted"


def _of(count: int, row: HandoverRow) -> str:
    return f"{count}／{row.households}"


def _done(count: int, row: HandoverRow) -> str:
    return "muted" if count >= row.households else ""


def _tick(at: datetime | None) -> str:
    return "済" if at is not None else _NONE


def _at(at: datetime | None) -> str:
    return _day(japan_day(at)) if at is not None else _NONE


def _day(day: date | None) -> str:
    return format_date(day, DateStyle.SHORT) if day else _NONE
