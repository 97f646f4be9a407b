"""Pages that the office writes for its own help (地域のきまり): versions of fields and a Markdown text, shown among the cards."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.clock import japan_day
from desktop.domain.help_cards import PLACE, CardKind, HelpCard

#: Shipped cards that an office may replace by its own words: whom to ask differs from town to town.
OFFICE_CARDS = ("telephone", "who-to-ask")
#: The key of a page that stands for no shipped card.
PAGE_KEY = re.compile(r"page-[0-9a-f]{32}")
MOST_TITLE, MOST_WORDS, MOST_BODY, MOST_WHY = 60, 200, 4000, 200
#: What a text must not have: HTML, pictures, addresses, links to anything but a card.
_UNSAFE = re.compile(r"<[A-Za-z!/?]|!\[|://|\]\((?!card:)|^\s*\[[^\]]+\]:", re.MULTILINE)
_LINK = re.compile(r"\]\(card:([^)]*)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInput:
    """A version as it was typed. `shown` is the number of the version that was before the author; 0 for a new page.

    `places` are places of the help (`section:…`, `screen:…`), `words` what else people call it. Withdrawn pages are in the
    help no more (and a shipped card is again what was shipped).
    """

    key: str
    shown: int
    title: str
    places: tuple[str, ...]
    words: tuple[str, ...]
    body: str
    why: str
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageVersion:
    """A version that is kept: what it says, who wrote it when and why."""

    key: str
    number: int
    title: str
    places: tuple[str, ...]
    words: tuple[str, ...]
    body: str
    why: str
    is_withdrawn: bool
    author: str = field(repr=False)
    written_at: datetime


def page_errors(given: PageInput, cards: Collection[str]) -> dict[str, str]:
    """Field → what cannot be taken in it; `cards` are the keys that links may lead to."""
    errors = {
        "title": _too_long(given.title, MOST_TITLE) or _missing(given.title, "題名"),
        "words": _too_long("　".join(given.words), MOST_WORDS),
        "places": "" if all(map(PLACE.fullmatch, given.places)) else "一覧から選んでください。",
        "body": _too_long(given.body, MOST_BODY)
        or _missing(given.body, "本文")
        or unsafe_sentence(given.body)
        or _lost_link(given.body, cards),
        "why": _too_long(given.why, MOST_WHY) or _missing(given.why, "直した理由"),
    }
    return {name: sentence for name, sentence in errors.items() if sentence}


def unsafe_sentence(text: str) -> str:
    """Why a text is not shown in the help, with its line; "" where it may be."""
    found = _UNSAFE.search(text)
    if found is None:
        return ""
    line = text.count("\n", 0, found.end()) + 1
    return f"{line}行目：HTML・画像・アドレスは使えません。リンクはほかの手引へのもの（card:）だけです。"


def links_of(text: str) -> tuple[str, ...]:
    """The keys of the cards that a text leads to."""
    return tuple(_LINK.findall(text))


def is_page_key(key: str) -> bool:
    """Whether a page may stand under this key."""
    return key in OFFICE_CARDS or PAGE_KEY.fullmatch(key) is not None


def card_of(page: PageVersion, shipped: HelpCard | None) -> HelpCard:
    """The page as it stands in the help; in the place of a shipped card it keeps that one's kind and its related cards."""
    return HelpCard(
        key=page.key,
        kind=shipped.kind if shipped else CardKind.LOCAL,
        title=page.title,
        articles=(),
        where=page.places,
        words=page.words,
        see=shipped.see if shipped else (),
        is_checked=True,
        text=page.body,
        origin=f"地域のきまり　第{page.number}版（{_day(page.written_at)}　{page.author}）",
        is_own=True,
    )


def _day(at: datetime) -> str:
    day = japan_day(at)
    return f"{day.year}年{day.month}月{day.day}日"


def _missing(text: str, name: str) -> str:
    return "" if text.strip() else f"{name}を入力してください。"


def _too_long(text: str, most: int) -> str:
    return f"{most}文字までにしてください（いま{len(text)}文字）。" if len(text) > most else ""


def _lost_link(text: str, cards: Collection[str]) -> str:
    lost = next((key for key in links_of(text) if key not in cards), None)
    return f"「card:{lost}」という手引はありません。" if lost is not None else ""
