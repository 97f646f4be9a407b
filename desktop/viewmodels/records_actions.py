"""What a person may do with an entry: the screen offers it, the service decides."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from uuid import UUID

from desktop.domain.records import Entry, EntryOrigin, EntryState, Promise


class EntryAction(Enum):
    """An act on the current entry of the chronicle: its label and its key."""

    OPEN = ("開く", "Enter")
    CORRECT = ("訂正", "T")
    ADD = ("追記", "A")
    ANNUL = ("誤記載取消", "X")
    WITHDRAW = ("引戻し", "W")
    GIVE_UP = ("訂正を取りやめる", "Z")
    KEEP = ("約束を果たした", "K")
    HISTORY = ("履歴", "H")
    PRINT_DRAFT = ("案を印刷", "P")
    ABSENCE_NOTE = ("不在連絡票", "N")
    RIGHT_FILE = ("正しい世帯を開く", "G")
    PAPERS = ("受領書類", "R")
    CONSULT = ("相談する", "C")

    def __init__(self, label: str, key: str) -> None:
        self.label = label
        self.key = key


_WRITING = frozenset({EntryState.DRAFT, EntryState.RETURNED})


def is_writable(entry: Entry, staff_id: UUID) -> bool:
    """Whether the person may go on writing it: an own entry, or a change of an approved one under way."""
    own = entry.author_id == staff_id or entry.approved_version is not None
    return entry.origin is EntryOrigin.OFFICE and entry.state in _WRITING and own


def is_being_changed(entry: Entry) -> bool:
    """Whether a correction or annulment lies unfinished over the approved version."""
    is_of_office = entry.origin is EntryOrigin.OFFICE and not entry.is_annulled
    return is_of_office and entry.approved_version is not None and entry.state in _WRITING


def open_promises(entry: Entry) -> tuple[Promise, ...]:
    """The promises of a handed-in entry that nobody has noted as kept."""
    if entry.state in _WRITING or entry.is_annulled:
        return ()
    return tuple(promise for promise in entry.promises if promise.kept_on is None)


def prints_as_draft(entry: Entry) -> bool:
    """Whether there is something to print that is not approved: a first writing, or a change under way."""
    return entry.origin is EntryOrigin.OFFICE and entry.state is not EntryState.APPROVED


def _ways(entry: Entry) -> Iterator[EntryAction]:
    """Where one gets to from the entry."""
    if entry.moved_to is not None:
        yield EntryAction.RIGHT_FILE
    if entry.papers:
        yield EntryAction.PAPERS


def actions_for(
    entry: Entry | None,
    staff_id: UUID,
    *,
    may_write: bool,
    may_print: bool = False,
    approves: bool = False,
) -> frozenset[EntryAction]:
    """The acts that make sense for this entry; consulting needs none.

    `approves`: the person holds an approving position over the household, and so may end others' unfinished changes.
    """
    if entry is None:
        return frozenset({EntryAction.CONSULT}) if may_write else frozenset()
    found = {EntryAction.OPEN, EntryAction.HISTORY, *_ways(entry)}
    if may_print and prints_as_draft(entry):
        found.add(EntryAction.PRINT_DRAFT)
    if may_print and entry.is_absence and not entry.is_annulled:
        found.add(EntryAction.ABSENCE_NOTE)
    if (may_write or approves) and is_being_changed(entry):
        found.add(EntryAction.GIVE_UP)
    if not may_write:
        return frozenset(found)
    found |= {EntryAction.CONSULT, EntryAction.ADD}
    if open_promises(entry):
        found.add(EntryAction.KEEP)
    if entry.origin is EntryOrigin.LEGACY or entry.is_annulled:
        return frozenset(found)
    if entry.state is EntryState.APPROVED:
        found |= {EntryAction.CORRECT, EntryAction.ANNUL}
    own = entry.author_id == staff_id or entry.approved_version is not None
    if entry.state is EntryState.SUBMITTED and own:
        found.add(EntryAction.WITHDRAW)
    return frozenset(found)
