"""Set phrases (定型句): short codes that become whole sentences while a record is written.

A code is typed behind `;` (either width) and put in by the space bar or Enter. The office's phrases are office data,
the own ones belong to a person and nobody else reads them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.kana import fold
from desktop.domain.records import SegmentKind
from desktop.domain.template_slots import BLANK, SLOTS, fill, unknown_slots

#: What a phrase may ask for: what templates may, and what stands in the form by then.
MET, NEXT_DAY = "相手", "次回予定"
PHRASE_SLOTS = (*SLOTS, NEXT_DAY, MET)

LONGEST_CODE = 12
LONGEST_LABEL = 40
LONGEST_TEXT = 1000

_TYPED = re.compile(r"[;；]([^\s;；、。，．]{0,20})$")
#: Letters, digits and kana: what is typed without converting.
_CODE = re.compile(r"[0-9a-zぁ-ゖー]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A set phrase. `phrase_id` None: the office's. `segments` () fits every part of an entry.

    `reading` is a second code, in kana, for whoever types with the input method on. `bad_example` is how the same is
    better not written (悪い例) and `why` says what is wrong with it.
    """

    code: str
    label: str = field(repr=False)
    text: str = field(repr=False)
    reading: str = field(default="", repr=False)
    segments: tuple[SegmentKind, ...] = ()
    bad_example: str = field(default="", repr=False)
    why: str = field(default="", repr=False)
    phrase_id: UUID | None = None
    version: int = 0

    @property
    def is_own(self) -> bool:
        """Whether it belongs to the person alone."""
        return self.phrase_id is not None

    def fits(self, segment: SegmentKind) -> bool:
        """Whether it is meant for this part of an entry."""
        return not self.segments or segment in self.segments

    def says(self, words: str) -> bool:
        """Whether code, reading, label or text hold the words, whatever their kana and width."""
        wanted = fold(words)
        return any(
            wanted in fold(each) for each in (self.code, self.reading, self.label, self.text)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseInput:
    """A person's own phrase as typed; `shown_version` 0 for a new one."""

    phrase_id: UUID
    shown_version: int
    code: str
    label: str = field(repr=False)
    text: str = field(repr=False)
    segments: tuple[SegmentKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseBook:
    """The phrases that somebody may put into an entry, the own before the office's, and what is known for their slots."""

    phrases: tuple[Phrase, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict, repr=False)

    def exact(self, typed: str) -> Phrase | None:
        """The phrase with this code or reading; of two the own one."""
        wanted = fold(typed)
        return next((p for p in self.phrases if wanted and wanted in _codes(p)), None)

    def candidates(self, typed: str, segment: SegmentKind) -> tuple[Phrase, ...]:
        """What the typed beginning may become: exact codes first, then those meant for this part, then the others."""
        wanted = fold(typed)
        found = [p for p in self.phrases if _begins(p, wanted)]
        return tuple(sorted(found, key=lambda p: (wanted not in _codes(p), not p.fits(segment))))

    def text_of(self, phrase: Phrase, live: Mapping[str, str]) -> str:
        """The phrase with its slots filled; `live` is what the form says at this moment."""
        return fill(phrase.text, {**self.known, **{k: v for k, v in live.items() if v}})


def typed_code(before: str) -> str | None:
    """What was typed behind the last `;` of the text before the cursor, None where there is none."""
    found = _TYPED.search(before)
    return None if found is None else found[1]


def first_blank(text: str) -> tuple[int, int] | None:
    """Where the first blank to be written over stands, in characters."""
    start = text.find(BLANK)
    return None if start < 0 else (start, start + len(BLANK))


def code_error(code: str) -> str:
    """What is wrong with a code, "" if nothing."""
    if not code.strip():
        return "略語を入力してください。"
    if not _CODE.fullmatch(fold(code)) or len(code) > LONGEST_CODE:
        return f"略語は英字・数字・かなで{LONGEST_CODE}文字までにしてください。"
    return ""


def slot_error(text: str) -> str:
    """What is wrong with the slots of a text, "" if nothing."""
    unknown = next(iter(unknown_slots(text, PHRASE_SLOTS)), None)
    if unknown is None:
        return ""
    usable = " ".join(f"{{{slot}}}" for slot in PHRASE_SLOTS)
    return f"「{unknown}」は使えません。使えるのは {usable} です。"


def _codes(phrase: Phrase) -> tuple[str, ...]:
    return tuple(fold(code) for code in (phrase.code, phrase.reading) if code)


def _begins(phrase: Phrase, wanted: str) -> bool:
    return any(code.startswith(wanted) for code in _codes(phrase)) or (
        bool(wanted) and wanted in fold(phrase.label)
    )
