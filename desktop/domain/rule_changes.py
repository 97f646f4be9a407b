"""Changes of the rules (改正): from when what changes, where it is met in the program, and whose households it concerns.

A change is a file like a card of the help: settings in TOML between two lines `+++`, then its text in Markdown, in our own
words. Its name is its key. `read_change` is a pure function over the text, so that whatever brings a file in can check it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop.domain.card_files import CardError, CardHead, CardTable
from desktop.domain.help_cards import ARTICLE_NUMBER, PLACE
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
        raise CardError(key, 0, "改正の名前は、小文字の英字と数字とハイフンで付けます。")
    head = CardHead.of(key, content)
    head.no_others(_KNOWN)
    concerns, task = head.table("concerns"), head.table("task")
    change = RuleChange(
        key=key,
        title=head.word("title"),
        effective_on=head.day("effective"),
        version=head.number("version", 1, _MOST_VERSION),
        articles=head.words("articles", ARTICLE_NUMBER),
        where=head.words("where", PLACE),
        cards=head.words("cards", _CARD),
        words=head.words("words"),
        is_checked=head.flag("checked"),
        is_example=head.flag("example"),
        text=head.text,
        concerns=read_concern(concerns) if concerns else None,
        task=_task(task) if task else None,
        faq=tuple(_answered(each) for each in head.tables("faq")),
    )
    if change.is_example != change.title.startswith(_EXAMPLE):
        raise head.fault("title", f"例の題名だけを「{_EXAMPLE}」で始めます。")
    if change.task is not None and change.concerns is None:
        raise head.fault("task", "taskを書くときは、だれの世帯かをconcernsに書きます。")
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


def _task(table: CardTable) -> ChangeTask:
    table.no_others(frozenset({"text", "days"}))
    return ChangeTask(text=table.word("text"), days=table.number("days", 0, _MOST_DAYS))


def _answered(table: CardTable) -> tuple[str, str]:
    table.no_others(frozenset({"ask", "answer"}))
    return table.word("ask"), table.word("answer")
