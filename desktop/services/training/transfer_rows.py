"""The rows of transfers that all teams told, numbered in the order of their approvals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from desktop.domain.papers import fiscal_year
from desktop.domain.transfers import TransferConsent, TransferState
from desktop.services.training.rows import Rows
from desktop.services.training.transfer_story import ToldTransfer

_ENCLOSURES = ("case_record", "decision", "face_sheet", "support_policy")


class TransferRows:
    """Writes the transfers of an office."""

    def __init__(self, rows: Rows, office_id: str) -> None:
        self._rows, self._office = rows, office_id

    def add(self, told: Sequence[ToldTransfer]) -> None:
        """All transfers, and the book of their numbers."""
        book = defaultdict[int, int](int)
        numbers: dict[str, tuple[int, int]] = {}
        approved = {t.transfer_id: at for t in told if (at := _at(t, TransferState.APPROVED))}
        for transfer_id, at in sorted(approved.items(), key=lambda pair: (pair[1], pair[0])):
            # Approvals are within office hours: the day of the instant in UTC is the day in Japan.
            year = fiscal_year(date.fromisoformat(at[:10]))
            book[year] += 1
            numbers[transfer_id] = (year, book[year])
        for transfer in told:
            self._transfer(transfer, *numbers.get(transfer.transfer_id, (None, None)))
        for year, last in book.items():
            self._rows.add("transfer_book", self._office, year, last)
        self._rows.flush()

    def _transfer(self, told: ToldTransfer, year: int | None, number: int | None) -> None:
        key = (told.transfer_id, self._office, told.household_id)
        state, at, _, _ = told.steps[-1]
        days = {step: day for step, _, day, _ in told.steps}
        drafted_at = told.steps[0][1]
        self._rows.add(
            "transfer", *key, len(told.steps), told.moved_on, told.destination, TransferConsent.GIVEN.value, drafted_at[:10],
            state.value, at, told.writer, told.writer, drafted_at, year, number, days.get(TransferState.SENT),
            days.get(TransferState.ACKNOWLEDGED), None, None,
        )  # fmt: skip
        self._rows.add("transfer_text", *key, told.needs, "", told.agreed)
        for code in _ENCLOSURES:
            self._rows.add("transfer_enclosure", told.transfer_id, code, *key[1:])
        for place, (step, when, day, words) in enumerate(told.steps, start=1):
            by = told.decider if step is TransferState.APPROVED else told.writer
            self._rows.add(
                "transfer_step", told.transfer_id, place, *key[1:], step.value, by, when, day
            )
            if words:
                self._rows.add("transfer_step_text", told.transfer_id, place, *key[1:], words)


def _at(told: ToldTransfer, state: TransferState) -> str:
    """When a state was reached; "" where it was not."""
    return next((at for step, at, _, _ in told.steps if step is state), "")
