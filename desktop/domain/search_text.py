"""The search over what was written (全文検索): which texts are the same, and what somebody asks for.

Texts are compared after `fold_text`: width, case, kana, old characters, punctuation and the era of a date do not matter.
PostgreSQL folds by itself (`security/search_sql.py` makes its functions of the constants here); a test holds that both say the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from desktop.domain.errors import ValidationError
from desktop.domain.old_forms import EVERYDAY_FORMS

#: What a query may be long; with the words that mean the same, as it is kept with its ticket.
LONGEST_QUERY, LONGEST_TICKET = 200, 600
MOST_TERMS = 10
_NO_TERM = "探す言葉を入力してください。「-」を付けた言葉だけでは探せません。"
_TOO_LONG = f"探す言葉は{MOST_TERMS}個まで、あわせて{LONGEST_QUERY}字までにしてください。"

#: Year before the first one of an era, by its name and by its letter.
ERA_BEFORE = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "明治": 1867,
    "r": 2018,
    "h": 1988,
    "s": 1925,
    "t": 1911,
    "m": 1867,
}
_MONTH, _DAY = "(1[0-2]|0?[1-9])", "(3[01]|[12][0-9]|0?[1-9])"
#: A year, month or day as people write it. Groups: era, its year, western year, month and day by words, by signs.
DATE = (
    "(?:(令和|平成|昭和|大正|明治|[rhstm]) ?([0-9]{1,2}|元)|((?:19|20)[0-9]{2}))"
    f"(?: ?年(?: ?{_MONTH} ?月(?: ?{_DAY} ?日)?)?|[./-]{_MONTH}(?:[./-]{_DAY})?(?![0-9]))"
)
#: A date begins here: no digit and no letter before it.
DATE_BEGINS = "(?<![0-9a-z])"
#: Spaces, punctuation, symbols and marks that choose a shape: nobody searches for them.
DROPPED = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u036f\u2000-\u2bff\u2e00-\u2e7f"
    r"\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\u3099-\u309c\u30a0\u30fb\ufe00-\ufe6f\U000e0100-\U000e01ef]"
)
#: What a date begins with as it is written, in either width.
_DATE_SIGNS = frozenset("令平昭大明RHSTMrhstmＲＨＳＴＭｒｈｓｔｍ12１２")
_DATE = re.compile(DATE_BEGINS + DATE)
#: A month, or a day of it, in a year of an era that is not named.
_NO_ERA = re.compile("([1-9]|[1-6][0-9]|元)年((?:1[0-2]|[1-9])月(?:(?:3[01]|[12][0-9]|[1-9])日)?)")
_DROPPED = re.compile(DROPPED)
_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_QUOTES = str.maketrans("“”„‟「」『』", '""""""""')
_LATIN_GREEK_CYRILLIC = ((0xC0, 0x24F), (0x370, 0x4FF), (0x1E00, 0x1EFF))


def _kana() -> dict[str, str]:
    """Katakana as hiragana; small ヵ and ヶ as か and け, of either kind."""
    found = {chr(code): chr(code - 0x60) for code in range(ord("ァ"), ord("ヵ"))}
    return {**found, "ヵ": "か", "ヶ": "け", "\u3095": "か", "\u3096": "け"}


def _rare() -> dict[str, str]:
    """Old forms, and letters with a mark or written large beyond a to z."""
    found = dict(EVERYDAY_FORMS)
    for first, last in _LATIN_GREEK_CYRILLIC:
        for sign in map(chr, range(first, last + 1)):
            plain = unicodedata.normalize("NFD", sign)[0].lower()
            if len(plain) == 1 and plain != sign:
                found[sign] = plain
    return found


KANA = _kana()
RARE = _rare()
_LETTERS = str.maketrans({**{chr(c): chr(c + 32) for c in range(65, 91)}, **KANA, **RARE})


def fold_text(text: str) -> str:
    """The text as it is compared: one line without spaces, dates with the western year (R6.4 is 2024年4月)."""
    plain = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    return _DROPPED.sub("", _DATE.sub(_western, plain))


def grams(folded: str) -> frozenset[str]:
    """All windows of two characters of each line, and its last character alone."""
    return frozenset(
        line[at : at + 2] for line in folded.split("\n") for at in range(len(line)) if line
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word or phrase of a query, folded. An excluded one must not stand in what is found.

    `also` are words of the office that mean the same (言い換え): any of them will do.
    """

    word: str
    is_excluded: bool = False
    also: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The word and those that mean the same."""
        return (self.word, *self.also)


def read_query(text: str) -> tuple[Term, ...]:
    """Words parted by spaces all count; "…" keeps a phrase together, - before a word leaves out what has it.

    Raises ValidationError for `words` where nothing is asked for, or too much.
    """
    terms = tuple(dict.fromkeys(_terms(text)))
    if all(term.is_excluded for term in terms):
        raise ValidationError(words=_NO_TERM)
    if len(terms) > MOST_TERMS or len(canonical(terms)) > LONGEST_QUERY:
        raise ValidationError(words=_TOO_LONG)
    return terms


def canonical(terms: tuple[Term, ...]) -> str:
    """The query as the ticket keeps it and as the database reads it: folded words, - before those left out.

    | stands between words that mean the same; no folded word has any of these signs.
    """
    return " ".join(f"{'-' if term.is_excluded else ''}{'|'.join(term.words)}" for term in terms)


def read_canonical(text: str) -> tuple[Term, ...]:
    """The query that a ticket keeps."""
    terms = []
    for part in text.split(" "):
        word, *also = part.removeprefix("-").split("|")
        terms.append(Term(word=word, is_excluded=part.startswith("-"), also=tuple(also)))
    return tuple(terms)


def widened(terms: tuple[Term, ...], groups: Iterable[Sequence[str]]) -> tuple[Term, ...]:
    """The query with what the office says means the same; a word left out stays as it is, and so does one too long to keep."""
    same: dict[str, dict[str, None]] = {}
    for group in groups:
        folded = [word for word in map(fold_text, group) if word]
        for word in folded:
            same.setdefault(word, {}).update(dict.fromkeys(folded))
    found = list(terms)
    for at, term in enumerate(terms):
        also = tuple(word for word in same.get(term.word, ()) if word != term.word)
        if also and not term.is_excluded:
            found[at] = replace(term, also=also)
            if len(canonical(tuple(found))) > LONGEST_TICKET:
                found[at] = term
    return tuple(found)


def with_eras(terms: tuple[Term, ...], year: int) -> tuple[Term, ...]:
    """A month written without its era (6年4月) is looked for in the newest era whose year has come by `year`, too."""
    return tuple(
        term
        if term.is_excluded or (dated := _in_newest_era(term.word, year)) is None
        else replace(term, also=(*term.also, dated))
        for term in terms
    )


def era_words(folded: str) -> str:
    """A folded year with what follows, as it is said in its newest era: 2024年4月 is 令和6年4月."""
    year, rest = folded.split("年", 1)
    era, before = next((e, b) for e, b in ERA_BEFORE.items() if b < int(year))
    return f"{era}{int(year) - before}年{rest}"


def says(folded: str, terms: tuple[Term, ...]) -> bool:
    """The slow, exact answer: whether a folded text is what the query asks for."""
    return all(any(word in folded for word in t.words) is not t.is_excluded for t in terms)


def marked(text: str, terms: tuple[Term, ...], width: int = 70) -> tuple[tuple[str, bool], ...]:
    """A piece of the text around the first hit, in parts; True where the part is a hit."""
    wanted = {word for term in terms if not term.is_excluded for word in term.words}
    hits = sorted({hit for word in wanted for hit in _places(text, word)})
    begin = max(0, (hits[0][0] if hits else 0) - width // 4)
    end = min(len(text), begin + width)
    parts: list[tuple[str, bool]] = [("…", False)] if begin else []
    at = begin
    for first, last in hits:
        if first >= at and last <= end:
            parts += [(text[at:first], False), (text[first:last], True)]
            at = last
    parts += [(text[at:end], False), ("…" if end < len(text) else "", False)]
    return tuple((part.replace("\n", " "), is_hit) for part, is_hit in parts if part)


def _terms(text: str) -> Iterator[Term]:
    plain = unicodedata.normalize("NFKC", text.replace("−", "-")).translate(_QUOTES)
    for found in _TERM.finditer(plain):
        word = fold_text(found[2] if found[2] is not None else found[3])
        if word:
            yield Term(word=word, is_excluded=bool(found[1]))


def _in_newest_era(word: str, year: int) -> str | None:
    found = _NO_ERA.fullmatch(word)
    if found is None:
        return None
    number = 1 if found[1] == "元" else int(found[1])
    before = next((b for b in ERA_BEFORE.values() if b + number <= year), None)
    return None if before is None else f"{before + number}年{found[2]}"


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word stands in the text as written: the shortest pieces whose folded form begins with it."""
    reach = len(word) * 2 + 8
    begin = _base(word[:1])
    for first in range(len(text)):
        # A date may begin with any of its signs, everything else with the word's own first one.
        may_begin = _base(text[first]) == begin or (begin in "12" and text[first] in _DATE_SIGNS)
        if may_begin and fold_text(text[first : first + reach]).startswith(word):
            pieces = range(first + 1, min(len(text), first + reach) + 1)
            yield (
                first,
                next(last for last in pieces if fold_text(text[first:last]).startswith(word)),
            )


@lru_cache(maxsize=4096)
def _base(text: str) -> str:
    """The first sign of a folded text without its voicing mark, "" for what is dropped."""
    return unicodedata.normalize("NFD", fold_text(text)[:1])[:1]


def _western(found: re.Match[str]) -> str:
    era, year, western, month, day, month_too, day_too = found.groups()
    number = int(western) if era is None else ERA_BEFORE[era] + (1 if year == "元" else int(year))
    parts = zip((month or month_too, day or day_too), "月日", strict=True)
    return f"{number}年" + "".join(f"{int(value)}{unit}" for value, unit in parts if value)
