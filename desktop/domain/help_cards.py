"""Cards of the help (手引): what a rule or a step means in our own words, with its numbers, and where it is shown.

A card is a file: settings in TOML between two lines `+++`, then its text in Markdown. Its folder says what kind it is, its
name is its key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from desktop.domain.card_files import CardHead, CardTable
from desktop.domain.households import CaseFile, HouseholdType, ResidenceKind

#: 法27条の2, 法24条3項, 施行規則19条, 局長通知第12-1: how a card writes its numbers.
ARTICLE_NUMBER = re.compile(
    r"(法|施行規則|社会福祉法|個人情報保護法|行政不服審査法|民法)\d+条(の\d+)?(\d+項)?"
    r"|(次官通知|局長通知|課長通知|課長問答)第\d+(の\d+|-\d+)*"
)
#: Where a card may be shown: a section of a file or a screen of the left navigation.
PLACE = re.compile(r"(section|screen):[a-z_]+")
_KNOWN = frozenset({"title", "articles", "where", "words", "see", "checked", "task"})
_KNOWN_OF_TASK = frozenset({"text", "days"})
#: How many days after an event a task may be due at most.
MOST_TASK_DAYS = 3660


class CardKind(StrEnum):
    """What a card is about; the value is the folder it lies in."""

    ARTICLE = "articles"
    PROCEDURE = "procedures"
    EVENT = "events"
    VISIT = "visits"
    ASKING = "asking"
    LOCAL = "local"


#: Kinds of which there are files; a page of the office (地域のきまり) is none.
FILE_KINDS = tuple(kind for kind in CardKind if kind is not CardKind.LOCAL)
#: What to ask for on a visit, by the type of the household; the common card goes with each.
VISIT_CARDS = {
    HouseholdType.ELDERLY: "visit-elderly",
    HouseholdType.MOTHER_CHILD: "visit-mother-child",
    HouseholdType.DISABLED: "visit-disabled",
    HouseholdType.ILL: "visit-disabled",
    HouseholdType.OTHER: "visit-working",
}
COMMON_VISIT_CARD, INSTITUTION_CARD = "visit-common", "visit-institution"
#: Sections of a file at which a visit is prepared or written down.
VISIT_SECTIONS = frozenset({"chronicle", "brief", "visit_preferences", "visit_grades"})
#: How a kind is called on the screen.
CARD_KINDS = {
    CardKind.LOCAL: "地域のきまり",
    CardKind.ARTICLE: "条文",
    CardKind.PROCEDURE: "手続",
    CardKind.EVENT: "できごと",
    CardKind.VISIT: "訪問",
    CardKind.ASKING: "相談先",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTask:
    """One thing to do when something has happened in a household: due so many days after it."""

    text: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpCard:
    """One card. `where` are the places that show it, `words` what else people call it, `see` the keys of related cards.

    `is_checked` says whether somebody has compared its text with the law and the notices. `origin` says whose word it is where
    it is not the program's; `is_own` that the office wrote it.
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
    origin: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStart:
    """Something has happened in a household on a day: the places of those tasks of the card that are to be done.

    `shown` are all tasks of the card as they were before the person: the office's help may have become another one since.
    """

    card: str
    household_id: UUID
    event_on: date
    tasks: frozenset[int]
    shown: tuple[EventTask, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventBegun:
    """How many to-dos were made, how many of them stood already, and whether they lie on one's own desk."""

    made: int
    stood: int
    is_own: bool


def visit_cards(file: CaseFile) -> tuple[str, ...]:
    """The cards of what to ask this household on a visit, the most fitting first; whoever is in an institution is asked there."""
    is_away = any(m.is_head and m.residence is not ResidenceKind.HOME for m in file.members)
    by_type = VISIT_CARDS[file.household_type] if file.household_type else ""
    fitting = INSTITUTION_CARD if is_away else by_type
    return (fitting, COMMON_VISIT_CARD) if fitting else (COMMON_VISIT_CARD,)


def due_after(event_on: date, task: EventTask, today: date) -> date:
    """The day by which a task is to be done: so many days after the event, never a day that is past."""
    return max(event_on + timedelta(days=task.days), today)


def read_card(kind: CardKind, key: str, content: str) -> HelpCard:
    """The card that a file holds. Raises CardError."""
    head = CardHead.of(key, content)
    head.no_others(_KNOWN)
    card = HelpCard(
        key=key,
        kind=kind,
        title=head.word("title"),
        articles=head.words("articles", ARTICLE_NUMBER),
        where=head.words("where", PLACE),
        words=head.words("words"),
        see=head.words("see"),
        is_checked=head.flag("checked"),
        text=head.text,
        tasks=tuple(_task(table) for table in head.tables("task")),
    )
    if bool(card.tasks) != (kind is CardKind.EVENT):
        raise head.fault("task", "taskは、できごとの手引にだけ、必ず書きます。")
    return card


def _task(table: CardTable) -> EventTask:
    table.no_others(_KNOWN_OF_TASK)
    return EventTask(text=table.word("text"), days=table.number("days", 0, MOST_TASK_DAYS))
