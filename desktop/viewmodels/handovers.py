"""担当替え: handovers with how far they have come, households to meet first, faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.handover_order import Fault, HandoverLine, progress_words
from desktop.domain.handovers import HandoverRow, HandoverSide, Leaving, contact_due
from desktop.domain.labels import SHIELDED_NAME
from desktop.viewmodels.columns import CENTER, RIGHT, Column

_NOBODY, _NONE = "（欠員）", "―"
_TITLE, _MOST_ON_DESK = "担当替え（F11）：", 4
_NO_NEED = "急ぎの事情は見つかっていません"


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


def desk_words(rows: Iterable[HandoverRow], today: date) -> str:
    """What the desk says of handovers: of the own ones until each household is confirmed, of those led what is behind."""
    lines = [line for row in rows if not row.is_undone for line in _desk_lines(row, today)]
    more = [f"ほか{len(lines) - _MOST_ON_DESK}件"] if len(lines) > _MOST_ON_DESK else []
    return "\n".join([*lines[:_MOST_ON_DESK], *more])


def _desk_lines(row: HandoverRow, today: date) -> Iterator[str]:
    what, day = f"{row.district}（{row.households}世帯）", format_date(row.effective_on)
    begun = row.has_begun(today)
    if row.side is HandoverSide.TAKEN and not begun:
        yield f"{_TITLE}{day}から、{what}を引き受けます。"
    elif row.side is HandoverSide.TAKEN and row.taken < row.households:
        left = row.households - row.taken
        came_back = f"前任者の差戻しの記録が{row.returned}件あります。" if row.returned else ""
        yield f"{_TITLE}{what}を引き受けました。確認していない世帯はあと{left}です。{came_back}"
    elif row.side is HandoverSide.GIVEN and row.given < row.households:
        left = row.households - row.given
        does = "引き継ぎました" if begun else "引き継ぎます"
        yield f"{_TITLE}{day}に、{what}を{row.to_name}さんへ{does}。確認していない世帯はあと{left}です。"
    if row.can_lead and (late := progress_words(row, today)):
        yield f"{_TITLE}{row.district}　{late}"


def asked_together(row: HandoverRow, rows: Iterable[HandoverRow]) -> tuple[HandoverRow, ...]:
    """Those that were done at once with this one and stand, itself among them."""
    return tuple(each for each in rows if each.batch_id == row.batch_id and not each.is_undone)


def short_state(row: HandoverRow, today: date) -> str:
    """The same in few words, for the list."""
    if row.is_undone:
        return state_words(row, today)
    if not row.has_begun(today):
        return f"あと{(row.effective_on - today).days}日"
    late = "・残りあり" if progress_words(row, today) else ""
    days = (today - row.effective_on).days
    return f"{days}日たちました{late}" if days else "今日から"


def state_words(row: HandoverRow, today: date) -> str:
    """Where a handover stands, or what is behind."""
    if row.is_undone:
        return "取消し"
    if not row.has_begun(today):
        left = f"引き継ぐ日まで、あと{(row.effective_on - today).days}日です。"
        return f"{left}前の担当者の確認 {_of(row.given, row)}世帯。"
    days = (today - row.effective_on).days
    return progress_words(row, today) or f"引継ぎから{days}日：遅れているものはありません。"


def line_columns(today: Callable[[], date]) -> tuple[Column[HandoverLine], ...]:
    """Columns of the households, whom to meet first at the top; the reason stands in words."""
    return (
        Column(header="ケース番号", text=lambda r: r.case_number),
        Column(header="世帯主", text=lambda r: r.head_name or SHIELDED_NAME),
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
            header="前任の差戻し",
            text=lambda r: f"{len(r.returned)}件" if r.returned else _NONE,
            tone=lambda r: "warning" if r.returned else "",
            align=CENTER,
        ),
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


def heading_words(row: HandoverRow) -> str:
    """Whose district goes to whom from when, and until when everybody is to be met."""
    gives = f"{row.from_name}さんから" if row.from_name else ""
    begins, due = format_date(row.effective_on), format_date(contact_due(row.effective_on))
    return f"{row.district}　{gives}{row.to_name}さんへ（{begins}から）。最初の接触は6週間のうち、{due}までです。"


def leaving_words(left: Leaving, row: HandoverRow, today: date) -> str:
    """What the former caseworker has to do before the day, and what goes to the new one by itself."""
    own = [
        f"{label}{count}件"
        for label, count in (("書きかけ", left.drafts), ("差戻し", left.returned))
        if count
    ]
    lines = []
    if own:
        until = "提出してください" if row.has_begun(today) else "引き継ぐ日までに提出してください"
        lines.append(
            f"あなたの{'・'.join(own)}の記録が残っています。ほかの人は直せません。{until}（わたしの机　Ctrl+1）。"
        )
    if left.submitted:
        lines.append(
            f"決裁待ちの記録が{left.submitted}件あります。差戻しになると、あなたの机に戻ります。"
        )
    if (left.todos or left.papers) and not row.has_begun(today):
        lines.append(
            f"やること{left.todos}件・書類{left.papers}件は、引き継ぐ日に{row.to_name}さんへ移ります。"
        )
    return "\n".join(lines)


def why_words(line: HandoverLine | None) -> str:
    """What is said of the household at hand: why it comes first, and what its former caseworker has still to finish."""
    if line is None:
        return ""
    first = f"先に会うわけ：{reason_words(line)}" if line.reasons else ""
    count = len(line.returned)
    left = (
        f"前任者の差戻しの記録が{count}件あります。直せるのは書いた本人だけです。" if count else ""
    )
    return "\n".join(filter(None, (first, left)))


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
