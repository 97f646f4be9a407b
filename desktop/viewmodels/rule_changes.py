"""Changes of the rules as lists and texts show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.help_cards import HelpCard
from desktop.domain.rule_change_ticks import (
    TICK_STATE,
    Concerned,
    ConcernedHousehold,
    RecentChanges,
    TickState,
    TodosMade,
)
from desktop.domain.rule_changes import RuleChange
from desktop.viewmodels.columns import RIGHT, Column
from desktop.viewmodels.help_cards import CARD_LINK, card_markdown

RECENT = "最近変わりました"
#: The key of 改正の窓, as sentences name it.
CHANGES_KEY = "Shift+F1"
COMING = "施行前"
_UNCHECKED = "*未確認：本文は告示・通知の原文とまだ突き合わせていません。決裁の根拠には原文を確かめてください。*"
_CHECKED = "*本文は告示・通知の原文と突き合わせてあります。*"
_EXAMPLE = "*練習用に作った例です。実際の改正ではありません。*"
_OPEN = "未確認"
_OLDER = "前の版で確認"


def change_columns(
    today: Callable[[], date], recent: Callable[[], RecentChanges | None]
) -> Sequence[Column[RuleChange]]:
    """The list of changes."""
    return (
        Column(header="施行日", text=lambda c: _day(c.effective_on), sort=lambda c: c.effective_on),
        Column(header="改正", text=lambda c: c.title),
        Column(
            header="いつ",
            text=lambda c: change_state(c, today(), recent()),
            tone=lambda c: "warning" if change_state(c, today(), recent()) else None,
        ),
        Column(header="根拠", text=lambda c: "、".join(c.articles)),
        Column(
            header="原文",
            text=lambda c: "例" if c.is_example else "確認済" if c.is_checked else _OPEN,
            tone=lambda c: None if c.is_checked else "muted",
        ),
        Column(header="版", text=lambda c: f"第{c.version}版", align=RIGHT),
    )


def change_state(change: RuleChange, today: date, recent: RecentChanges | None) -> str:
    """Whether a change is still to come, or came a short while ago."""
    if change.effective_on > today:
        return COMING
    return RECENT if recent is not None and change in recent.changes else ""


def change_markdown(
    change: RuleChange, cards: Sequence[HelpCard], place_title: Callable[[str], str]
) -> str:
    """A change as Markdown: its day, numbers, text, questions, the places it touches, cards, and whether it was checked."""
    parts = [f"## {change.title}", f"**施行日**　{format_date(change.effective_on)}"]
    if change.articles:
        parts.append(f"**根拠**　{'、'.join(change.articles)}")
    parts.append(change.text)
    parts += [f"**問**　{ask}\n\n**答**　{answer}" for ask, answer in change.faq]
    places = [title for place in change.where if (title := place_title(place))]
    if places:
        parts.append(f"**かかわる画面**　{'、'.join(places)}")
    titles = {card.key: card.title for card in cards}
    links = [f"[{titles[key]}]({CARD_LINK}{key})" for key in change.cards if key in titles]
    if links:
        parts.append(f"**手引**　{'　'.join(links)}")
    note = _EXAMPLE if change.is_example else _CHECKED if change.is_checked else _UNCHECKED
    parts.append(f"{note}　第{change.version}版")
    return "\n\n".join(parts)


def card_beside(card: HelpCard, change: RuleChange, cards: Sequence[HelpCard]) -> str:
    """A card that a change leads to, with the way back."""
    back = f"[「{change.title}」へ戻る]({CARD_LINK}{change.key})"
    return f"{back}\n\n{card_markdown(card, cards)}"


def household_columns(
    version: Callable[[], int],
) -> Sequence[Column[ConcernedHousehold]]:
    """The list of the households that a change concerns."""
    return (
        Column(header="ケース番号", text=lambda h: h.case_number),
        Column(header="世帯主", text=lambda h: h.head_name),
        Column(
            header="確認",
            text=lambda h: tick_state(h, version()),
            tone=lambda h: "warning" if h.is_open(version()) else None,
        ),
        Column(header="あてはまる人", text=lambda h: "、".join(h.people)),
        Column(header="地区", text=lambda h: h.district),
        Column(header="確認した人", text=lambda h: h.tick.by if h.tick else ""),
        Column(header="日", text=lambda h: _day(japan_day(h.tick.at)) if h.tick else ""),
        Column(header="メモ", text=lambda h: "あり" if h.tick and h.tick.has_note else ""),
    )


def tick_state(household: ConcernedHousehold, version: int) -> str:
    """What came of a household."""
    tick = household.tick
    if tick is None or tick.state is TickState.OPEN_AGAIN:
        return _OPEN
    return _OLDER if tick.version < version else TICK_STATE[tick.state]


def progress_text(found: Concerned) -> str:
    """How far the households are, district by district, in the order of districts."""
    if not found.households:
        return ""
    total, left = len(found.households), len(found.open)
    whole = f"{total:,}世帯のうち、確認 {total - left:,}、未確認 {left:,}"
    if len(found.progress) == 1:
        return whole
    each = "　".join(f"{p.district} {p.done:,}/{p.total:,}" for p in found.progress)
    return f"{whole}\n{each}"


def todos_text(made: TodosMade) -> str:
    """What became of the wish for to-dos."""
    if not made.made and not made.stood:
        return "自分の担当で未確認の世帯はありません。"
    stood = f"{made.stood:,}世帯は、もうやることにあります。" if made.stood else ""
    return (f"{made.made:,}世帯を自分の机のやることにしました。" if made.made else "") + stood


def recent_sentence(changes: Sequence[RuleChange]) -> str:
    """What changed a short while ago at a place; "" where nothing did."""
    if not changes:
        return ""
    titles = "、".join(f"{c.title}（{_day(c.effective_on)}）" for c in changes)
    return f"▲ {RECENT}（改正の窓 {CHANGES_KEY}）：{titles}"


def recent_mark(changes: Sequence[RuleChange]) -> str:
    """What stands before the line of a card of the help that changes are about: its end may not fit."""
    return "▲変更　" if changes else ""


def _day(day: date) -> str:
    return format_date(day, DateStyle.SHORT)
