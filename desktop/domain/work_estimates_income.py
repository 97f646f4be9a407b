"""What of earned income is recognised (収入認定) and what remains in hand: 基礎控除, 新規就労控除, 未成年者控除, 実費控除.

Compared with the cases that project-inclusive/OpenFisca-Japan publishes for 勤労控除 (2023-07): its first earners at 0, 10,000,
15,000, 25,000, 45,000 and 65,000 yen have the same deduction. That model takes the smooth form (15,000 and a tenth of
what is beyond), so it is higher or lower by up to 200 yen within a band of 4,000 yen, and its 未成年者控除 and 新規就労控除
are the same amounts. Its second earners are an approximation; here they are refused until the table was entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.dates import age_on
from desktop.domain.work_estimates import (
    Band,
    Estimate,
    EstimateKind,
    Reckoning,
    UsedParameter,
    WorkTables,
    yen,
)

VERSION = "勤労控除の計算 第1版"
FIRST_TABLE, LATER_TABLE = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnedIncome:
    """A month's earned income of one person. `gross` is everything paid, with commuting and other allowances (yen).

    `new_work_month` is the how many-th month of newly found steady work, 0 where that does not apply; `is_minor`
    that the person is an earner under age who does not live alone or only with spouse or child.
    The other four are real costs of work (実費).
    """

    on: date
    gross: int
    is_first: bool = True
    new_work_month: int = 0
    is_minor: bool = False
    birth_date: date | None = None
    insurance: int = 0
    taxes: int = 0
    commuting: int = 0
    other_costs: int = 0

    @property
    def costs(self) -> int:
        """All real costs."""
        return self.insurance + self.taxes + self.commuting + self.other_costs


def earned_income(given: EarnedIncome, tables: WorkTables) -> Estimate:
    """What is recognised of the income; the amount is what remains in hand (手元に残る額)."""
    r = Reckoning(EstimateKind.EARNED_INCOME, tables)
    basic = basic_deduction(r, tables, given.gross, is_first=given.is_first)
    r.add("働いた収入（総額）", "通勤手当などを含む月の総額", given.gross)
    r.add("基礎控除", basic[1], basic[0])
    new_work, minor = _new_work(r, given), _minor(r, given)
    if given.costs:
        r.add("実費控除", _costs_formula(given), given.costs)
    deducted = basic[0] + new_work + minor + given.costs
    recognised = max(0, given.gross - deducted)
    r.add("収入認定額", f"{yen(given.gross)} − {yen(deducted)}（0円を下回りません）", recognised)
    in_hand = given.gross - recognised
    r.add("手元に残る額", f"{yen(given.gross)} − {yen(recognised)}", in_hand)
    if given.costs:
        spent = min(given.costs, in_hand)
        r.add("うち実費に出ていく額", "社会保険料・税・交通費など", spent)
    r.caution("保護費はこの収入認定額の分だけ調整されます。決定は保護システムの決定によります。")
    return r.done(in_hand, VERSION)


def basic_deduction(
    r: Reckoning, tables: WorkTables, gross: int, *, is_first: bool
) -> tuple[int, str]:
    """The deduction by the office's bands, and how it was found. Refuses where the table was not entered."""
    number = FIRST_TABLE if is_first else LATER_TABLE
    bands = [band for band in tables.bands if band.table == number]
    fitting = [band for band in bands if band.lowest <= gross]
    if not fitting:
        who = "1人目" if is_first else "2人目以降"
        r.refuse(
            f"設定値 kiso.table.{number}（{who}の基礎控除の表）が入力されていないので、試算できません。"
        )
        return 0, ""
    band = max(fitting, key=lambda each: each.lowest)
    amount, formula = _of_band(band, gross)
    r.use(
        UsedParameter(
            key=f"kiso.table.{number}.{band.lowest}",
            label=f"基礎控除の表（{yen(band.lowest)}から）",
            value=formula,
            valid_from=band.valid_from,
            source=band.source,
            confirmed=band.confirmed,
        )
    )
    return amount, formula


def _of_band(band: Band, gross: int) -> tuple[int, str]:
    if band.is_whole:
        return gross, "収入の全額"
    if not band.step:
        return min(gross, band.deduction), f"{yen(band.lowest)}からの帯：{yen(band.deduction)}"
    steps = (gross - band.lowest) // band.step
    formula = (
        f"{yen(band.deduction)} ＋ {yen(band.step_deduction)} × {steps:,}"
        f"（{yen(band.lowest)}を超えて{yen(band.step)}ごと）"
    )
    return min(gross, band.deduction + band.step_deduction * steps), formula


def _new_work(r: Reckoning, given: EarnedIncome) -> int:
    if not given.new_work_month:
        return 0
    amount, months = r.number("shinki.amount"), r.number("shinki.months")
    counts = given.new_work_month <= months
    said = f"新しく就労して{given.new_work_month}か月目（{months}か月目まで）"
    r.add("新規就労控除", said, amount if counts else 0)
    r.caution("新規就労控除は、継続性のある職業に新しく就いた事情を確認してください。")
    return amount if counts else 0


def _minor(r: Reckoning, given: EarnedIncome) -> int:
    if not given.is_minor:
        return 0
    amount, age = r.number("minor.amount"), r.number("minor.age")
    if given.birth_date is None:
        r.refuse("生年月日が台帳にないので、未成年者控除を試算できません。")
        return 0
    present = age_on(given.birth_date, given.on)
    counts = present < age
    r.add("未成年者控除", f"{present}歳（{age}歳に達するまで）", amount if counts else 0)
    r.caution("単身者や、配偶者・子とだけ暮らす人には未成年者控除がないことを確認してください。")
    return amount if counts else 0


def _costs_formula(given: EarnedIncome) -> str:
    parts = (
        ("社会保険料", given.insurance),
        ("税", given.taxes),
        ("交通費", given.commuting),
        ("その他", given.other_costs),
    )
    return " ＋ ".join(f"{label} {yen(amount)}" for label, amount in parts if amount)
