"""Households that moved into another office's area: whose letter was acknowledged, whose lies, and who was forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from desktop.domain.transfers import TransferState
from desktop.services.training.cases import Case, Span
from desktop.services.training.days import OpenDays, at_work
from desktop.services.training.ids import IdMaker
from desktop.services.training.other_offices import OTHER_OFFICES
from desktop.services.training.plants import ACKNOWLEDGED, Plant, PlantList

_DAY = timedelta(days=1)
#: Days between the move and the draft, and between the draft and the approval.
_DRAFTED_AFTER, _APPROVED_AFTER = 2, 2
_ACKNOWLEDGED_AFTER = 9
_NEEDS = (
    "通院先が決まっていない。転入後、早めに面接してほしい。",
    "就労の相談を続けている。支援員につないでほしい。",
    "家計の相談を続けている。家賃の支払いを確かめてほしい。",
    "なじみのない土地で不安があると話している。訪問を多めにお願いしたい。",
)
_AGREED = (
    "転入したら貴所の窓口へ行くと約束している。",
    "新しい住まいの鍵を受け取った日に、貴所へ電話すると話している。",
    "引継ぎの内容は本人に読んで聞かせ、同意を得た。",
)
_WHO = ("地区担当　例示", "保護係　見本", "査察指導員　架空")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTransfer:
    """A transfer before it has a number: numbers follow the order of the approvals in the whole office."""

    transfer_id: str
    household_id: str
    destination: str
    moved_on: str
    needs: str
    agreed: str
    writer: str
    decider: str
    #: State, instant, the day stated, words; the draft first.
    steps: tuple[tuple[TransferState, str, str | None, str], ...]


class TransferStory:
    """Lets households move and tells of their letters."""

    def __init__(self, ids: IdMaker, days: OpenDays, found: PlantList) -> None:
        self._ids, self._days, self._found = ids, days, found

    def of(self, chance: Random, case: Case, plant: Plant) -> ToldTransfer | None:
        """Let the household move, and tell of its letter; None where it was forgotten (R14)."""
        ways = {"R14": [], "T01": self._unsent(plant), "T02": self._sent(plant)}
        way = ways.get(plant.rule, self._acknowledged(plant))
        moved_on = self._moved_on(plant, way)
        place = chance.randrange(len(OTHER_OFFICES))
        code, _, postal_code, area, _ = OTHER_OFFICES[place]
        address = f"{area}例示町9{chance.randrange(1000):03}番地{chance.randint(1, 30)}"
        before_code, before = case.addresses[-1]
        case.addresses[-1] = (before_code, Span(before.value, before.since, moved_on - _DAY))
        case.addresses.append((postal_code, Span(address, moved_on)))
        if plant.rule != ACKNOWLEDGED:
            since = way[-1][1] if way else moved_on
            self._found.household(plant, case.number, since, "管外への転出")
        return self._told(chance, case, code, moved_on, way) if way else None

    def _moved_on(self, plant: Plant, way: list[tuple[TransferState, date]]) -> date:
        if not way:
            return self._days.today - timedelta(days=plant.days)
        return way[0][1] - timedelta(days=_DRAFTED_AFTER)

    def _unsent(self, plant: Plant) -> list[tuple[TransferState, date]]:
        """T01: approved and not sent, or drafted and not decided; the near miss was approved just now."""
        last = self._on(plant)
        if not plant.is_near and plant.variant % 2:
            return [(TransferState.DRAFTED, last)]
        drafted = self._days.on_or_before(last - timedelta(days=_APPROVED_AFTER))
        return [(TransferState.DRAFTED, drafted), (TransferState.APPROVED, last)]

    def _sent(self, plant: Plant) -> list[tuple[TransferState, date]]:
        """T02: sent, and nobody said that it came."""
        last = self._on(plant)
        approved = self._days.on_or_before(last - _DAY)
        drafted = self._days.on_or_before(approved - timedelta(days=_APPROVED_AFTER))
        return [
            (TransferState.DRAFTED, drafted),
            (TransferState.APPROVED, approved),
            (TransferState.SENT, last),
        ]

    def _acknowledged(self, plant: Plant) -> list[tuple[TransferState, date]]:
        """All went well."""
        last = self._on(plant)
        sent = self._days.on_or_before(last - timedelta(days=_ACKNOWLEDGED_AFTER))
        before = Plant(plant.rule, (self._days.today - sent).days)
        return [*self._sent(before), (TransferState.ACKNOWLEDGED, last)]

    def _on(self, plant: Plant) -> date:
        """The day that the plant reaches back to, on which the office was open; a near miss lies after it."""
        wanted = self._days.today - timedelta(days=plant.days)
        if plant.is_near:
            return self._days.on_or_after(wanted) or self._days.days[-1]
        return self._days.on_or_before(wanted)

    def _told(
        self,
        chance: Random,
        case: Case,
        destination: str,
        moved_on: date,
        way: list[tuple[TransferState, date]],
    ) -> ToldTransfer:
        writer = case.district_on(way[0][1]).author_on(way[0][1])
        supervisor = case.district.supervisor or writer
        has_day = {TransferState.SENT, TransferState.ACKNOWLEDGED}
        steps = tuple(
            (
                state,
                at_work(chance, day),
                day.isoformat() if state in has_day else None,
                chance.choice(_WHO) if state is TransferState.ACKNOWLEDGED else "",
            )
            for state, day in way
        )
        return ToldTransfer(
            transfer_id=self._ids(),
            household_id=case.id,
            destination=destination,
            moved_on=moved_on.isoformat(),
            needs=chance.choice(_NEEDS),
            agreed=chance.choice(_AGREED),
            writer=writer.id,
            decider=supervisor.id,
            steps=steps,
        )
