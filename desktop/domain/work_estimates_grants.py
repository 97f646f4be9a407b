"""Estimates of grants at the end of protection and on the way to school or work.

就労自立給付金 (法55条の4) goes by versions: the values of a version all begin on its first day or later, so that a
revision whose values were not entered is refused and never reckoned by the old ones. 進学・就職準備給付金 is 法55条の5.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.dates import months_later
from desktop.domain.work_estimates import (
    Estimate,
    EstimateKind,
    GrantRate,
    Reckoning,
    UsedParameter,
    WorkTables,
    yen,
)

_NONE, _ADD, _MAX = "none", "add", "max"
_MODES = {_NONE: "なし", _ADD: "加える", _MAX: "下回らない"}
_PERCENT = 100
_SCHOOL_YEAR_END = (3, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndependenceGrant:
    """A household that leaves protection by work: the day it ends, the month in which the job began.

    `recognised` are the recognised earned incomes (yen) of the months up to the one in which protection ends, the
    latest last. `lasts` says that somebody confirmed that it is enough for about six months or more.
    """

    on: date
    job_began: date
    is_single: bool
    recognised: tuple[int, ...]
    lasts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyOrWorkGrant:
    """Somebody young who goes on to school or takes a job on a day (`on`), moving out for it or not."""

    on: date
    is_work: bool
    moves_out: bool
    birth_date: date | None = None


def independence_grant(given: IndependenceGrant, tables: WorkTables) -> Estimate:
    """就労自立給付金 by the version in force on the day protection ends."""
    r = Reckoning(EstimateKind.INDEPENDENCE, tables)
    version = r.number("jiritsu.version")
    if r.is_refused:
        r.caution("改正後の算定方法が確かめられて入力されるまで、古い算定方法では試算しません。")
        return r.done(0, "就労自立給付金 版の入力待ち")
    since = tables.parameters["jiritsu.version"].valid_from
    size = "single" if given.is_single else "multi"
    window = r.number("jiritsu.window_months", since)
    counted = _counted(r, given, tables, since, window)
    amount = _with_floor(r, counted, size, since)
    cap = r.number(f"jiritsu.cap.{size}", since)
    r.add("上限", "単身世帯" if given.is_single else "多人数世帯", cap)
    r.add("試算額", f"{yen(amount)} と上限の低いほう", min(amount, cap))
    if not given.lasts:
        r.refuse("収入が「おおむね6か月以上」続く見込みを確認してから試算してください。")
    r.caution(
        "前に受けたことがないか、申請の期限に間に合うかを確認してください。端数は切り捨てで試算しています。"
    )
    return r.done(min(amount, cap), f"就労自立給付金 算定方法の第{version}版")


def _counted(
    r: Reckoning, given: IndependenceGrant, tables: WorkTables, since: date, window: int
) -> int:
    rates = [rate for rate in tables.rates if rate.valid_from >= since]
    if not rates:
        r.refuse(
            f"設定値 jiritsu.rate_table（率）の{since:%Y-%m-%d}以後の値が入力されていないので、試算できません。"
        )
        return 0
    total = 0
    end = given.on.replace(day=1)
    months = given.recognised[-window:] if window else ()
    for back, income in zip(range(len(months) - 1, -1, -1), months, strict=True):
        month = months_later(end, -back)
        worked = _months_between(given.job_began, month) + 1
        rate = _rate(rates, worked)
        if rate is None:
            continue
        _use_rate(r, rate)
        part = income * rate.percent // _PERCENT
        total += part
        said = f"収入認定額 {yen(income)} × {rate.percent}％（就労{worked}か月目）"
        r.add(f"{month.year}年{month.month}月", said, part)
    return total


def _with_floor(r: Reckoning, counted: int, size: str, since: date) -> int:
    mode = r.word("jiritsu.floor_mode", since)
    if mode is None:
        return 0
    if mode.word not in _MODES:
        r.refuse(f"設定値 jiritsu.floor_mode（{mode.label}）の「{mode.word}」は使えません。")
        return 0
    if mode.word == _NONE:
        return counted
    if not mode.confirmed:
        r.refuse(
            f"設定値 jiritsu.floor_mode（{mode.label}）が未確認なので、試算できません。"
            "出典を確かめて、確認済みの値として入力してください。"
        )
    floor = r.number(f"jiritsu.floor.{size}", since)
    r.add("最低給付額", _MODES[mode.word], floor)
    return floor + counted if mode.word == _ADD else max(floor, counted)


def _rate(rates: list[GrantRate], worked: int) -> GrantRate | None:
    fitting = [rate for rate in rates if rate.from_month <= worked]
    return max(fitting, key=lambda rate: rate.from_month) if fitting else None


def _use_rate(r: Reckoning, rate: GrantRate) -> None:
    r.use(
        UsedParameter(
            key=f"jiritsu.rate_table.{rate.from_month}",
            label=f"率（就労{rate.from_month}か月目から）",
            value=f"{rate.percent}％",
            valid_from=rate.valid_from,
            source=rate.source,
            confirmed=rate.confirmed,
        )
    )


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def study_or_work_grant(given: StudyOrWorkGrant, tables: WorkTables) -> Estimate:
    """進学・就職準備給付金 by whether the person moves out."""
    r = Reckoning(EstimateKind.STUDY_OR_WORK, tables)
    amount = r.number("shinro.move" if given.moves_out else "shinro.home")
    way = "就職" if given.is_work else "進学"
    r.add("給付額", f"{way}・{'転居する' if given.moves_out else '転居しない'}", amount)
    age = r.number("shinro.age")
    if given.birth_date is None:
        r.caution("生年月日が台帳にありません。年齢の要件を確認してください。")
    elif not r.is_refused and given.on > _last_day(given.birth_date, age):
        r.caution(
            f"{age}歳に達した後の最初の3月31日を過ぎています。施行規則18条の7のほかの区分に当たるか確認してください。"
        )
    r.caution(
        "入学・採用を証明する書類"
        + ("と、転居先の賃貸借契約書の写し" if given.moves_out else "")
        + "を確認してください。"
        + ("安定した職業に就くことが要ります。" if given.is_work else "")
    )
    return r.done(amount, "進学・就職準備給付金の計算 第1版")


def _last_day(birth: date, age: int) -> date:
    """The first March 31 on or after the day on which somebody reaches an age (the day before the birthday)."""
    reached = months_later(birth, age * 12)
    month, day = _SCHOOL_YEAR_END
    # Who is born on April 1 reaches the age on March 31.
    is_in_time = (reached.month, reached.day) <= (month + 1, 1)
    return date(reached.year if is_in_time else reached.year + 1, month, day)
