"""How the codes of an entry read on paper and on screens."""

from __future__ import annotations

from desktop.domain.labels import METHOD, PLACE
from desktop.domain.records import ContactMethod, Entry, Place


def place_text(entry: Entry) -> str:
    """Where it happened, else how, and with what result."""
    parts = []
    if entry.place is not Place.NONE:
        parts.append(PLACE[entry.place])
    elif entry.method is not ContactMethod.NONE:
        parts.append(METHOD[entry.method])
    if entry.result_label:
        parts.append(entry.result_label)
    return "　".join(parts)
