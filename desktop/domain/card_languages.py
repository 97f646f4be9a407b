"""In which words a card about monthly papers (S-33) speaks: as always, with readings, in plain Japanese, in other languages.

The texts are office data. A sentence that a language leaves empty is said in the office's usual words. Whom a card is for says
nothing of his language by itself: it is chosen by whoever prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop.domain.era import weekday_name
from desktop.domain.readings import Readings
from desktop.domain.template_slots import put_in

#: The sentences of a card; each is a field of the office's table.
SENTENCES = ("title", "soon", "late", "paper", "how", "help", "crossed", "staff", "phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLanguage:
    """One row of the office's table. Slots: {day} 10月10日（木）, {date} 2024-10-10, {month} 9月, {ym} 2024-09, {paper}."""

    code: str
    label: str
    has_readings: bool = False
    confirmed: bool = True
    sentences: Mapping[str, str] = field(default_factory=dict)

    def say(self, name: str, **slots: str) -> str:
        """A sentence with its slots filled; "" where the usual words are to be taken."""
        return put_in(self.sentences.get(name, ""), slots)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """The language of one card, with the office's readings where it has them."""

    language: CardLanguage
    readings: Readings | None = None


def day_slots(day: date, *, is_read: bool = False) -> Mapping[str, str]:
    """A day as Japanese sentences and as other languages write it. With readings the weekday is a whole word, which has one."""
    weekday = f"{weekday_name(day)}曜日" if is_read else weekday_name(day)
    return {"day": f"{day.month}月{day.day}日（{weekday}）", "date": day.isoformat()}


def month_slots(month: date) -> Mapping[str, str]:
    """The same of a month."""
    return {"month": f"{month.month}月", "ym": f"{month:%Y-%m}"}
