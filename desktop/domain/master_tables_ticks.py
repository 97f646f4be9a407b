"""The tables of office data of ticks that become sentences (チェック→文); `master_tables.py` registers them under these names."""

from __future__ import annotations

from desktop.domain.labels import SEGMENT
from desktop.domain.master_fields import LABEL, choice, number, optional
from desktop.domain.masters import FieldKind, MasterField, MasterTable
from desktop.domain.records import SegmentKind
from desktop.domain.ticks import ENDING, JOINING, TICK_GROUP

_NO_SEGMENT = ("", "出所で決める")
#: Parts of an entry into which a sentence of a tick may go.
TICK_SEGMENTS = tuple(
    s for s in SegmentKind if s not in {SegmentKind.SUBJECT, SegmentKind.LEGACY, SegmentKind.REASON}
)

_SUBJECTS = MasterTable(
    name="tick_subjects",
    label="チェックの項目",
    key_label="項目コード",
    fields=(
        LABEL,
        MasterField(name="topic", label="確認できなかったときの言い方"),
        optional(
            "words", "記録の文にあれば「書いてある」とみなす言葉（、で区切る。空なら項目の名）"
        ),
        MasterField(
            name="answers",
            label="答え（1行に「短い言葉｜文」。文は「だ・である」で、句点なし。{回数}のような書込みは一つまで）",
            lines=6,
        ),
        MasterField(name="usual_source", label="ふだんの出所コード"),
        MasterField(
            name="segment",
            label="書く欄",
            kind=FieldKind.CHOICE,
            choices=(_NO_SEGMENT, *((s.value, SEGMENT[s]) for s in TICK_SEGMENTS)),
            required=False,
        ),
        MasterField(
            name="groups",
            label="確かめる世帯（なければ全世帯）",
            kind=FieldKind.CODES,
            choices=tuple((str(code), said) for code, said in TICK_GROUP.items()),
            required=False,
        ),
        number("order", "並び順", ""),
    ),
    affects="訪問で確かめること（記録のチェックの項目と文・訪問前のまとめの「聞くこと」）",
)
_SOURCES = MasterTable(
    name="tick_sources",
    label="チェックの出所",
    key_label="出所コード",
    fields=(
        LABEL,
        MasterField(name="letter", label="選ぶキー（英字1字）"),
        MasterField(name="plain", label="文の形（だ・である）。{文}か{普通形}を一つ"),
        MasterField(name="polite", label="文の形（です・ます）。{文}か{普通形}を一つ"),
        choice("segment", "書く欄", {s: SEGMENT[s] for s in TICK_SEGMENTS}),
        optional("said_as", "「事実の出所」に書く言葉"),
        number("order", "並び順", ""),
    ),
    affects="記録のチェックの出所と、事実・本人の発言などの書き分け",
)
_ENDINGS = MasterTable(
    name="tick_endings",
    label="チェックの語尾",
    key_label="だ・であるの語尾",
    fields=(
        MasterField(name="polite", label="です・ますの語尾"),
        MasterField(name="linking", label="文が続くときの形"),
    ),
    affects="記録のチェックの文の語尾（長い語尾から合わせます）",
)
_STYLE = MasterTable(
    name="tick_style",
    label="チェックの文体",
    key_label="コード（office）",
    fields=(
        choice("ending", "文体", ENDING),
        choice("joining", "文の並べ方", JOINING),
        MasterField(name="not_confirmed_plain", label="確認できなかったとき（だ・である）"),
        MasterField(name="not_confirmed_polite", label="確認できなかったとき（です・ます）"),
    ),
    affects="記録のチェックから作る文",
)

TICK_TABLES: tuple[MasterTable, ...] = (_SUBJECTS, _SOURCES, _ENDINGS, _STYLE)
