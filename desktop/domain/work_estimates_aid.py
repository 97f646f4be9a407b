"""Estimates of aid on the way to work: 就労活動促進費, limits of 生業扶助 (法17条), 移送費.

Months of 就労活動促進費 are decided one by one; the program counts what was done and never decides that it is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.dates import months_later
from desktop.domain.work_estimates import Estimate, EstimateKind, Reckoning, WorkTables, yen


class LivelihoodItem(StrEnum):
    """What 生業扶助 is asked for; each has its own limit."""

    SKILL = "skill"
    SKILL_SPECIAL = "skill_special"
    SKILL_PROGRAMME = "skill_programme"
    SKILL_HIGH = "skill_high"
    OUTFIT = "outfit"
    TRADE = "trade"
    TRADE_SPECIAL = "trade_special"


LIVELIHOOD_ITEM: Mapping[LivelihoodItem, str] = {
    LivelihoodItem.SKILL: "技能修得費（基準額）",
    LivelihoodItem.SKILL_SPECIAL: "技能修得費（特別基準）",
    LivelihoodItem.SKILL_PROGRAMME: "技能修得費（自立支援プログラム・年額）",
    LivelihoodItem.SKILL_HIGH: "技能修得費（就職が確実な免許・養成施設・訓練）",
    LivelihoodItem.OUTFIT: "就職支度費",
    LivelihoodItem.TRADE: "生業費（基準額）",
    LivelihoodItem.TRADE_SPECIAL: "生業費（特別基準）",
}
_LIMITS: Mapping[LivelihoodItem, str] = {
    LivelihoodItem.SKILL: "ginou.base",
    LivelihoodItem.SKILL_SPECIAL: "ginou.special",
    LivelihoodItem.SKILL_PROGRAMME: "ginou.program_year",
    LivelihoodItem.SKILL_HIGH: "ginou.high",
    LivelihoodItem.OUTFIT: "shitaku.max",
    LivelihoodItem.TRADE: "seigyou.base",
    LivelihoodItem.TRADE_SPECIAL: "seigyou.special",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSearchAid:
    """就労活動促進費 from a month on: the how many-th month is the last one asked for, how many were granted before.

    `activity` are the month's interviews with the office and applications, None where nothing was counted yet.
    """

    on: date
    months: int
    interviews: int | None = None
    applications: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LivelihoodAid:
    """生業扶助: an item and what it costs by the estimate of the school or shop (yen)."""

    on: date
    item: LivelihoodItem
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelAid:
    """移送費: the fare of one trip there and back (yen), and how many of them."""

    on: date
    fare: int
    trips: int


def job_search_aid(given: JobSearchAid, tables: WorkTables) -> Estimate:
    """The months asked for, split into the base and its extensions; each is decided by itself."""
    r = Reckoning(EstimateKind.JOB_SEARCH, tables)
    amount = r.number("sokushin.amount")
    base, more = r.number("sokushin.base_months"), r.number("sokushin.ext_months")
    most = r.number("sokushin.max_months")
    if not r.is_refused and given.months > most:
        r.refuse(f"就労活動促進費は{most}か月までです。{given.months}か月は試算できません。")
    if not r.is_refused:
        _spans(r, given, amount, base, more)
    _activity(r, given)
    r.caution(
        "支給は、その月の活動報告を見て月ごとに決まります。自立活動確認書があることを確認してください。"
    )
    return r.done(amount * given.months, "就労活動促進費の計算 第1版")


def _spans(r: Reckoning, given: JobSearchAid, amount: int, base: int, more: int) -> None:
    done, number = 0, 0
    while done < given.months:
        length = min(base if number == 0 else max(more, 1), given.months - done)
        first = months_later(given.on.replace(day=1), done)
        last = months_later(first, length - 1)
        name = "基本の期間" if number == 0 else f"延長{number}回目（延長の決定が要ります）"
        said = f"{_month(first)}〜{_month(last)}　{yen(amount)} × {length}か月"
        r.add(name, said, amount * length)
        done, number = done + length, number + 1


def _activity(r: Reckoning, given: JobSearchAid) -> None:
    for label, count, key in (
        ("面接", given.interviews, "sokushin.min_interviews"),
        ("応募", given.applications, "sokushin.min_applications"),
    ):
        if count is None:
            continue
        least = r.optional(key)
        if least is None:
            r.caution(f"{label} {count}回。下限（設定値 {key}）は入力されていません。")
        elif count < least:
            r.caution(f"{label} {count}回で、下限の{least}回に足りません。事情を確認してください。")
        else:
            r.caution(f"{label} {count}回（下限 {least}回）。")


def livelihood_aid(given: LivelihoodAid, tables: WorkTables) -> Estimate:
    """The cost, up to the limit of the item."""
    r = Reckoning(EstimateKind.LIVELIHOOD, tables)
    limit = r.number(_LIMITS[given.item])
    amount = min(given.cost, limit)
    r.add("見積もりの額", LIVELIHOOD_ITEM[given.item], given.cost)
    r.add("上限", f"設定値 {_LIMITS[given.item]}", limit)
    r.add("試算額", "見積もりと上限の低いほう", amount)
    if given.cost > limit and not r.is_refused:
        r.caution(
            f"上限を{yen(given.cost - limit)}超えています。超える分をどうするか確認してください。"
        )
    r.caution(
        "就労につながる理由・講座の内容・見積書・日程を確認し、終わったら領収書を受け取ってください。"
    )
    return r.done(amount, "生業扶助の上限 第1版")


def travel_aid(given: TravelAid, tables: WorkTables) -> Estimate:
    """The fares of all trips."""
    r = Reckoning(EstimateKind.TRAVEL, tables)
    amount = given.fare * given.trips
    r.add("交通費", f"往復 {yen(given.fare)} × {given.trips}回", amount)
    r.caution(
        "事前の申請、最も安い合理的な経路、行った証明（領収書・面接の記録など）を確認してください。"
    )
    return r.done(amount, "移送費の計算 第1版")


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"
