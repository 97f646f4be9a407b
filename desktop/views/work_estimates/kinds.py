"""The fields of every kind of estimate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.era import DateStyle
from desktop.domain.work_estimates import EstimateKind
from desktop.domain.work_estimates_aid import (
    LIVELIHOOD_ITEM,
    JobSearchAid,
    LivelihoodAid,
    LivelihoodItem,
    TravelAid,
)
from desktop.domain.work_estimates_cases import MOST_GRANT_MONTHS
from desktop.domain.work_estimates_grants import IndependenceGrant, StudyOrWorkGrant
from desktop.domain.work_estimates_income import EarnedIncome
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.yen_field import YenField
from desktop.views.work_estimates.kind_fields import KindForm, Values

_Rows = list[tuple[str, str, QWidget]]
_MOST = 99_999_999
_MOST_COUNT = 99
#: Names of the fields of recognised income, by how many months before the end of protection.
_RECOGNISED = "recognised_"
_STUDY, _WORK = "study", "work"


def _day(label: str, today: Callable[[], date]) -> DateField:
    return DateField(label, today=today, required=True, style=DateStyle.SHORT)


def _yen(label: str, *, required: bool = False) -> YenField:
    return YenField(label, required=required, highest=_MOST)


def _count(label: str, unit: str, *, required: bool = False, lowest: int = 0) -> NumberField:
    return NumberField(label, required=required, unit=unit, lowest=lowest, highest=_MOST_COUNT)


def _income(today: Callable[[], date]) -> _Rows:
    return [
        ("gross", "月の総収入（手当・通勤手当を含む）(&G)", _yen("月の総収入", required=True)),
        ("on", "収入のある月の日(&D)", _day("収入のある月の日", today)),
        ("is_later", "", QCheckBox("世帯の2人目以降の就労者(&2)")),
        (
            "new_work_month",
            "新しく就労して何か月目（該当するとき）",
            _count("新規就労の月", "か月目"),
        ),
        ("is_minor", "", QCheckBox("未成年で、単身や配偶者・子だけの世帯ではない")),
        ("insurance", "社会保険料(&H)", _yen("社会保険料")),
        ("taxes", "所得税など(&T)", _yen("所得税など")),
        ("commuting", "交通費(&K)", _yen("交通費")),
        ("other_costs", "そのほかの実費", _yen("そのほかの実費")),
    ]


def _make_income(v: Values) -> EarnedIncome:
    return EarnedIncome(
        on=v["on"],
        gross=v["gross"],
        is_first=not v["is_later"],
        new_work_month=v["new_work_month"] or 0,
        is_minor=v["is_minor"],
        insurance=v["insurance"] or 0,
        taxes=v["taxes"] or 0,
        commuting=v["commuting"] or 0,
        other_costs=v["other_costs"] or 0,
    )


def _job_search(today: Callable[[], date]) -> _Rows:
    return [
        ("on", "始めの月の日(&D)", _day("始めの月の日", today)),
        ("months", "申請する月数(&M)", _count("申請する月数", "か月", required=True, lowest=1)),
        ("interviews", "この月の面接", _count("この月の面接", "回")),
        ("applications", "この月の応募", _count("この月の応募", "回")),
    ]


def _make_job_search(v: Values) -> JobSearchAid:
    return JobSearchAid(
        on=v["on"],
        months=v["months"],
        interviews=v["interviews"],
        applications=v["applications"],
    )


def _independence(today: Callable[[], date]) -> _Rows:
    labels = ["終わりの月", *(f"{n}か月前" for n in range(1, MOST_GRANT_MONTHS))]
    return [
        ("on", "保護が終わる日(&D)", _day("保護が終わる日", today)),
        ("job_began", "就労を始めた日(&B)", _day("就労を始めた日", today)),
        ("is_single", "", QCheckBox("単身世帯(&1)")),
        ("lasts", "", QCheckBox("収入がおおむね6か月以上続く見込みを確認した(&6)")),
        *(
            (f"{_RECOGNISED}{back}", f"就労収入の認定額　{label}", _yen(f"認定額 {label}"))
            for back, label in enumerate(labels)
        ),
    ]


def _make_independence(v: Values) -> IndependenceGrant:
    """The months that the form shows, the latest last."""
    shown = sum(name.startswith(_RECOGNISED) for name in v)
    recognised = tuple(v[f"{_RECOGNISED}{back}"] or 0 for back in range(shown - 1, -1, -1))
    return IndependenceGrant(
        on=v["on"],
        job_began=v["job_began"],
        is_single=v["is_single"],
        recognised=recognised,
        lasts=v["lasts"],
    )


def window_names(months: int) -> frozenset[str]:
    """The fields of recognised income beyond so many months: they are not asked for."""
    return frozenset(f"{_RECOGNISED}{back}" for back in range(months, MOST_GRANT_MONTHS))


def _study_or_work(today: Callable[[], date]) -> _Rows:
    ways = [Choice(code=_STUDY, label="進学"), Choice(code=_WORK, label="就職")]
    return [
        ("on", "入学・就職の日(&D)", _day("入学・就職の日", today)),
        ("way", "進路(&W)", ChoiceField("進路", ways, required=True)),
        ("moves_out", "", QCheckBox("進学・就職のために転居する(&O)")),
    ]


def _livelihood(today: Callable[[], date]) -> _Rows:
    items = [Choice(code=item, label=label) for item, label in LIVELIHOOD_ITEM.items()]
    return [
        ("item", "費目(&I)", ChoiceField("費目", items, required=True)),
        ("cost", "見積もりの額(&G)", _yen("見積もりの額", required=True)),
        ("on", "使う日(&D)", _day("使う日", today)),
    ]


def _travel(today: Callable[[], date]) -> _Rows:
    return [
        ("fare", "1回の往復の交通費(&G)", _yen("1回の往復の交通費", required=True)),
        ("trips", "回数(&C)", _count("回数", "回", required=True, lowest=1)),
        ("on", "行く日（初めの日）(&D)", _day("行く日", today)),
    ]


#: The form of each kind.
KIND_FORMS: Mapping[EstimateKind, KindForm] = {
    EstimateKind.EARNED_INCOME: KindForm(fields=_income, make=_make_income),
    EstimateKind.JOB_SEARCH: KindForm(fields=_job_search, make=_make_job_search),
    EstimateKind.INDEPENDENCE: KindForm(fields=_independence, make=_make_independence),
    EstimateKind.STUDY_OR_WORK: KindForm(
        fields=_study_or_work,
        make=lambda v: StudyOrWorkGrant(
            on=v["on"], is_work=v["way"] == _WORK, moves_out=v["moves_out"]
        ),
    ),
    EstimateKind.LIVELIHOOD: KindForm(
        fields=_livelihood,
        make=lambda v: LivelihoodAid(on=v["on"], item=LivelihoodItem(v["item"]), cost=v["cost"]),
    ),
    EstimateKind.TRAVEL: KindForm(
        fields=_travel,
        make=lambda v: TravelAid(on=v["on"], fare=v["fare"], trips=v["trips"]),
    ),
}
