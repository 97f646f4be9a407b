"""Soft hints on wording (記録の書き方): judging words, facts without a source, set phrases, actions that say nothing.

They never refuse a text. The words are office data; `resources/rules/wording.toml` and `policy_wording.toml` hold the
first sets (`domain/visits-records-approval.md` 3.3, 3.7 and 4.5).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.errors import ValidationError

# What remains of 「訪問。変わりなし。」 when these are taken out is nothing: rule R05.
_PHRASES = (
    "定期|家庭|訪問|面談|面接|実施|本人|世帯主|主|在宅|特に|特段|現在|前回|同様|生活状況|生活|状況|健康|体調|様子|近況|"
    "変わり|変化|変動|異状|異常|問題|特記事項|特記|無し|無い|無く|なし|ない|なく|良好|元気|"
    "確認|聴取|聞く|伺う|継続|経過|観察|見守り|引き続き|引続き|以上|済み|済|"
    "しました|ありません|あり|した|する|して|です|とのこと|との事|ため|から|より|に|は|も|が|を|の|で|と|し"
)
_SET_PHRASES = re.compile(_PHRASES)
#: A letter that stands in no set phrase: one look tells most texts apart.
_OTHER_LETTER = re.compile(rf"[^{''.join(sorted(set(_PHRASES) - {'|'}))}\W_]")
#: Between the words of one value of the office's table.
WORD_SEPARATOR = "・"
_SENTENCE_END = re.compile(r"[。！？\n]")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingRule:
    """A word to reconsider and the sentence shown for it.

    `alone`: only where the text says nothing else. `unless`: not where the sentence holds one of these words, which
    say what is asked for. `not_in`: not as part of these words.
    """

    word: str
    hint: str
    alone: bool = False
    unless: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingHint:
    """Where a word stands in the text (`start` to `end`, in characters) and the sentence about it."""

    start: int
    end: int
    hint: str


def parse_rules(toml: str) -> tuple[WordingRule, ...]:
    """Read a rules file (`[[group]]` with `hint`, `words` and the limits of a rule); ValidationError if it is none."""
    try:
        groups = tomllib.loads(toml)["group"]
        return tuple(
            WordingRule(
                word=str(word),
                hint=str(group["hint"]),
                alone=group.get("alone") is True,
                unless=tuple(map(str, group.get("unless", ()))),
                not_in=tuple(map(str, group.get("not_in", ()))),
            )
            for group in groups
            for word in group["words"]
            if word
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ValidationError("記録の言葉の設定ファイルを読み取れません。") from error


def hints(text: str, words: Sequence[WordingRule]) -> tuple[WordingHint, ...]:
    """Find every word in the text, in order; of words that overlap only the longest counts."""
    by_word = {rule.word: rule for rule in words}
    if not by_word:
        return ()
    known = by_word.keys() | {word for rule in words for word in rule.not_in}
    pattern = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))
    return tuple(
        WordingHint(start=found.start(), end=found.end(), hint=by_word[found[0]].hint)
        for found in pattern.finditer(text)
        if found[0] in by_word and _holds(by_word[found[0]], text, found.start(), found.end())
    )


def _holds(rule: WordingRule, text: str, start: int, end: int) -> bool:
    """Whether a rule speaks where its word stands."""
    if rule.alone and not is_set_phrase_only(text[:start] + text[end:]):
        return False
    before, after = _SENTENCE_END.split(text[:start])[-1], _SENTENCE_END.split(text[end:], 1)[0]
    return not any(word in before + after for word in rule.unless)


def is_set_phrase_only(text: str) -> bool:
    """Whether a record says nothing but set phrases (「訪問。変わりなし。」), as rule R05 asks; an empty one does too."""
    plain = unicodedata.normalize("NFKC", text)
    if _OTHER_LETTER.search(plain):
        return False
    return not _SET_PHRASES.sub("", _SIGNS.sub("", plain))
