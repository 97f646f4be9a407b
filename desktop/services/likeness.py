"""How alike two texts are: one answer for whoever asks it, of records (R06) and of support policies (P05).

What the office gave to write is taken out before: only what people wrote themselves is compared.
"""

from __future__ import annotations

from datetime import date
from difflib import SequenceMatcher
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy.orm import Session

from desktop.domain.master_tables import Master
from desktop.domain.own_words import OfficeWords
from desktop.domain.tick_reading import reader_of
from desktop.services.masters.lookup import in_force
from desktop.services.masters.lookup_ticks import tick_sheet

#: So many things of other households are compared, and so many likenesses told.
MOST_OTHERS, MOST_TOLD = 5, 3
_LONGEST_COMPARED = 4000


def office_words(session: Session, office_id: UUID, kind: str, on: date) -> OfficeWords:
    """What the office gives to write in an entry of this kind; "" for what no template belongs to."""
    template = in_force(session, office_id, Master.TEMPLATES, on).get(kind, {})
    phrases = (row.get("text") for row in in_force(session, office_id, Master.PHRASES, on).values())
    given = (str(text) for text in (*template.values(), *phrases) if text)
    return OfficeWords(reader_of(tick_sheet(session, office_id, on)), tuple(given))


def may_be_alike(one: int, other: int, percent: int) -> bool:
    """Whether two sketches of texts differ in at most one bit for each percent that may differ; facts alone."""
    return (one ^ other).bit_count() <= 100 - percent


def percent_alike(one: str, other: str) -> int:
    """To how many percent two texts are the same."""
    return int(fuzz.ratio(one, other))


def size_of(text: str) -> int:
    """Characters without blanks."""
    return len("".join(text.split()))


def longest_shared(one: str, other: str) -> str:
    """The longest stretch within a line that both texts have."""
    one, other = one[:_LONGEST_COMPARED], other[:_LONGEST_COMPARED]
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return max(one[match.a : match.a + match.size].split("\n"), key=len).strip()
