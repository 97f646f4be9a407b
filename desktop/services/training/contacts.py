"""How, where and with whom the contact behind an entry took place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from desktop.domain.households import Relation, ResidenceKind
from desktop.domain.labels import RELATION
from desktop.domain.records import ContactMethod, EntryKind, Place
from desktop.services.training.cases import Case
from desktop.services.training.drafts import FACTS, Draft
from desktop.services.training.families import Place as PlaceInHousehold
from desktop.services.training.plants import VISIT_RULES, Plant
from desktop.services.training.story import Event

_RESULTS = {
    "institution_visit": "14", "office_interview": "31", "employment": "31", "guidance_oral": "31",
    "telephone_in": "32", "telephone_out": "32", "agency": "33", "relatives": "33", "medical_review": "33",
}  # fmt: skip
_FACE_TO_FACE = frozenset(
    {"home_visit", "institution_visit", "office_interview", "employment", "guidance_oral"}
)
_ABSENCES = frozenset({"absence", "absence_again"})
_OTHERS = {"agency": "関係機関の担当者", "medical_review": "主治医または医療相談員"}
_EARLIEST, _LATEST = 9 * 60 + 10, 16 * 60
_LONGEST_LABEL = 24


@dataclass(slots=True)
class Meeting:
    """A contact (接触): met are (person id or None, label), times minutes since midnight."""

    method: ContactMethod
    place: Place
    result: str = ""
    started_at: int | None = None
    ended_at: int | None = None
    met: list[tuple[str | None, str]] = field(default_factory=list)
    is_home_visit: bool = False
    is_absence: bool = False
    has_danger_signs: bool = False


def meeting(
    chance: Random, case: Case, event: Event, draft: Draft, kinds: Mapping[str, EntryKind]
) -> Meeting:
    """The contact of an entry."""
    kind = kinds[event.kind]
    found = Meeting(kind.method, kind.place, _RESULTS.get(event.kind, ""))
    if event.kind in _FACE_TO_FACE:
        found.started_at = _EARLIEST + int(chance.random() * (_LATEST - _EARLIEST)) // 5 * 5
        found.ended_at = found.started_at + (
            5 if event.group in _ABSENCES else 20 + int(chance.random() * 9) * 5
        )
    plant = event.plant if event.plant and event.plant.rule in VISIT_RULES else None
    if plant:
        _at_planted_times(found, plant, event)
    if event.group in _ABSENCES:
        found.result = "22" if chance.random() < 0.08 else "21"
        found.is_absence = True
        if plant and plant.is_in_danger and event.group == "absence_again":
            found.result, found.has_danger_signs = "21", True
    elif event.kind == "home_visit":
        _at_home(chance, case, event, found)
    elif event.kind == "institution_visit":
        stay = case.stay_on(event.day)
        in_facility = stay is not None and stay.kind is ResidenceKind.FACILITY
        found.place = Place.FACILITY if in_facility else Place.HOSPITAL
        found.met = [
            _member(case.family.places[0]),
            (None, "施設の職員" if in_facility else "病棟の相談員"),
        ]
        if plant and not plant.is_near and plant.rule == "V06":
            del found.met[1:]
        found.is_home_visit = True
    else:
        _elsewhere(case, event, draft, found)
    return found


def _at_planted_times(found: Meeting, plant: Plant, event: Event) -> None:
    """V15 late in the evening, near it before the office closes; V21 always in the morning, near it at several times."""
    if plant.rule == "V15":
        found.started_at = 17 * 60 + 20 if plant.is_near else 18 * 60 + 30
    elif plant.rule == "V21" and event.group in _ABSENCES:
        is_second = plant.is_near and event.group == "absence_again"
        found.started_at = 15 * 60 + 30 if is_second else 10 * 60
    else:
        return
    found.ended_at = found.started_at + (5 if event.group in _ABSENCES else 30)


def _at_home(chance: Random, case: Case, event: Event, found: Meeting) -> None:
    draw = 1.0 if event.plant else chance.random()
    is_at_the_door = event.group == "door"
    places = case.family.places
    found.result, found.is_home_visit = "11", True
    found.met = [_member(places[0])]
    if event.plant and event.plant.rule == "V14" and not event.plant.is_near:
        found.place, found.is_home_visit = Place.OFFICE, False
    elif is_at_the_door:
        found.result, found.place = "13", Place.DOOR
    elif len(places) > 1 and draw < 0.5 and places[1].person.born <= event.day:
        found.met.append(_member(places[1]))


def _elsewhere(case: Case, event: Event, draft: Draft, found: Meeting) -> None:
    facts = next((text for kind, text, _ in draft.segments if kind == FACTS), "")
    if event.kind in {"telephone_in", "telephone_out"}:
        found.met = [_speaker(case, event.kind, facts)]
    elif event.kind in {"office_interview", "employment", "guidance_oral"}:
        found.met = [_member(case.family.places[0])]
    elif event.kind == "relatives":
        found.met = [(None, case.slots.get("kin", "親族"))]
    elif event.kind in _OTHERS:
        found.met = [(None, _OTHERS[event.kind])]


def _speaker(case: Case, kind: str, facts: str) -> tuple[str | None, str]:
    """Who was on the telephone, as the text's first words say."""
    first = facts.replace("より", "から", 1).split("から" if kind == "telephone_in" else "に", 1)[0]
    if first.startswith("主") or len(first) > _LONGEST_LABEL:
        return _member(case.family.places[0])
    return None, first


def _member(place: PlaceInHousehold) -> tuple[str, str]:
    relation = RELATION[Relation(place.relation)]
    return place.person.id, f"{place.person.name.name}（{relation}）"
