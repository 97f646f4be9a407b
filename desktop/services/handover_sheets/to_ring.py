"""The household's liaisons (関係先) on the handover sheet: whom to ring among the contacts, whom nobody rings among the do-nots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from desktop.domain.handover_sheets import CARE_CHARACTERS, HandoverLine, cut, line_of
from desktop.domain.liaisons import (
    LIAISON_KIND,
    Liaison,
    LiaisonKind,
    barred_text,
)

#: A name takes no more of its line: the number behind it is never cut off.
_NAME = 16
#: With so many of a name the reason behind it is never cut off.
_BARRED_NAME = 24
_BARRED = "連絡しない"
_SHIELDED = "支援措置のため印刷しません。"


def ring_lines(
    liaisons: Sequence[Liaison], today: date, *, is_shielded: bool
) -> Iterator[HandoverLine]:
    """Who is rung, with the number. Of a shielded household (支援措置) only how many there are: paper may be lost."""
    found = [x for x in liaisons if x.bar is None]
    if is_shielded and found:
        words = f"{len(found)}件。{_SHIELDED}ファイルの関係先で確かめる。"
        yield line_of("関係先", None, words, today, most=CARE_CHARACTERS)
        return
    for each in found:
        yield line_of(LIAISON_KIND[each.kind], None, _reach(each), today, most=CARE_CHARACTERS)


def bar_lines(
    liaisons: Sequence[Liaison], today: date, *, is_shielded: bool
) -> Iterator[HandoverLine]:
    """Who is not rung and why, without a number. Of a shielded household only that there is somebody."""
    found = [x for x in liaisons if x.bar is not None]
    if is_shielded and found:
        words = f"{len(found)}件。{_SHIELDED}かける前に必ずファイルの関係先を見る。"
        yield line_of(_BARRED, None, words, today, most=CARE_CHARACTERS)
        return
    for each in found:
        words = barred_text(replace(each, name=cut(each.name, _BARRED_NAME)))
        yield line_of(_BARRED, None, words, today, most=CARE_CHARACTERS)


def _reach(liaison: Liaison) -> str:
    """Name and number, then whom to ask for and when. A doctor's department is left out: it tells of an illness."""
    whom = "" if liaison.kind is LiaisonKind.DOCTOR else liaison.whom
    number = f"電話 {liaison.telephone}" if liaison.telephone else "電話なし"
    hours = f"（{liaison.hours}）" if liaison.hours else ""
    return "　".join(part for part in (cut(liaison.name, _NAME), f"{number}{hours}", whom) if part)
