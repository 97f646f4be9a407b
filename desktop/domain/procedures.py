"""Procedures (手続) that the law asks the office for: that each was begun, made sure of and ended, and on which day.

One record a procedure: a survey of taxed income, a pension right, an application, kin, the duty to report, things kept for
somebody, a withdrawal, money to be returned (visits-records-approval 5.2 E05 to E19, 5.4). Rows are only added: whatever comes
later, and whatever is put right, is a further row that names the one it stands for. Nothing is decided by any of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desktop.domain.activities import ActivityPerson
from desktop.domain.referrals import too_long

MOST_YEN = 100_000_000
EARLIEST_YEAR = 1989


class ProcedureKind(StrEnum):
    """What sort of procedure it is."""

    TAX_SURVEY = "tax_survey"
    PENSION = "pension"
    APPLICATION = "application"
    KIN = "kin"
    DUTY = "duty"
    KEPT = "kept"
    WITHDRAWAL = "withdrawal"
    RETURN = "return"


PROCEDURE_KIND: Mapping[ProcedureKind, str] = {
    ProcedureKind.TAX_SURVEY: "課税調査",
    ProcedureKind.PENSION: "年金受給権の確認",
    ProcedureKind.APPLICATION: "申請と決定",
    ProcedureKind.KIN: "扶養照会",
    ProcedureKind.DUTY: "届出義務の説明",
    ProcedureKind.KEPT: "預り品",
    ProcedureKind.WITHDRAWAL: "辞退届",
    ProcedureKind.RETURN: "63条・78条の検討",
}


class ChoiceEffect(StrEnum):
    """What an office's choice means to the radar."""

    SETTLED = "settled"
    ASKS = "asks"
    INTENT = "intent"


CHOICE_EFFECT: Mapping[ChoiceEffect, str] = {
    ChoiceEffect.SETTLED: "それでよい",
    ChoiceEffect.ASKS: "見落とし点検で確かめる",
    ChoiceEffect.INTENT: "意図の根拠の記録を求める（78条）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureShape:
    """What a kind of procedure is asked about: the label of each field, "" where the kind has no such field.

    `done` names the fields without which it is not finished; a `choice` is picked from the office's table (手続の選択肢).
    """

    begun: str
    confirmed: str = ""
    ended: str = ""
    year: str = ""
    yen: str = ""
    choice: str = ""
    who: str = ""
    needs_person: bool = False
    needs_choice: bool = False
    done: tuple[str, ...] = ()


PROCEDURE_SHAPE: Mapping[ProcedureKind, ProcedureShape] = {
    ProcedureKind.TAX_SURVEY: ProcedureShape(
        year="調査の年（西暦）",
        begun="調査を始めた日",
        ended="照合を終えた日",
        yen="申告と課税の相違の額（ないときは0）",
        confirmed="相違の扱いを決めた日",
        done=("ended_on",),
    ),
    ProcedureKind.PENSION: ProcedureShape(
        choice="節目",
        begun="確認した日",
        who="確認の相手・方法",
        needs_person=True,
        needs_choice=True,
    ),
    ProcedureKind.APPLICATION: ProcedureShape(
        begun="申請日",
        ended="決定日",
        confirmed="通知した日",
        choice="14日を超える理由（通知書に書くもの）",
        done=("confirmed_on",),
    ),
    ProcedureKind.KIN: ProcedureShape(
        who="照会する親族",
        begun="検討した日",
        choice="照会しない事情",
        confirmed="事情を確かめた日",
        ended="照会した日",
        done=("confirmed_on",),
    ),
    ProcedureKind.DUTY: ProcedureShape(
        begun="口頭で説明した日（法61条）",
        confirmed="本人が確かめた日（署名など）",
        who="説明した相手",
        done=("confirmed_on",),
    ),
    ProcedureKind.KEPT: ProcedureShape(
        choice="品目",
        begun="預かった日",
        ended="返した日",
        who="預かった人・返した相手",
        needs_choice=True,
        done=("ended_on",),
    ),
    ProcedureKind.WITHDRAWAL: ProcedureShape(
        begun="受け取った日",
        confirmed="本人と面接した日",
        choice="任意の意思の確認",
        who="面接した職員",
        done=("confirmed_on", "choice"),
    ),
    ProcedureKind.RETURN: ProcedureShape(
        begun="検討を始めた日",
        choice="検討した条",
        confirmed="意図の根拠を記録した日（78条）",
        ended="扱いを決めた日",
        yen="対象の額",
        done=("ended_on", "choice"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureChoice:
    """One of the office's choices for a kind. `age`: the birthday that a pension check belongs to, None for other occasions."""

    code: str
    label: str
    kind: ProcedureKind
    effect: ChoiceEffect
    age: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureDates:
    """The facts of a procedure; what they are called is said by its shape."""

    begun_on: date
    confirmed_on: date | None = None
    ended_on: date | None = None
    year: int | None = None
    yen: int | None = None
    choice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One row. `is_old`: a later row stands for it."""

    procedure_id: UUID
    kind: ProcedureKind
    person_id: UUID | None
    person: str = field(repr=False)
    facts: ProcedureDates
    who: str = field(repr=False)
    note: str = field(repr=False)
    made_by: str = field(repr=False)
    made_at: datetime
    replaces_id: UUID | None = None
    is_void: bool = False
    is_old: bool = False
    reason: str = field(default="", repr=False)

    @property
    def counts(self) -> bool:
        """Whether it is what the office holds true now."""
        return not self.is_void and not self.is_old

    @property
    def is_done(self) -> bool:
        """Whether nothing more is to come, by its shape."""
        return all(getattr(self.facts, name) for name in PROCEDURE_SHAPE[self.kind].done)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureInput:
    """A row to be kept. `replaces_id` with a reason puts another right; without one it only adds what was still empty."""

    procedure_id: UUID
    household_id: UUID
    kind: ProcedureKind
    facts: ProcedureDates
    person_id: UUID | None = None
    who: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    replaces_id: UUID | None = None
    is_void: bool = False
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProcedures:
    """What the section 手続 shows of a household, the newest first, and what can be chosen."""

    people: tuple[ActivityPerson, ...]
    choices: tuple[ProcedureChoice, ...]
    procedures: tuple[Procedure, ...]
    may_write: bool


_DATES = ("begun_on", "confirmed_on", "ended_on")
_TAKEN_AWAY = "この手続にこの項目はありません。空けてください。"


def procedure_errors(
    given: ProcedureInput, choices: Sequence[ProcedureChoice], today: date
) -> dict[str, str]:
    """Field → sentence for what a row may not look like; the database judges by the same rules."""
    shape, facts = PROCEDURE_SHAPE[given.kind], given.facts
    errors = _day_errors(facts, shape, today) | _number_errors(facts, shape, today)
    fits = {choice.code for choice in choices if choice.kind is given.kind}
    if facts.choice and facts.choice not in fits:
        errors["choice"] = "一覧から選んでください。"
    elif not facts.choice and shape.needs_choice:
        errors["choice"] = f"{shape.choice}を選んでください。"
    if shape.needs_person and given.person_id is None:
        errors["person_id"] = "だれのことかを選んでください。"
    if given.who.strip() and not shape.who:
        errors["who"] = _TAKEN_AWAY
    if given.kind is ProcedureKind.KIN and not given.who.strip():
        errors["who"] = "どの親族かを入力してください。"
    return errors | too_long({"who": given.who, "note": given.note, "reason": given.reason})


def is_put_right(old: Procedure, given: ProcedureInput) -> bool:
    """Whether something that was known becomes another thing; filling in what was empty puts nothing right."""
    names = (*_DATES, "year", "yen", "choice")
    known = [(getattr(old.facts, name), getattr(given.facts, name)) for name in names]
    known += [(old.who, given.who), (old.note, given.note)]
    return any(was not in {None, ""} and was != becomes for was, becomes in known)


def _day_errors(facts: ProcedureDates, shape: ProcedureShape, today: date) -> dict[str, str]:
    errors: dict[str, str] = {}
    for name in _DATES:
        day, label = getattr(facts, name), getattr(shape, name.removesuffix("_on"))
        if day is None:
            continue
        if not label:
            errors[name] = _TAKEN_AWAY
        elif day > today:
            errors[name] = "今日までの日付にしてください。"
        elif day < facts.begun_on:
            errors[name] = f"{shape.begun}からあとの日付にしてください。"
    return errors


def _number_errors(facts: ProcedureDates, shape: ProcedureShape, today: date) -> dict[str, str]:
    errors: dict[str, str] = {}
    if shape.year and (facts.year is None or not EARLIEST_YEAR <= facts.year <= today.year):
        errors["year"] = f"{EARLIEST_YEAR}から{today.year}までの年にしてください。"
    elif not shape.year and facts.year is not None:
        errors["year"] = _TAKEN_AWAY
    if facts.yen is not None:
        if not shape.yen:
            errors["yen"] = _TAKEN_AWAY
        elif not 0 <= facts.yen <= MOST_YEN:
            errors["yen"] = f"0から{MOST_YEN:,}円までにしてください。"
    return errors
