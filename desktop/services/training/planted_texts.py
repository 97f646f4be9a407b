"""Texts of planted entries, and the notes of what was planted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from desktop.domain.records import measure_body
from desktop.services.training.bank import Bank
from desktop.services.training.cases import Case
from desktop.services.training.course import Course
from desktop.services.training.drafts import FACTS, SUBJECT, Draft
from desktop.services.training.plants import DESK, VISIT_RULES, PlantList
from desktop.services.training.story import Event

_LEAST = 40
#: Bodies of exactly the least length are cut from this.
_ENOUGH = (
    "主と居室で面接した。食事と受診に変わりはなく、家賃は支払い済みである。困りごとはないとのこと。",
    "居宅で主と話した。膝の痛みは続くが買い物には出ている。灯油は足りていると話していた。次も来る。",
    "約束の時刻に訪ね主と会った。夜は眠れるようになり、薬も飲んでいる。隣人との行き来もあるという。",
)
_MOST_BITS = 8


class PlantedTexts:
    """Gives planted entries their text and keeps the list of plants."""

    def __init__(self, bank: Bank, found: PlantList, today: date) -> None:
        self._thin = bank.texts("thin_visits")
        self._found, self._today = found, today
        self._originals: dict[int, Draft] = {}

    def text(self, event: Event) -> Draft | None:
        """The given text of a planted entry, None where it is written as usual."""
        plant = event.plant
        if plant is None:
            return None
        if plant.rule == "R05":
            text = self._thin[plant.variant % len(self._thin)]
            if plant.is_near:
                text = f"{_ENOUGH[plant.variant % len(_ENOUGH)][: _LEAST - 1]}。"
            return Draft([(SUBJECT, "定期訪問", ""), (FACTS, text, "本人の話")])
        if plant.rule == "R06" and plant.pair in self._originals:
            original = self._originals[plant.pair]
            return original if plant.is_near or plant.variant % 2 == 0 else _retouched(original)
        return None

    def keep(self, event: Event, draft: Draft) -> None:
        """Remember the first of two copies."""
        if event.plant and event.plant.rule == "R06" and event.plant.pair is not None:
            draft.promise = ""
            self._originals.setdefault(event.plant.pair, draft)

    def note(self, case: Case, event: Event, course: Course, length: int) -> None:
        """Write down what was planted in a household."""
        plant = event.plant
        if plant is None or plant.rule == DESK or plant.rule in VISIT_RULES:
            return
        since, detail = event.day, f"{event.kind} {event.day.isoformat()}"
        if plant.rule == "R04":
            since = course.recorded_on
            detail += f"、記録日 {since.isoformat()}"
        elif plant.rule == "R03":
            since = self._today - timedelta(days=plant.days)
            detail += f"、回答期限 {since.isoformat()}"
        elif plant.rule == "R05":
            detail += f"、{length}字"
        elif plant.rule in {"R02", "O04"}:
            detail += f"、{course.outcome.value}"
        rule = replace(plant, rule="R02") if plant.rule == "O04" else plant
        self._found.household(rule, case.number, since, detail)

    def moved_without_handover(self, case: Case) -> None:
        """Note a planted R12: the household came to another caseworker without a handover entry."""
        plant = next((p for p in case.plants if p.rule == "R12"), None)
        if plant and case.moved:
            self._found.household(plant, case.number, case.moved[1], "地区の変更、引継記録なし")

    def nobody_in_charge(self, case: Case, since: date, *, is_near: bool) -> None:
        """Note a receiving household of a district without a caseworker (R16)."""
        line = self._found.near_misses if is_near else self._found.planted
        line.append(
            {
                "rule": "R16",
                "case_number": case.number,
                "since": since.isoformat(),
                "detail": case.district.name,
            }
        )


def _retouched(original: Draft) -> Draft:
    """The original with its last sentence changed, as somebody does who copies; the original itself where that shows."""
    kind, text, source = original.segments[-1]
    changed = Draft(
        [*original.segments[:-1], (kind, f"{text.rstrip('。')}ため、次回とする。", source)]
    )
    before, after = measure_body(original.body).sketch, measure_body(changed.body).sketch
    return changed if (before ^ after).bit_count() <= _MOST_BITS else original
