"""The tables of office data that case files, papers, policies and declarations read; `master_tables.py` registers them under these names."""

from __future__ import annotations

from desktop.domain.declarations import DECLARATION_KIND
from desktop.domain.master_fields import LABEL, choice, number, optional, yes_no
from desktop.domain.masters import FieldKind, MasterField, MasterTable
from desktop.domain.policy_events import EVENT_SOURCE, TERM_UNIT

_HOLIDAYS = MasterTable(
    name="holidays",
    label="閉庁日",
    key_label="年月日（2024-12-29 の形）",
    fields=(LABEL,),
    affects="翌営業日・期限の計算",
)

_READING_REASONS = MasterTable(
    name="reading_reasons",
    label="担当外の世帯を開く理由",
    key_label="コード",
    fields=(LABEL,),
    affects="担当外のケースファイルを開くときの選択肢と閲覧の記録",
)

_RETENTION = MasterTable(
    name="retention",
    label="保存年限",
    key_label="区分（closed_case・application_only）",
    fields=(
        LABEL,
        number("years", "保存年数", "年"),
        yes_no("from_fiscal_year", "翌年度の4月1日から数える"),
    ),
    affects="廃棄簿に載せられる世帯（確認済みの値だけが使われます）",
)

_PAPER_KINDS = MasterTable(
    name="paper_kinds",
    label="受領書類の種類",
    key_label="種類コード",
    fields=(LABEL,),
    affects="窓口で受け取る書類の選択肢と受領簿",
)

_REVIEW_EVENTS = MasterTable(
    name="review_events",
    label="援助方針の見直しのきっかけ",
    key_label="コード",
    fields=(
        LABEL,
        choice("reads", "読み取る事実", EVENT_SOURCE),
        MasterField(
            name="age", label="年齢（年齢に達した日だけ）", kind=FieldKind.NUMBER, required=False
        ),
        number("number", "見直しの期限"),
        choice("term", "期限の単位", TERM_UNIT),
    ),
    affects="援助方針の見直し期限・やること・見落とし点検 P04",
)

_OTHER_PROGRAMMES = MasterTable(
    name="other_programmes",
    label="他法他施策の点検項目",
    key_label="項目コード",
    fields=(
        LABEL,
        number("from_age", "何歳から（0は下限なし）", "歳"),
        number("to_age", "何歳まで（0は上限なし）", "歳"),
        optional("note", "確かめること"),
    ),
    affects="他法他施策点検表（K-24）に並ぶ項目と、年齢による候補の印",
)

_READINGS = MasterTable(
    name="readings",
    label="ふりがな",
    key_label="言葉（漢字で始まるもの）",
    fields=(MasterField(name="reading", label="読み（ひらがな）"),),
    affects="援助方針説明書（K-06）をふりがな付きで印刷するときの読み",
)

_POLICY_WORDING = MasterTable(
    name="policy_wording",
    label="援助方針の言葉の注意",
    key_label="言葉",
    fields=(
        MasterField(name="hint", label="注意の文"),
        yes_no("alone", "その言葉だけのときに出す"),
        optional("unless", "同じ文にあれば出さない言葉（・で区切る）"),
        optional("not_in", "その一部なら出さない言葉（・で区切る）"),
    ),
    affects="援助方針を書くときの注意の表示（保存は止めません）",
)

_DECLARATION_CYCLES = MasterTable(
    name="declaration_cycles",
    label="申告の周期",
    key_label="周期コード",
    fields=(
        LABEL,
        choice("kind", "申告の種類", DECLARATION_KIND),
        number("months", "何か月ごと（12か月以内）", "か月"),
        number("due_days", "月末から提出期限まで", "日"),
        optional("who", "対象の目安"),
    ),
    affects="申告の期限の表・お願いの手紙・見落とし点検",
)

#: All of them, in the order of the settings screen.
FILE_TABLES = (
    _HOLIDAYS,
    _READING_REASONS,
    _RETENTION,
    _PAPER_KINDS,
    _REVIEW_EVENTS,
    _OTHER_PROGRAMMES,
    _READINGS,
    _POLICY_WORDING,
    _DECLARATION_CYCLES,
)
