"""What goes onto the papers around monthly papers: cards that ask, and forms for a person to fill in. None of them names a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from desktop.domain.card_languages import CardWords
from desktop.domain.imprint import Imprint
from desktop.domain.monthly_papers import MonthlyDue

NOT_YOURS = "選んだ世帯の中に、担当する世帯ではないものがあります。"
CAME = "選んだ書類の中に、すでに受領したものがあります。表を読み直して、もう一度選んでください。"
NO_LANGUAGE = "この言葉はいまの設定値にありません。表を読み直して、選び直してください。"
NOBODY = "様式を作る人を選んでください。"


class PersonFormKind(StrEnum):
    """The forms that a person fills in, by their code."""

    SEARCH_REPORT = "S-18"
    INCOME = "S-19"
    WORK_NOTICE = "S-20"
    TRAINING = "S-23"
    SELF_RELIANCE = "S-24"


PERSON_FORM: Mapping[PersonFormKind, str] = {
    PersonFormKind.SEARCH_REPORT: "求職活動状況・収入申告書",
    PersonFormKind.INCOME: "収入申告書・給与証明書",
    PersonFormKind.WORK_NOTICE: "就労届（勤務先報告書）",
    PersonFormKind.TRAINING: "技能修得費等申請書",
    PersonFormKind.SELF_RELIANCE: "自立更生計画書",
}
#: Forms about a month; the others are about no month.
MONTHLY_FORMS = frozenset({PersonFormKind.SEARCH_REPORT, PersonFormKind.INCOME})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderCard:
    """A card that says which papers are due or have not come (案内・督促はがき). It threatens nobody.

    `words` are those of another language than the usual, or with readings. `is_late` tells a card that reminds from one that announces. Others may read a card: what stands on it is the office's wording.
    """

    imprint: Imprint
    postal_code: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    papers: tuple[tuple[str, date], ...]
    answer_by: date
    is_late: bool
    contact: str
    caseworker: str = field(repr=False)
    phone: str
    hours: str
    dues: tuple[MonthlyDue, ...] = ()
    words: CardWords | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWish:
    """A paper that a card asks for, and the day on which it is or was due."""

    due: MonthlyDue
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWish:
    """For whom a form is made. `is_short`: the short form is enough, which says nothing of why."""

    household_id: UUID
    person_id: UUID
    is_short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsAsked:
    """Which form is made for whom, and about which month; without anybody one blank form."""

    kind: PersonFormKind
    month: date
    people: tuple[FormWish, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForm:
    """A form for a person. What the program knows is filled in and read again by the person; the rest is room for handwriting.

    `month` is None on forms about no month, `household_id` on a blank one. `members` are the names of the household.
    """

    imprint: Imprint
    household_id: UUID | None = None
    case_number: str
    name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    address: str = field(repr=False)
    caseworker: str = field(repr=False)
    month: date | None = None
    is_short: bool = False
    members: tuple[str, ...] = field(default=(), repr=False)
