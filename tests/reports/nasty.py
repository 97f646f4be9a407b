"""Texts that hostile files, broken exports and long lives put into a form."""

from __future__ import annotations

from collections.abc import Mapping

_SENTENCE = (
    "居間で本人から話を聞いた。顔色は良く、「膝の痛みが楽になった。」とのこと（前回60.2kg）。"
)
#: 60 characters of a name, each third one a variant, with one beyond the first plane and a compatibility one.
LONG_NAME = ("葛\U000e0100𠮷﨑邉\U000e0100髙神辻\U000e0100祇\U000e0101" * 9)[:91]
#: 4,000 characters of a record.
NARRATIVE = (("　" + _SENTENCE * 4 + "\n") * 24)[:4000]

NASTY: Mapping[str, str] = {
    "controls": "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0)))),
    "nul": "前\0後",
    "bidi": "右\u202eから\u202c左\u2066へ\u2069\u200f\u200e\u061c",
    "arabic": "السلام עליכם ไทย हिन्दी",
    "marks": "か\u3099き\u3099は\u309ae\u0301q\u0308\u0301Z\u0361̈" + "a" + "\u0301" * 40,
    "emoji": "👨\u200d👩\u200d👧\u200d👦🏳️\u200d🌈👍🏽☎\ufe0f✌︎🇯🇵1\ufe0f\u20e3",
    "surrogates": "壊\ud800れ\udfffた\udc00\ud800",
    "noncharacters": "\ufffe\uffff\U0001fffe\U0010ffff\ue000\U000f0000\U00100000",
    "pdf": ")(\\<<>>[]{}/%\\)\\(endstream endobj\nBT ET Q q <41> Tj /J1 0 Tf stream\r\n%%EOF",
    "xml": "<w:t>&amp;&#x0;<![CDATA[]]></w:t><!-- -->&lt;",
    "variants": "葛\U000e0100葛\U000e0101邉\U000e0100辻\U000e0100葛\U000e01ef\U000e0100葛\ufe00𠮷野家𩸽",
    "vertical": "︵見本︶﹁架空﹂︱︙ー（）「」、。",
    "half_width": "ﾊﾝｶｸ ｶﾞｷﾞ ﾊﾟ ＡＢＣ１２３　￥100,000円 ㈱ ㍻ ㋿ Ⅷ ①",
    "compatibility": "神福塚𠀀𪚥㐂﨟ﬁﬀ",
    "latin_word": "A" * 2000,
    "closing_signs": "、。」）" * 200,
    "kanji_without_break": "々ー…" * 300,
    "line_feeds": "\n" * 2000,
    "mixed_line_ends": "一\r\n二\r三\v四\f五\x85六\u2028七\u2029八",
    "tabs": "\t左\t\t右\t",
    "wide_spaces": "　　字下げ　　" + "　" * 300 + "末",
    "spaces": " " * 500 + "末" + "\u3000\u2003\u00a0\u200a\u205f",
    "long_name": LONG_NAME,
    "narrative": NARRATIVE,
}
