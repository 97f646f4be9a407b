"""What may stand in a letter of instruction (K-15): each item complete, nothing left to earlier talk, no support group.

What is not written in the letter is no part of the instruction, even if it was said before (最判平成26年10月23日).
PostgreSQL refuses by the same patterns (`app.letter_refusal`); a test holds them alike.
"""

from __future__ import annotations

import re
import unicodedata

#: 等 as a catch-all: not within words that have the character for itself.
CATCH_ALL = "(?<![平均同対上高初中優劣一二三])等(?![級しい分価身高式号圏])|など|その他|そのほか"
#: Pointing at what was said before.
EARLIER_TALK = (
    "(前回|先日|以前|これまで|既に|すでに|先に|口頭で|かねて|従前)[^。]{0,14}"
    "(とおり|通り|ように|伝え|話し|話した|指導|指示|説明|約束)"
)
#: Groups and motivation codes of judging support.
GROUP_WORDS = "G[0-4WX][abc]?(?![A-Za-z0-9])|支援区分|稼働余地|意欲形成|自走"
GROUP_IS_NO_EVIDENCE = (
    "支援区分や意欲の区分は、判断や指導指示の根拠にも中身にもなりません。事実を書いてください。"
)
#: Pattern and sentence; the first is for items alone. Seeded into PostgreSQL in this order.
SENTENCES = (
    (
        CATCH_ALL,
        "「等」「など」「その他」で済ませず、することを一つずつ書いてください。書かれていないことは指示になりません。",
    ),
    (
        EARLIER_TALK,
        "前に話したことに頼らず、指示の中身をこの文書だけで分かるように書いてください。",
    ),
    (GROUP_WORDS, GROUP_IS_NO_EVIDENCE),
)
_ACTION_END = (
    "(する|行く|出す|受ける|来る|ください|こと|会う|届ける|示す|伝える|参加する|応じる)。?$"
)


def letter_refusal(text: str, *, is_item: bool) -> str:
    """Why these words cannot stand in a letter; "" where they can. The catch-all is looked for in items alone."""
    folded = unicodedata.normalize("NFKC", text)
    for pattern, sentence in SENTENCES if is_item else SENTENCES[1:]:
        if re.search(pattern, folded):
            return sentence
    return ""


def group_refusal(text: str) -> str:
    """Why these words cannot be a legal finding's; "" where they can."""
    folded = unicodedata.normalize("NFKC", text)
    return GROUP_IS_NO_EVIDENCE if re.search(GROUP_WORDS, folded) else ""


def lacks_verb(action: str) -> bool:
    """Whether an item does not end as something to be done: a hint, never a refusal."""
    return re.search(_ACTION_END, action.strip()) is None
