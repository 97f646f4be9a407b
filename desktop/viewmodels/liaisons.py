"""How liaisons (関係先) read on screen. One with a bar says so where its number would stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.liaisons import BAR_REASON, BARRED, LIAISON_KIND, Liaison, barred_text
from desktop.viewmodels.columns import Column

Today = Callable[[], date]
NOW, OVER, LATER = "今", "終わり", "これから"


def liaison_columns(today: Today) -> Sequence[Column[Liaison]]:
    """The list of liaisons."""

    def tone(liaison: Liaison) -> str | None:
        return None if liaison.holds_on(today()) else "muted"

    def barred(liaison: Liaison) -> str | None:
        return "error" if liaison.bar is not None else tone(liaison)

    return (
        Column(header="種類", text=lambda x: LIAISON_KIND[x.kind], tone=tone),
        Column(header="氏名・名称", text=lambda x: x.name, tone=tone),
        Column(header="電話", text=reach_text, tooltip=warning_text, tone=barred),
        Column(header="担当者・部署", text=lambda x: x.whom, tone=tone),
        Column(header="かける時間", text=lambda x: x.hours, tone=tone),
        Column(header="状態", text=lambda x: state_text(x, today()), tone=tone),
    )


def reach_text(liaison: Liaison) -> str:
    """The number, or that nobody rings it: a barred number is not offered where one looks for a number."""
    return liaison.telephone if liaison.bar is None else BARRED


def state_text(liaison: Liaison, today: date) -> str:
    """Whether it holds today."""
    if liaison.holds_on(today):
        return NOW
    return LATER if today < liaison.valid_from else OVER


def warning_text(liaison: Liaison) -> str:
    """What stands above the words of one that nobody rings."""
    if liaison.bar is None:
        return ""
    return f"{BARRED}：{barred_text(liaison)}。電話・手紙・照会をしません。"


def told(liaison: Liaison, earlier: Sequence[Liaison]) -> str:
    """Everything about a liaison, and what its earlier versions said."""
    parts = (_line(liaison), liaison.note, _kept(liaison), *map(_before, earlier))
    return "\n".join(part for part in parts if part)


def _before(liaison: Liaison) -> str:
    parts = (f"前の記録：{_line(liaison)}", liaison.note, _kept(liaison))
    return "　".join(part for part in parts if part)


def _line(liaison: Liaison) -> str:
    number = f"電話 {liaison.telephone}" if liaison.telephone else ""
    bar = f"{BARRED}：{BAR_REASON[liaison.bar]}" if liaison.bar is not None else ""
    hours = f"かける時間 {liaison.hours}" if liaison.hours else ""
    about = f"対象 {liaison.person}" if liaison.person else ""
    until = f"{_day(liaison.valid_from)}から{_day(liaison.valid_to)}{'まで' if liaison.valid_to else ''}"
    parts = (LIAISON_KIND[liaison.kind], liaison.name, bar, liaison.whom, number, hours, about)
    return "　".join(part for part in (*parts, until) if part)


def _kept(liaison: Liaison) -> str:
    why = f"連絡しないを解いた・終えた理由：{liaison.reason}　" if liaison.reason else ""
    return f"{why}記録 {liaison.made_by}　{format_date(japan_day(liaison.made_at))}"


def _day(day: date | None) -> str:
    return "" if day is None else format_date(day, DateStyle.SHORT)
