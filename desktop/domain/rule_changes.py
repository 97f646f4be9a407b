"""Changes of the rules (改正): from when what changes, where it is met in the program, and whose households it concerns.

A change is a file like a card of the help: settings in TOML between two lines `+++`, then its text in Markdown, in our own
words. Its name is its key. `read_change` is a pure function over the text, so that whatever brings a file in can check it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from desktop.domain.help_cards import (
    ARTICLE_NUMBER,
    PLACE,
    CardError,
    flag_of,
    list_of,
    no_others,
    read_settings,
    title_of,
)
from desktop.domain.rule_change_concerns import Concern, read_concern

#: How a change is named: in its file's name and in the database.
CHANGE_KEY = re.compile(r"[a-z0-9][a-z0-9-]{1,58}[a-z0-9]")
#: The key of a card of the help.
_CARD = re.compile(r"[a-z0-9-]+")
_EXAMPLE = "例："
_KNOWN = frozenset(
    {
        *("title", "effective", "version", "articles", "where", "cards", "words"),
        *("checked", "example", "concerns", "task", "faq"),
    }
)
_MOST_DAYS = 366
_MOST_VERSION = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTask:
    """What is to be done for a household that is concerned, and how many days after today it is due at first."""

    text: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """One change. `where` are places of the program that it touches, `cards` keys of cards of the help.

    `version` grows when the text is written anew so that households have to be looked at again. `is_checked` says whether
    somebody has compared it with the law and the notices, `is_example` that it is made up for training.
    """

    key: str
    title: str
    effective_on: date
    version: int
    articles: tuple[str, ...]
    where: tuple[str, ...]
    cards: tuple[str, ...]
    words: tuple[str, ...]
    is_checked: bool
    is_example: bool
    text: str
    concerns: Concern | None
    task: ChangeTask | None
    faq: tuple[tuple[str, str], ...] = field(default=())


def read_change(key: str, content: str) -> RuleChange:
    """The change that a file holds. Raises CardError."""
    if not CHANGE_KEY.fullmatch(key):
        raise CardError(f"{key}: the name of a change is made of a-z, 0-9 and strokes")
    settings, text = read_settings(key, content)
    no_others(key, settings, _KNOWN)
    concerns = settings.get("concerns")
    change = RuleChange(
        key=key,
        title=title_of(key, settings),
        effective_on=_effective_on(key, settings),
        version=_version(key, settings),
        articles=list_of(key, settings, "articles", ARTICLE_NUMBER),
        where=list_of(key, settings, "where", PLACE),
        cards=list_of(key, settings, "cards", _CARD),
        words=list_of(key, settings, "words"),
        is_checked=flag_of(key, settings, "checked"),
        is_example=flag_of(key, settings, "example"),
        text=text,
        concerns=None if concerns is None else read_concern(key, _table(key, "concerns", concerns)),
        task=_task(key, settings),
        faq=_faq(key, settings),
    )
    if change.is_example != change.title.startswith(_EXAMPLE):
        raise CardError(
            f"{key}: the title of an example, and of nothing else, begins with {_EXAMPLE}"
        )
    if change.task is not None and change.concerns is None:
        raise CardError(f"{key}: a task needs households that are concerned")
    return change


def is_recent(change: RuleChange, today: date, days: int) -> bool:
    """Whether it came into force within so many days, today counted."""
    return today - timedelta(days=days) < change.effective_on <= today


def recent_changes(
    changes: tuple[RuleChange, ...], today: date, days: int
) -> tuple[RuleChange, ...]:
    """Those that came into force within so many days, the newest first."""
    found = [change for change in changes if is_recent(change, today, days)]
    return tuple(sorted(found, key=lambda change: change.effective_on, reverse=True))


def _effective_on(key: str, settings: dict[str, Any]) -> date:
    found = settings.get("effective")
    if type(found) is not date:
        raise CardError(f"{key}: effective must be a day")
    return found


def _version(key: str, settings: dict[str, Any]) -> int:
    found = settings.get("version")
    if type(found) is not int or not 1 <= found <= _MOST_VERSION:
        raise CardError(f"{key}: version must be from 1 to {_MOST_VERSION}")
    return found


def _table(key: str, name: str, found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise CardError(f"{key}: {name} is no table")
    return found


def _task(key: str, settings: dict[str, Any]) -> ChangeTask | None:
    if "task" not in settings:
        return None
    task = _table(key, "task", settings["task"])
    no_others(key, task, frozenset({"text", "days"}))
    days = task.get("days")
    if type(days) is not int or not 0 <= days <= _MOST_DAYS:
        raise CardError(f"{key}: days of a task must be from 0 to {_MOST_DAYS}")
    return ChangeTask(text=_word(key, task, "text"), days=days)


def _faq(key: str, settings: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    found = settings.get("faq", [])
    if not isinstance(found, list):
        raise CardError(f"{key}: faq is no list of tables")
    tables = [_table(key, "faq", each) for each in found]
    for each in tables:
        no_others(key, each, frozenset({"ask", "answer"}))
    return tuple((_word(key, each, "ask"), _word(key, each, "answer")) for each in tables)


def _word(key: str, table: dict[str, Any], name: str) -> str:
    found = table.get(name)
    if not isinstance(found, str) or not found.strip():
        raise CardError(f"{key}: {name} is missing")
    return found.strip()
