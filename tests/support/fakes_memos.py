"""Telephone memos without a database."""

from __future__ import annotations

from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.telephone_memos import CallBack, MemoInput, MemoTaken, UnidentifiedCall
from tests.support.fakes import CLOCK, TODAY, fake_id


def make_call(number: int) -> UnidentifiedCall:
    """A call of nobody known."""
    return UnidentifiedCall(
        memo_id=fake_id(f"memo {number}"),
        taken_at=CLOCK.now(),
        taken_by="記録　見本",
        who=f"架空　花子{number}",
        what="薬の袋が見つからない",
        call_back=CallBack.NEXT_DAY,
        due_on=TODAY,
    )


class FakeCalls:
    """Remembers memos, and what became of calls."""

    def __init__(self, calls: tuple[UnidentifiedCall, ...] = ()) -> None:
        self.calls = calls
        self.tried: list[MemoInput] = []
        self.taken: list[MemoInput] = []
        self.identified: list[tuple[UUID, UUID]] = []
        self.answered: list[tuple[UUID, str]] = []
        self.refusal: UserError | None = None
        self.answer_with: MemoTaken | None = None

    def take(self, given: MemoInput) -> MemoTaken:
        """Remember it, or refuse."""
        self.tried.append(given)
        if self.refusal is not None:
            raise self.refusal
        self.taken.append(given)
        return self.answer_with or _taken(given.memo_id)

    def unidentified(self) -> tuple[UnidentifiedCall, ...]:
        """What is open."""
        return self.calls

    def identify(self, memo_id: UUID, household_id: UUID) -> MemoTaken:
        """It goes to its household."""
        self.identified.append((memo_id, household_id))
        self._leave(memo_id)
        return _taken(memo_id)

    def answer(self, memo_id: UUID, words: str = "") -> None:
        """It ends."""
        self.answered.append((memo_id, words))
        self._leave(memo_id)

    def _leave(self, memo_id: UUID) -> None:
        self.calls = tuple(call for call in self.calls if call.memo_id != memo_id)


def _taken(memo_id: UUID) -> MemoTaken:
    return MemoTaken(
        memo_id=memo_id, is_unidentified=False, has_entry=True, caseworker="担当 見本1"
    )
