"""The tables of office data that estimates about work (試算) read; `master_tables.py` registers them under these names."""

from __future__ import annotations

from desktop.domain.master_fields import LABEL, NOTE, number
from desktop.domain.masters import FieldKind, MasterField, MasterTable

_WORK_PARAMETERS = MasterTable(
    name="work_parameters",
    label="就労の試算の金額・日数",
    key_label="項目",
    fields=(
        LABEL,
        number("number", "値（空欄の間は試算しません）", required=False),
        MasterField(name="word", label="区分のコード（値が数でないとき）", required=False),
        MasterField(name="unit", label="単位", required=False),
        NOTE,
    ),
    affects="試算・給付（値がないときは、足りない項目を示して試算しません）",
)

_WORK_DEDUCTIONS = MasterTable(
    name="work_deductions",
    label="基礎控除の表（kiso.table）",
    key_label="表・下限額（例：1.15200。1は1人目、2は2人目以降）",
    fields=(
        MasterField(name="is_whole", label="収入の全額を控除", kind=FieldKind.YES_NO),
        number("deduction", "控除額", "円"),
        number("step", "刻み（0は刻みなし）", "円"),
        number("step_deduction", "1刻みごとに加える控除額", "円"),
        NOTE,
    ),
    affects="試算・給付の収入認定と手取り",
)

_WORK_GRANT_RATES = MasterTable(
    name="work_grant_rates",
    label="就労自立給付金の率（jiritsu.rate_table）",
    key_label="就労開始から何か月目から（例：1、4）",
    fields=(number("percent", "収入認定額に掛ける率", "％"), NOTE),
    affects="試算・給付の就労自立給付金",
)

_DOCTOR_QUESTIONS = MasterTable(
    name="doctor_questions",
    label="医師への質問（病状照会）",
    key_label="質問コード（並び順）",
    fields=(
        MasterField(name="label", label="質問", lines=2),
        MasterField(name="choices", label="選べる答え（・で区切る）", required=False),
        NOTE,
    ),
    affects="これからの病状照会の質問と、病状照会書（S-07）・検診書（K-18）",
)

EMPLOYMENT_TABLES: tuple[MasterTable, ...] = (
    _WORK_PARAMETERS,
    _WORK_DEDUCTIONS,
    _WORK_GRANT_RATES,
    _DOCTOR_QUESTIONS,
)
