"""Review of what is offered (既存の支援内容の見直し): a sheet a year and programme, and the promotion plan (就労支援促進計画) with its result.

Sheets are only added; the newest of a programme and year counts, and a second person who decides approves it. Costs are the
programme's; what anybody saved is nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

#: Most characters of a text, most yen of a programme's year, most of a promotion plan's value.
MOST_WORDS, MOST_COST, MOST_VALUE = 10_000, 100_000_000_000, 1_000_000
FIRST_YEAR, LAST_YEAR = 2000, 2200


class Verdict(StrEnum):
    """What becomes of a programme."""

    KEEP = "keep"
    CHANGE = "change"
    STOP = "stop"


VERDICT: Mapping[Verdict, str] = {
    Verdict.KEEP: "続ける",
    Verdict.CHANGE: "見直す",
    Verdict.STOP: "やめる",
}


class PromotionItem(StrEnum):
    """What a promotion plan sets targets for."""

    ABLE = "able"
    PARTICIPANTS = "participants"
    PARTICIPATION = "participation"
    JOB_STARTS = "job_starts"
    RAISES = "raises"
    EXITS = "exits"
    REFERRALS = "referrals"


PROMOTION_ITEM: Mapping[PromotionItem, str] = {
    PromotionItem.ABLE: "事業の対象者（人）",
    PromotionItem.PARTICIPANTS: "事業の参加者（人）",
    PromotionItem.PARTICIPATION: "事業参加率（％）",
    PromotionItem.JOB_STARTS: "就労開始（人）",
    PromotionItem.RAISES: "増収（人）",
    PromotionItem.EXITS: "就労による保護の廃止（人）",
    PromotionItem.REFERRALS: "ハローワークへの支援要請（件）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeYear:
    """What a programme did in a fiscal year, from participations and estimated minutes (推計)."""

    programme: str
    label: str
    persons: int = 0
    began: int = 0
    ended: int = 0
    minutes: int = 0
    outcomes: tuple[tuple[str, str, int], ...] = ()

    def outcome_words(self) -> str:
        """Group, outcome and persons: G2 就労開始（常用） 2."""
        return "、".join(
            f"{group or '区分なし'} {said} {count}" for group, said, count in self.outcomes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewInput:
    """A sheet as it is written. `cost` is the year's in yen, None where it is not known."""

    review_id: UUID
    programme: str
    fiscal_year: int
    verdict: Verdict
    cost: int | None
    reason: str
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeReview:
    """The newest sheet of a programme and year."""

    given: ReviewInput
    persons: int
    minutes: int
    outcomes: str
    author: str = field(repr=False)
    author_id: UUID
    made_at: datetime
    approved_by: str = field(default="", repr=False)
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A programme with its year so far and the sheet, if there is one."""

    year: ProgrammeYear
    review: ProgrammeReview | None = None
    may_approve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionInput:
    """One line of the promotion plan: the target and, once it is known, the result."""

    line_id: UUID
    fiscal_year: int
    item: PromotionItem
    target: int
    result: int | None
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionLine:
    """The newest line of an item, and what the program counts for it until today (None: cannot)."""

    item: PromotionItem
    given: PromotionInput | None = None
    counted: int | None = None
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReview:
    """The page of a fiscal year."""

    fiscal_year: int
    on: date
    lines: tuple[ReviewLine, ...]
    plan: tuple[PromotionLine, ...]


def review_errors(given: ReviewInput, programmes: frozenset[str]) -> dict[str, str]:
    """Field → sentence for what a sheet may not look like; the database judges by the same rules."""
    errors = {}
    if given.programme not in programmes:
        errors["programme"] = "支援事業を一覧から選んでください。"
    if not FIRST_YEAR <= given.fiscal_year <= LAST_YEAR:
        errors["fiscal_year"] = "年度を西暦で入力してください。"
    if given.cost is not None and not 0 <= given.cost <= MOST_COST:
        errors["cost"] = "費用は0円から1,000億円までにしてください。"
    if not given.reason.strip():
        errors["reason"] = "続ける・見直す・やめる理由を入力してください。"
    for name, text in (("reason", given.reason), ("remarks", given.remarks)):
        if len(text) > MOST_WORDS:
            errors[name] = "文字が多すぎます。短くしてください。"
    return errors


def promotion_errors(given: PromotionInput) -> dict[str, str]:
    """Field → sentence for a line of the promotion plan."""
    errors = {}
    if not FIRST_YEAR <= given.fiscal_year <= LAST_YEAR:
        errors["fiscal_year"] = "年度を西暦で入力してください。"
    if not 0 <= given.target <= MOST_VALUE:
        errors["target"] = "目標は0から1,000,000までにしてください。"
    if given.result is not None and not 0 <= given.result <= MOST_VALUE:
        errors["result"] = "結果は0から1,000,000までにしてください。"
    if len(given.remarks) > MOST_WORDS:
        errors["remarks"] = "文字が多すぎます。短くしてください。"
    return errors
