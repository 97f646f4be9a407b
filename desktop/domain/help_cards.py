"""Cards of the help (手引): what a rule or a step means in our own words, with its numbers, and where it is shown.

A card is a file: settings in TOML between two lines `+++`, then its text in Markdown. Its folder says what kind it is, its
name is its key.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

#: 法27条の2, 法24条3項, 施行規則19条, 局長通知第12-1: how a card writes its numbers.
ARTICLE_NUMBER = re.compile(
    r"(法|施行規則|社会福祉法|個人情報保護法|行政不服審査法|民法)\d+条(の\d+)?(\d+項)?"
    r"|(次官通知|局長通知|課長通知|課長問答)第\d+(の\d+|-\d+)*"
)
#: Where a card may be shown: a section of a file or a screen of the left navigation.
PLACE = re.compile(r"(section|screen):[a-z_]+")
_FENCE = "+++"
_KNOWN = frozenset({"title", "articles", "where", "words", "see", "checked", "task"})
_KNOWN_OF_TASK = frozenset({"text", "days"})


class CardKind(StrEnum):
    """What a card is about; the value is the folder it lies in."""

    ARTICLE = "articles"
    PROCEDURE = "procedures"
    EVENT = "events"
    VISIT = "visits"
    ASKING = "asking"


#: How a kind is called on the screen.
CARD_KINDS = {
    CardKind.ARTICLE: "条文",
    CardKind.PROCEDURE: "手続",
    CardKind.EVENT: "できごと",
    CardKind.VISIT: "訪問",
    CardKind.ASKING: "相談先",
}


class CardError(ValueError):
    """A card's file cannot be used; says which card and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTask:
    """One thing to do when something has happened in a household: due so many days after it."""

    text: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpCard:
    """One card. `where` are the places that show it, `words` what else people call it, `see` the keys of related cards.

    `is_checked` says whether somebody has compared its text with the law and the notices.
    """

    key: str
    kind: CardKind
    title: str
    articles: tuple[str, ...]
    where: tuple[str, ...]
    words: tuple[str, ...]
    see: tuple[str, ...]
    is_checked: bool
    text: str
    tasks: tuple[EventTask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStart:
    """Something has happened in a household on a day: the places of those tasks of the card that are to be done."""

    card: str
    household_id: UUID
    event_on: date
    tasks: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventBegun:
    """How many to-dos were made, how many of them stood already, and whether they lie on one's own desk."""

    made: int
    stood: int
    is_own: bool


def due_after(event_on: date, task: EventTask, today: date) -> date:
    """The day by which a task is to be done: so many days after the event, never a day that is past."""
    return max(event_on + timedelta(days=task.days), today)


def read_card(kind: CardKind, key: str, content: str) -> HelpCard:
    """The card that a file holds. Raises CardError."""
    settings, text = read_settings(key, content)
    no_others(key, settings, _KNOWN)
    card = HelpCard(
        key=key,
        kind=kind,
        title=title_of(key, settings),
        articles=list_of(key, settings, "articles", ARTICLE_NUMBER),
        where=list_of(key, settings, "where", PLACE),
        words=list_of(key, settings, "words"),
        see=list_of(key, settings, "see"),
        is_checked=flag_of(key, settings, "checked"),
        text=text,
        tasks=_tasks(key, settings),
    )
    if bool(card.tasks) != (kind is CardKind.EVENT):
        raise CardError(f"{key}: tasks stand on the cards of events, and on each of them")
    return card


def read_settings(key: str, content: str) -> tuple[dict[str, Any], str]:
    """The settings of a file and its text. Raises CardError."""
    opening, _, rest = content.replace("\r\n", "\n").partition("\n")
    head, fence, text = rest.partition(f"\n{_FENCE}\n")
    if opening != _FENCE or not fence:
        raise CardError(f"{key}: no settings between two lines {_FENCE}")
    try:
        return tomllib.loads(head), text.strip()
    except tomllib.TOMLDecodeError as error:
        raise CardError(f"{key}: {error}") from None


def no_others(key: str, settings: dict[str, Any], known: frozenset[str]) -> None:
    """Refuse settings that are not known. Raises CardError."""
    others = sorted(settings.keys() - known)
    if others:
        raise CardError(f"{key}: unknown settings {others}")


def title_of(key: str, settings: dict[str, Any]) -> str:
    """The title, which every file has. Raises CardError."""
    title = settings.get("title")
    if not isinstance(title, str) or not title.strip():
        raise CardError(f"{key}: no title")
    return title


def flag_of(key: str, settings: dict[str, Any], name: str) -> bool:
    """A setting that must be said, true or false. Raises CardError."""
    flag = settings.get(name)
    if not isinstance(flag, bool):
        raise CardError(f"{key}: {name} must be true or false")
    return flag


def list_of(
    key: str, settings: dict[str, Any], name: str, form: re.Pattern[str] | None = None
) -> tuple[str, ...]:
    """A list of words, each in this form. Raises CardError."""
    found = settings.get(name, [])
    if not isinstance(found, list):
        raise CardError(f"{key}: {name} is no list")
    for item in found:
        if not isinstance(item, str) or not item or (form and not form.fullmatch(item)):
            raise CardError(f"{key}: {name} must not hold {item!r}")
    return tuple(found)


def _tasks(key: str, settings: dict[str, Any]) -> tuple[EventTask, ...]:
    tasks = settings.get("task", [])
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise CardError(f"{key}: task is no list of tables")
    return tuple(_task(key, task) for task in tasks)


def _task(key: str, task: dict[str, Any]) -> EventTask:
    no_others(key, task, _KNOWN_OF_TASK)
    text, days = task.get("text"), task.get("days")
    if not isinstance(text, str) or not text.strip() or type(days) is not int or days < 0:
        raise CardError(f"{key}: a task needs a text and days of 0 or more")
    return EventTask(text=text, days=days)
