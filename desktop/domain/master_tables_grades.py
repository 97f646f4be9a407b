"""The tables of office data that visit grades, legal floors and the kinds of visits read; `master_tables.py` registers them under these names."""

from __future__ import annotations

from desktop.domain.master_fields import LABEL, choice, number, optional, yes_no
from desktop.domain.masters import FieldKind, MasterField, MasterTable
from desktop.domain.policy_events import EVENT_SOURCE, TERM_UNIT
from desktop.domain.visit_floors import CHANGES, PART_YEAR

#: A reason of a grade that no fact tells of.
BY_HAND = "hand"

_VISIT_GRADES = MasterTable(
    name="visit_grades",
    label="訪問格付",
    key_label="格付",
    fields=(
        LABEL,
        number("visits_per_year", "年間訪問回数", "回"),
        number("interval_months", "訪問間隔の上限", "か月"),
        optional("who", "対象の目安"),
        MasterField(
            name="first_months",
            label="開始から何か月は、この格付を目安とするか（0は目安としない）",
            kind=FieldKind.NUMBER,
            unit="か月",
            required=False,
        ),
        yes_no("pauses", "入院中の月は訪問計画を止める"),
    ),
    affects="世帯の訪問格付の表示・訪問格付の提案・訪問計画",
)

_VISIT_FLOORS = MasterTable(
    name="visit_floors",
    label="訪問回数の法定の下限",
    key_label="場所（home・hospital・facility・group_home・application）",
    fields=(
        LABEL,
        number("visits_per_year", "年間訪問回数の下限", "回"),
        MasterField(
            name="within_days",
            label="申請から訪問までの日数（申請だけ）",
            kind=FieldKind.NUMBER,
            unit="日",
            required=False,
        ),
        MasterField(name="basis", label="根拠"),
    ),
    affects="訪問格付の提案と承認・訪問計画（法の下限より少なくはできません）",
)

_VISIT_EXCEPTIONS = MasterTable(
    name="visit_exceptions",
    label="訪問回数の下限の例外",
    key_label="例外コード",
    fields=(
        LABEL,
        number("fewest", "例外でも残る年間訪問回数", "回"),
        optional("note", "使えるとき"),
    ),
    affects="下限を下回る訪問格付の提案で選べる例外",
)

_VISIT_COUNTING = MasterTable(
    name="visit_counting",
    label="訪問回数の数え方",
    key_label="コード（office）",
    fields=(
        LABEL,
        choice("part_year", "1年に満たない保護", PART_YEAR),
        choice("changes", "途中で居宅・入院・入所が変わった年", CHANGES),
        yes_no("pauses_in_hospital", "入院していた日を数えない"),
    ),
    affects="保護の開始から12か月ごとに求められる訪問回数・訪問計画",
)

_GRADE_REASONS = MasterTable(
    name="grade_reasons",
    label="訪問格付の理由と見直しのきっかけ",
    key_label="理由コード",
    fields=(
        LABEL,
        MasterField(
            name="reads",
            label="読み取る事実",
            kind=FieldKind.CHOICE,
            choices=(
                (BY_HAND, "なし（提案の理由としてだけ使う）"),
                *((source.value, said) for source, said in EVENT_SOURCE.items()),
            ),
        ),
        MasterField(
            name="at",
            label="年齢・開始からの月数・続けての不在の回数・毎年の月",
            kind=FieldKind.NUMBER,
            required=False,
        ),
        MasterField(name="number", label="見直しの期限", kind=FieldKind.NUMBER, required=False),
        MasterField(
            name="term",
            label="期限の単位",
            kind=FieldKind.CHOICE,
            choices=tuple((code.value, said) for code, said in TERM_UNIT.items()),
            required=False,
        ),
    ),
    affects="訪問格付の提案の理由・格付の見直しの「やること」・見落とし点検 V17",
)

_VISIT_DEVIATION_REASONS = MasterTable(
    name="visit_deviation_reasons",
    label="訪問計画の変更の理由",
    key_label="理由コード",
    fields=(LABEL,),
    affects="承認された訪問計画を変更・取りやめ・追加するときの選択肢と、月間訪問計画・実績表（K-08）の未実施理由",
)

_VISIT_PURPOSES = MasterTable(
    name="visit_purposes",
    label="訪問の目的",
    key_label="目的コード",
    fields=(
        LABEL,
        optional(
            "sheet_label",
            "携行票での短い名称（病名・制度の名は書きません。空なら携行票に出しません）",
        ),
    ),
    affects="訪問計画（K-07・K-08）の訪問目的・持出しの作成で選ぶ目的と携行票（K-09）のチェック欄",
)

#: All of them, in the order of the settings screen.
GRADE_TABLES = (
    _VISIT_GRADES,
    _VISIT_FLOORS,
    _VISIT_EXCEPTIONS,
    _VISIT_COUNTING,
    _GRADE_REASONS,
    _VISIT_DEVIATION_REASONS,
    _VISIT_PURPOSES,
)
