"""The tables of office data that records, policies and their approval read; `master_tables.py` registers them under these names."""

from __future__ import annotations

from desktop.domain.labels import METHOD, PLACE, SEGMENT
from desktop.domain.master_fields import LABEL, choice, number, optional, yes_no
from desktop.domain.masters import FieldKind, MasterField, MasterTable
from desktop.domain.records import SegmentKind
from desktop.domain.roles import APPROVING_POSITIONS, ROLE_LABELS

#: What an entry kind can ask for beside its text: code and label.
ASKS: tuple[tuple[str, str], ...] = (
    ("times", "開始・終了の時刻"),
    ("place", "場所"),
    ("met", "相手"),
    ("went", "対応した職員"),
    ("result", "結果"),
    ("promises", "約束・宿題"),
)

#: Segments that people write; the others come from take-over and from corrections.
WRITTEN_SEGMENTS = tuple(
    s for s in SegmentKind if s not in {SegmentKind.LEGACY, SegmentKind.REASON}
)

_SEGMENT_CHOICES = tuple((s.value, SEGMENT[s]) for s in WRITTEN_SEGMENTS)


def _lines(segment: SegmentKind) -> int:
    return 1 if segment is SegmentKind.SUBJECT else 2


_ENTRY_KINDS = MasterTable(
    name="entry_kinds",
    label="記録種別",
    key_label="種別コード",
    fields=(
        LABEL,
        choice("method", "方法", METHOD),
        choice("place", "場所の初期値", PLACE),
        MasterField(
            name="segments", label="書く欄", kind=FieldKind.CODES, choices=_SEGMENT_CHOICES
        ),
        MasterField(
            name="asks", label="たずねる項目", kind=FieldKind.CODES, choices=ASKS, required=False
        ),
        MasterField(
            name="result_codes", label="使う結果コード", kind=FieldKind.CODES, required=False
        ),
        optional("default_result", "結果コードの初期値"),
        yes_no("in_bulk", "まとめて承認できる"),
        optional("subject", "件名の初期値"),
    ),
    affects="記録の入力画面・種別の一覧・まとめ承認",
)

_RESULT_CODES = MasterTable(
    name="result_codes",
    label="結果コード",
    key_label="コード",
    fields=(
        LABEL,
        yes_no("counts", "訪問として数える"),
        yes_no("is_absence", "不在として数える"),
        yes_no("needs_revisit", "再訪問の日を必ず決める"),
        yes_no("is_urgent", "当日中に査察指導員と確かめる"),
        optional("next_step", "次にすること"),
    ),
    affects="訪問実績・連続不在回数・最終面接日",
)

_TEMPLATES = MasterTable(
    name="templates",
    label="記録の文例",
    key_label="種別コード",
    fields=tuple(
        MasterField(name=s.value, label=SEGMENT[s], required=False, lines=_lines(s))
        for s in WRITTEN_SEGMENTS
    ),
    affects="新しく書く記録の初期の文章（{世帯主} {家族} {担当} {前回面接日} {今日} が使えます）",
)

_PHRASES = MasterTable(
    name="phrases",
    label="定型句",
    key_label="略語（英字・数字・かな。記録では ; に続けて打ちます）",
    fields=(
        LABEL,
        optional("reading", "よみ（かなで打つときの略語）"),
        MasterField(name="text", label="文（良い例）", lines=3),
        MasterField(
            name="segments",
            label="使う欄（空ならどの欄でも）",
            kind=FieldKind.CODES,
            choices=_SEGMENT_CHOICES,
            required=False,
        ),
        MasterField(name="bad_example", label="悪い例", required=False, lines=2),
        MasterField(name="why", label="悪い例のどこを直すか", required=False, lines=2),
    ),
    affects="記録を書くときの定型句（{世帯主} {家族} {担当} {前回面接日} {今日} {次回予定} {相手} が使えます）",
)

_WORDING = MasterTable(
    name="wording",
    label="言葉の注意",
    key_label="言葉",
    fields=(MasterField(name="hint", label="注意の文"),),
    affects="記録を書くときの注意の表示（保存は止めません）",
)

_ROUTES = MasterTable(
    name="routes",
    label="決裁ルート",
    key_label="対象（entry または entry.種別コード）",
    fields=(
        LABEL,
        MasterField(
            name="positions",
            label="決裁する職位（下位から順に）",
            kind=FieldKind.CODES,
            choices=tuple((p.value, ROLE_LABELS[p]) for p in APPROVING_POSITIONS),
        ),
    ),
    affects="これから提出される記録の決裁",
)

_THRESHOLDS = MasterTable(
    name="thresholds",
    label="しきい値",
    key_label="項目",
    fields=(LABEL, number("number", "値"), optional("unit", "単位")),
    affects="見落とし点検・遡及記録の印・回答期限",
)

#: All of them, in the order of the settings screen.
_SEARCH_SYNONYMS = MasterTable(
    name="search_synonyms",
    label="検索の言い換え",
    key_label="コード",
    fields=(MasterField(name="words", label="同じものとして探す言葉（「、」で区切る）", lines=2),),
    affects="検索（どれか一つを入れると、ほかの言葉でも探します。検索のたびに外せます）",
)

RECORD_TABLES = (
    _ENTRY_KINDS,
    _RESULT_CODES,
    _TEMPLATES,
    _PHRASES,
    _WORDING,
    _SEARCH_SYNONYMS,
    _ROUTES,
    _THRESHOLDS,
)
