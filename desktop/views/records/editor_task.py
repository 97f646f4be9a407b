"""What the editor is opened with: a new entry, a draft, a returned one, a correction or an addition."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.approvals import Move
from desktop.domain.labels import CHANGE
from desktop.domain.records import ChangeKind, Entry, EntryInput, EntryState, SegmentKind
from desktop.services.records.changes import as_input
from desktop.viewmodels.records_text import instant_text
from desktop.views.records.ports import Material, RecordDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorTask:
    """The entry to write, what the form offers, and what stands above and beside it."""

    given: EntryInput
    material: Material
    entry: Entry | None = None
    valid: Entry | None = None
    addition_to: str = ""

    @property
    def title(self) -> str:
        """What is being written."""
        kind = self.material.kind(self.given.kind)
        label = kind.label if kind is not None else self.given.kind
        if self.entry is None:
            return f"新しい記録：{label}"
        if self.entry.change is not ChangeKind.WRITING:
            return f"{CHANGE[self.entry.change]}：{label}"
        return f"記録を書く：{label}"

    @property
    def notice(self) -> tuple[str, str]:
        """What must be read before writing on, and its tone."""
        if self.entry is not None and self.entry.state is EntryState.RETURNED:
            return _return_reason(self.entry), "error"
        if self.valid is not None and self.entry is not None:
            reason = self.entry.text(SegmentKind.REASON)
            return f"訂正の理由：{reason}　承認されるまでは左の記録が有効です。", "warning"
        return (f"{self.addition_to}への追記です。", "info") if self.addition_to else ("", "info")


def load_task(records: RecordDesk, entry: Entry, material: Material) -> EditorTask:
    """The newest version of an entry, with the valid one beside it; runs in a job."""
    newest = records.entry(entry.entry_id)
    valid = (
        records.at_version(entry.entry_id, newest.approved_version)
        if newest.approved_version is not None and newest.approved_version != newest.version
        else None
    )
    return EditorTask(given=as_input(newest), material=material, entry=newest, valid=valid)


def _return_reason(entry: Entry) -> str:
    returns = [note for note in entry.notes if note.move is Move.RETURN]
    if not returns:
        return "差し戻された記録です。"
    last = returns[-1]
    return f"差戻し（{last.by}　{instant_text(last.at)}）：{last.text}"
