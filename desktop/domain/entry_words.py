"""How the codes of an entry read on paper and on screens."""

from __future__ import annotations

from desktop.domain.labels import METHOD, PLACE
from desktop.domain.records import ContactMethod, Entry, Place

#: A fact beside the result (2.7), on every screen and on paper.
DANGER_SIGNS = "危険の兆候あり"


def result_text(entry: Entry) -> str:
    """The result in words, with the signs of danger that were seen; "" when there is none."""
    label = entry.result_label or entry.result_code
    return f"{label}・{DANGER_SIGNS}" if entry.has_danger_signs else label


def place_text(entry: Entry) -> str:
    """Where it happened, else how, and with what result."""
    parts = []
    if entry.place is not Place.NONE:
        parts.append(PLACE[entry.place])
    elif entry.method is not ContactMethod.NONE:
        parts.append(METHOD[entry.method])
    if result := result_text(entry):
        parts.append(result)
    return "　".join(parts)
