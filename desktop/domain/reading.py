"""Why content is read (閲覧票): purposes and how long a ticket holds."""

from __future__ import annotations

from enum import StrEnum

#: Minutes a ticket stays valid (engineering/database 2); renewed by the next reading of the same file.
TICKET_MINUTES = 10


class Purpose(StrEnum):
    """What a ticket is for."""

    FILE = "file"
    QUEUE = "queue"
    BATCH = "batch"
    SEARCH = "search"
    BRIEF = "brief"
    HANDOVER = "handover"
    PACK = "pack"
