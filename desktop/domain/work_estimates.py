"""Estimates of money linked to work (試算): what one is made of. The benefit system decides; nothing here does.

An estimate shows every line with its formula, every value of the office's tables it used, and refuses in a sentence
that names the value where one is missing. Amounts are whole yen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class EstimateKind(StrEnum):
    """What is estimated."""

    EARNED_INCOME = "earned_income"
    JOB_SEARCH = "job_search"
    INDEPENDENCE = "independence"
    STUDY_OR_WORK = "study_or_work"
    LIVELIHOOD = "livelihood"
    TRAVEL = "travel"


ESTIMATE_KIND: Mapping[EstimateKind, str] = {
    EstimateKind.EARNED_INCOME: "働いた収入と手取り",
    EstimateKind.JOB_SEARCH: "就労活動促進費",
    EstimateKind.INDEPENDENCE: "就労自立給付金",
    EstimateKind.STUDY_OR_WORK: "進学・就職準備給付金",
    EstimateKind.LIVELIHOOD: "生業扶助（技能修得費など）",
    EstimateKind.TRAVEL: "移送費（求職など）",
}
#: What somebody applies for. What remains in hand is only shown.
CASE_KINDS: tuple[EstimateKind, ...] = tuple(
    kind for kind in EstimateKind if kind is not EstimateKind.EARNED_INCOME
)
#: What has a paper for the person: S-36 about what remains in hand, S-25 to S-27 to apply with.
PRINTED_KINDS: tuple[EstimateKind, ...] = (
    EstimateKind.EARNED_INCOME,
    EstimateKind.JOB_SEARCH,
    EstimateKind.INDEPENDENCE,
    EstimateKind.STUDY_OR_WORK,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value of the office's table in force on a day; neither `number` nor `word` until it was entered."""

    key: str
    label: str
    number: int | None = None
    word: str = ""
    unit: str = ""
    valid_from: date
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """From an income on (yen, inclusive): the whole of it is deducted, or `deduction` and more per `step` beyond."""

    table: int
    lowest: int
    is_whole: bool
    deduction: int
    step: int
    step_deduction: int
    valid_from: date
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRate:
    """From the how many-th month of work on so many percent of the recognised income are counted."""

    from_month: int
    percent: int
    valid_from: date
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTables:
    """The office's tables about work in force on a day; bands and rates from the lowest up."""

    on: date
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    rates: tuple[GrantRate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateLine:
    """One step: what it is, how it was reckoned as people read it, and the yen (None where there is none)."""

    label: str
    formula: str
    amount: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedParameter:
    """A value that went into an estimate: its key and label, how it reads, from when, by what, 未確認 or not."""

    key: str
    label: str
    value: str
    valid_from: date
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What was reckoned (試算). `amount` is None where it is refused; `refusals` say why, `cautions` what to check.

    `version` names the rule (algorithm) and the day on which the tables were read.
    """

    kind: EstimateKind
    on: date
    version: str
    lines: tuple[EstimateLine, ...] = ()
    amount: int | None = None
    used: tuple[UsedParameter, ...] = ()
    refusals: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def is_unconfirmed(self) -> bool:
        """Whether a value that nobody confirmed went into it."""
        return any(not each.confirmed for each in self.used)


def yen(amount: int) -> str:
    """An amount as people read it."""
    return f"{amount:,}円"


class Reckoning:
    """Gathers the lines of an estimate while it is reckoned, what was used, and what is missing."""

    def __init__(self, kind: EstimateKind, tables: WorkTables) -> None:
        self._kind, self._tables = kind, tables
        self._lines = list[EstimateLine]()
        self._used = dict[str, UsedParameter]()
        self._refusals = list[str]()
        self._cautions = list[str]()

    @property
    def is_refused(self) -> bool:
        """Whether something is missing already."""
        return bool(self._refusals)

    def number(self, key: str, since: date | None = None) -> int:
        """The number of a key; refuses (and gives 0) where it is not entered, or only as of before `since`."""
        found = self._entered(key, since)
        if found is None or found.number is None:
            self._miss(key, found, since)
            return 0
        self._use(found, f"{found.number:,}{found.unit}")
        return found.number

    def word(self, key: str, since: date | None = None) -> Parameter | None:
        """The parameter with the coded word of a key; refuses where it is not entered."""
        found = self._entered(key, since)
        if found is None or not found.word:
            self._miss(key, found, since)
            return None
        self._use(found, found.word)
        return found

    def optional(self, key: str) -> int | None:
        """The number of a key, None where it is not entered: nothing is refused for want of it."""
        found = self._tables.parameters.get(key)
        if found is None or found.number is None:
            return None
        self._use(found, f"{found.number:,}{found.unit}")
        return found.number

    def use(self, used: UsedParameter) -> None:
        """Note that a row of another table was used."""
        self._used.setdefault(used.key, used)

    def add(self, label: str, formula: str, amount: int | None) -> None:
        """Add a line."""
        self._lines.append(EstimateLine(label=label, formula=formula, amount=amount))

    def refuse(self, sentence: str) -> None:
        """Say why there is no estimate."""
        if sentence not in self._refusals:
            self._refusals.append(sentence)

    def caution(self, sentence: str) -> None:
        """Say what a person has to look at."""
        self._cautions.append(sentence)

    def done(self, amount: int, version: str) -> Estimate:
        """The estimate: without an amount and lines where something was missing."""
        refused = self.is_refused
        return Estimate(
            kind=self._kind,
            on=self._tables.on,
            version=version,
            lines=() if refused else tuple(self._lines),
            amount=None if refused else amount,
            used=tuple(self._used.values()),
            refusals=tuple(self._refusals),
            cautions=tuple(self._cautions),
        )

    def _entered(self, key: str, since: date | None) -> Parameter | None:
        found = self._tables.parameters.get(key)
        return None if found and since and found.valid_from < since else found

    def _use(self, found: Parameter, value: str) -> None:
        self.use(
            UsedParameter(
                key=found.key,
                label=found.label,
                value=value,
                valid_from=found.valid_from,
                source=found.source,
                confirmed=found.confirmed,
            )
        )

    def _miss(self, key: str, found: Parameter | None, since: date | None) -> None:
        known = found or self._tables.parameters.get(key)
        label = f"（{known.label}）" if known else ""
        day = "" if since is None else f"の{since:%Y-%m-%d}以後の値"
        self.refuse(f"設定値 {key}{label}{day}が入力されていないので、試算できません。")
