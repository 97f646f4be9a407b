"""Breaking Japanese text into lines (禁則処理, after JIS X 4051).

No line starts with a closing sign or small kana, none ends with an opening sign, numbers and Latin words stay whole, a
full stop or comma may hang over the edge by its own width (ぶら下げ), and the full-width space that starts a paragraph is kept.
A line is never wider than asked, the hanging mark apart: where no permitted place exists, the text is cut by characters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from desktop.reports.characters import clusters

_CLOSING = frozenset("!%),.:;?]}’”、。〉》」』】〕〗〙〟！％），．：；？］｝｡｣､°′″℃¢￠‰")
_MINOR = frozenset(
    "々〻ぁぃぅぇぉっゃゅょゎゕゖ゛゜ゝゞァィゥェォッャュョヮヵヶ・ーヽヾ･ｧｨｩｪｫｬｭｮｯｰﾞﾟ〜～‐–―…‥"
)
_NO_START = _CLOSING | _MINOR
_NO_END = frozenset("$([{£¥‘“〈《「『【〔〖〘〝＄（［｛｢￡￥＠＃№〒")
_HANGING = frozenset("、。，．")
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_IN_NUMBERS = frozenset(",.:/-，．：／－−")
_SIGNS = frozenset("+-−＋－▲△±")
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'0123456789")
_INSEPARABLE = frozenset("―…‥—")
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `width` without a hanging mark; `wrapped` when the paragraph goes on in the next line."""

    text: str
    width: float
    wrapped: bool = False
    hangs: bool = False


def break_lines(
    text: str,
    width: float,
    advance: Callable[[str], float],
    *,
    first_width: float | None = None,
    hang: bool = True,
) -> list[Line]:
    """Break text (paragraphs by line feeds) into lines of `width`, in the unit of `advance`.

    `first_width` is what a label in front leaves of the very first line; that line is empty when nothing fits.
    """
    lines: list[Line] = []
    room = width if first_width is None else first_width
    for paragraph in text.split("\n"):
        lines += _break_paragraph(clusters(paragraph), width, room, advance, hang=hang)
        room = width
    return lines


def _break_paragraph(
    parts: Sequence[str], width: float, room: float, advance: Callable[[str], float], *, hang: bool
) -> list[Line]:
    ends = list(accumulate(map(advance, parts), initial=0.0))
    lines: list[Line] = []
    start, count = 0, len(parts)
    while True:
        fit = bisect_right(ends, ends[start] + room + _TOLERANCE, lo=start) - 1
        if fit >= count:
            lines.append(Line("".join(parts[start:]), ends[count] - ends[start]))
            return lines
        hangs = hang and _can_hang(parts, start, fit)
        end = fit + 1 if hangs else _end_of_line(parts, start, fit, may_be_empty=room < width)
        if end >= count:
            lines.append(Line("".join(parts[start:]), ends[fit] - ends[start], hangs=hangs))
            return lines
        inked = end
        while inked > start and parts[inked - 1] == " ":
            inked -= 1
        last = inked - 1 if hangs else inked
        text = "".join(parts[start:inked])
        lines.append(Line(text, ends[last] - ends[start], wrapped=True, hangs=hangs))
        start = end
        while start < count and parts[start] == " ":
            start += 1
        room = width
        if start >= count:
            return lines


def _can_hang(parts: Sequence[str], start: int, at: int) -> bool:
    if at <= start or parts[at] not in _HANGING:
        return False
    return at + 1 >= len(parts) or _may_break(parts, at + 1, _NO_START)


def _end_of_line(parts: Sequence[str], start: int, fit: int, *, may_be_empty: bool) -> int:
    for no_start in (_NO_START, _CLOSING):
        for at in range(fit, start, -1):
            if _may_break(parts, at, no_start):
                return at
        if may_be_empty:
            return start
    return max(fit, start + 1)


def _may_break(parts: Sequence[str], at: int, no_start: frozenset[str]) -> bool:
    before, after = parts[at - 1][0], parts[at][0]
    if after in no_start or before in _NO_END:
        return False
    if before in _LATIN and after in _LATIN:
        return False
    if before in _INSEPARABLE and before == after:
        return False
    return not _in_number(parts, at, before, after)


def _in_number(parts: Sequence[str], at: int, before: str, after: str) -> bool:
    if after in _DIGITS:
        if before in _DIGITS or before in _SIGNS:
            return True
        return before in _IN_NUMBERS and at > 1 and parts[at - 2][0] in _DIGITS
    if after in _IN_NUMBERS and before in _DIGITS:
        return at + 1 < len(parts) and parts[at + 1][0] in _DIGITS
    return False
