"""The office's tables of the monthly papers (毎月の書類); `master_tables.py` registers them under these names."""

from __future__ import annotations

from desktop.domain.master_fields import LABEL, number, yes_no
from desktop.domain.masters import FieldKind, MasterField, MasterTable
from desktop.domain.monthly_papers import PAPER_WHY
from desktop.domain.support_groups import SupportGroup

#: G1 stands for its three kinds.
_GROUPS = (("G1", "G1"), *((group.value, group.value) for group in SupportGroup))


def _groups(name: str, label: str) -> MasterField:
    return MasterField(
        name=name, label=label, kind=FieldKind.CODES, choices=_GROUPS, required=False
    )


_MONTHLY_PAPERS = MasterTable(
    name="monthly_papers",
    label="毎月の書類",
    key_label="書類コード",
    fields=(
        LABEL,
        MasterField(name="paper_kind", label="受領書類の種類コード"),
        MasterField(
            name="why",
            label="お願いする人",
            kind=FieldKind.CHOICE,
            choices=tuple((why.value, said) for why, said in PAPER_WHY.items()),
        ),
        _groups("groups", "支援区分（決まった区分だけで見ます）"),
        _groups("short_groups", "簡易な様式でよい支援区分"),
        number("due_day", "翌月の提出期限", "日"),
        number("order", "並び順", ""),
    ),
    affects="毎月の書類の表に並ぶ列と期限（収入申告は「申告の周期」で決まります）",
)
_MONTHLY_REASONS = MasterTable(
    name="monthly_reasons",
    label="毎月の書類が出ない理由",
    key_label="理由コード",
    fields=(
        LABEL,
        yes_no("asks_safety", "安否確認のやることを作る"),
        number("order", "並び順", ""),
    ),
    affects="毎月の書類の理由の選択肢（理由で区分・金額・手続が変わることはありません）",
)
_MONTHLY_NUMBERS = MasterTable(
    name="monthly_numbers",
    label="毎月の書類の日数",
    key_label="項目コード",
    fields=(LABEL, number("number", "値", ""), MasterField(name="unit", label="単位")),
    affects="案内・催促の段階、はがきの日付、見落とし点検 E20・E21",
)
_MONTHLY_REPLACEMENTS = MasterTable(
    name="monthly_replacements",
    label="支援記録で代える書類",
    key_label="コード",
    fields=(
        LABEL,
        MasterField(name="paper", label="書類コード（毎月の書類）"),
        _groups("groups", "支援区分（決まった区分だけで見ます）"),
        number("acts", "その月に必要な支援活動の件数（0は代えない）", "件"),
        MasterField(
            name="kinds",
            label="数える支援活動の種類コード（・で区切る。空欄はすべて）",
            required=False,
        ),
        yes_no("only_supporters", "就労支援員がした活動だけを数える"),
    ),
    affects="毎月の書類の表で、書類の代わりに支援記録でよいとする月（表に「支援記録で代える」と出ます）、見落とし点検 E20・E21",
)


def _sentence(name: str, label: str, lines: int = 2) -> MasterField:
    return MasterField(name=name, label=label, required=False, lines=lines)


_CARD_LANGUAGES = MasterTable(
    name="card_languages",
    label="書類のご案内（S-33）の言葉",
    key_label="コード",
    fields=(
        MasterField(name="label", label="選ぶときの名前"),
        yes_no("has_readings", "ふりがなを付ける（読みは「ふりがな」の設定値）"),
        _sentence("title", "表題（空欄の文は、いつもの文）", 1),
        _sentence("soon", "期限の前の文"),
        _sentence("late", "期限を過ぎたときの文"),
        _sentence("paper", "書類の行", 1),
        _sentence("how", "書くことがないときの文"),
        _sentence("help", "困ったときの文"),
        _sentence("crossed", "行き違いの文"),
        _sentence("staff", "「担当」の見出し", 1),
        _sentence("phone", "「電話」の見出し", 1),
    ),
    affects="毎月の書類で印刷するはがき（S-33）の言葉の選択肢。差し込み：{day} {date} {month} {ym} {paper}",
)

MONTHLY_TABLES: tuple[MasterTable, ...] = (
    _MONTHLY_PAPERS,
    _MONTHLY_REASONS,
    _MONTHLY_NUMBERS,
    _MONTHLY_REPLACEMENTS,
    _CARD_LANGUAGES,
)
