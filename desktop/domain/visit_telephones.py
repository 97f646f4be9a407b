"""Under which numbers a household is called or written to about visits (訪問の連絡先): only what it gave for that.

A short message needs an agreement (同意) of its own with its day: whoever holds the telephone reads it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.errors import ValidationError

#: Figures of a Japanese number, which begins with a nought: ordinary ones have ten, mobile ones eleven.
_FIGURES = re.compile(r"0[0-9]{9,10}")
_DASHES = re.compile(r"[‐‑‒–—―−ー－]")
_GAPS = re.compile(r"[\s()\-]+")
_ABROAD = re.compile(r"^\+81-?0?")
_NO_NUMBER = "0から始まる10桁か11桁の電話番号を入力してください。"
_NOTHING_AGREED = "同意の日を入れるときは、ショートメッセージの番号も入力してください。"
_NOT_YET = "同意の日は、今日までの日を入力してください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephones:
    """A household's numbers, "" where none was given. `agreed_on` is the day on which it agreed to short messages."""

    call_number: str = field(default="", repr=False)
    message_number: str = field(default="", repr=False)
    agreed_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.call_number or self.message_number or self.agreed_on)

    @property
    def may_be_written_to(self) -> bool:
        """Whether a short message may go to it."""
        return bool(self.message_number) and self.agreed_on is not None


def clean_number(text: str) -> str:
    """A number as it is kept: half-width figures parted by hyphens; what is no number comes back as it is written."""
    said = _DASHES.sub("-", unicodedata.normalize("NFKC", text.strip()))
    return _ABROAD.sub("0", _GAPS.sub("-", said).strip("-"))


def read_number(text: str) -> str:
    """A number that somebody typed. Raises ValidationError where it is none."""
    number = clean_number(text)
    if not _FIGURES.fullmatch(figures_of(number)):
        raise ValidationError(_NO_NUMBER)
    return number


def figures_of(number: str) -> str:
    """The number without its hyphens."""
    return number.replace("-", "")


def checked(given: Telephones, today: date) -> Telephones:
    """What is to be kept of what somebody typed. Raises ValidationError."""
    found = Telephones(
        call_number=clean_number(given.call_number),
        message_number=clean_number(given.message_number),
        agreed_on=given.agreed_on,
    )
    errors = {
        name: _NO_NUMBER
        for name, number in (
            ("call_number", found.call_number),
            ("message_number", found.message_number),
        )
        if number and not _FIGURES.fullmatch(figures_of(number))
    }
    if found.agreed_on is not None and not found.message_number:
        errors["message_number"] = _NOTHING_AGREED
    if found.agreed_on is not None and found.agreed_on > today:
        errors["agreed_on"] = _NOT_YET
    if errors:
        raise ValidationError(**errors)
    return found
