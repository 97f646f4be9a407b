"""The words that fill the slots of a household's records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from desktop.domain.households import HouseholdType, Relation, ResidenceKind, Sex
from desktop.services.training.cases import Case

_ILLNESS = {
    HouseholdType.ELDERLY: (
        "高血圧症",
        "変形性膝関節症",
        "糖尿病",
        "白内障",
        "腰部脊柱管狭窄症",
        "狭心症",
    ),
    HouseholdType.ILL: (
        "糖尿病",
        "慢性腎臓病",
        "うつ病",
        "肝硬変",
        "椎間板ヘルニア",
        "心不全",
        "甲状腺の病気",
    ),
    HouseholdType.DISABLED: (
        "統合失調症",
        "双極性障害",
        "脳出血後の右半身まひ",
        "てんかん",
        "視覚障害",
        "知的障害と高血圧症",
    ),
    HouseholdType.OTHER: ("腰痛症", "高血圧症"),
    HouseholdType.MOTHER_CHILD: ("貧血", "片頭痛"),
}
_MIND = ("うつ病", "統合失調症", "双極性障害")
_JOINTS = frozenset({"変形性膝関節症", "腰部脊柱管狭窄症", "椎間板ヘルニア", "腰痛症"})
_EYES = frozenset({"白内障", "視覚障害"})
_JOINT_CLINIC, _EYE_CLINIC = "あしたば整形外科", "みなも眼科"
_KIN_OF_OLD = ("長男", "長女", "次男", "次女", "妹", "弟", "姪", "甥")
_KIN_OF_OTHERS = ("母", "父", "姉", "兄", "妹", "弟", "叔母")
_NEAR, _FAR = ("市内の", "隣町に住む", "近くに住む"), ("県外の", "東京の", "遠方の")
_OLD = 65
_HOBBIES = (
    "カラオケ",
    "グラウンドゴルフ",
    "将棋",
    "手芸",
    "園芸",
    "ラジオ体操",
    "書道",
    "俳句",
    "釣り",
    "散歩",
    "図書館の読書会",
)
_SCHOOL_AGE = 6
_SATURDAY = 5


def fill_slots(
    chance: Random, case: Case, places: Mapping[str, Sequence[str]], today: date
) -> None:
    """Decide once what records of the household will speak of."""
    family, slots = case.family, case.slots
    illness = chance.choice(_ILLNESS[family.type])
    slots["illness"], slots["hospital"] = illness, _hospital(chance, illness, places)
    slots["clinic"] = chance.choice(places["clinics"][:6])
    slots["shop"], slots["hobby"] = chance.choice(places["shops"]), chance.choice(_HOBBIES)
    slots["rent"] = f"{chance.randint(23, 41)},{chance.choice(('000', '500', '800'))}"
    if chance.random() < 0.75:
        who = chance.choice(_KIN_OF_OLD if family.head.age(today) >= _OLD else _KIN_OF_OTHERS)
        is_near = chance.random() < 0.5
        slots["kin"] = f"{chance.choice(_NEAR if is_near else _FAR)}{who}"
        if is_near:
            slots["near_kin"] = slots["kin"]
    _by_type(chance, case, places)
    _by_people(case, today)
    if case.stay:
        slots["place"] = case.stay.place
        if case.stay.kind is ResidenceKind.HOSPITAL:
            slots["hospital"] = case.stay.place
    if case.works:
        slots["employer"] = case.works[0][1].value
        slots["job"] = chance.choice(places["jobs"])
    elif family.type is HouseholdType.OTHER:
        slots["job"] = chance.choice(places["jobs"])
    case.tags = frozenset(_tags(case))


def _hospital(chance: Random, illness: str, places: Mapping[str, Sequence[str]]) -> str:
    if illness in _JOINTS:
        return _JOINT_CLINIC
    if illness in _EYES:
        return _EYE_CLINIC
    at = "mental" if illness in _MIND else "clinics" if chance.random() < 0.6 else "hospitals"
    return chance.choice([name for name in places[at] if name not in {_JOINT_CLINIC, _EYE_CLINIC}])


def _tags(case: Case) -> Iterator[str]:
    """What is true of the household as a whole; phrases with `#tag` ask for it."""
    kind, stay = case.family.type, case.stay
    yield "stay" if stay else "home"
    if stay:
        yield f"in_{stay.kind.value}"
    has_pension = kind is HouseholdType.ELDERLY or (
        kind is HouseholdType.DISABLED and case.index % 2
    )
    if kind is HouseholdType.ELDERLY:
        yield "old"
    else:
        yield "young"
    if has_pension:
        yield "pension"
    if kind in {HouseholdType.ELDERLY, HouseholdType.ILL, HouseholdType.DISABLED}:
        yield "sick"
    if case.works:
        yield "working"
    elif kind is HouseholdType.OTHER:
        yield "seeking"
    if not (has_pension or case.works or "workshop" in case.slots):
        yield "noincome"


def _by_type(chance: Random, case: Case, places: Mapping[str, Sequence[str]]) -> None:
    kind, slots = case.family.type, case.slots
    if kind is HouseholdType.ELDERLY:
        if chance.random() < 0.55:
            slots["care"] = chance.choice(places["care"])
        if len(case.family.places) == 1 and chance.random() < 0.45:
            slots["late_spouse"] = "夫" if case.family.head.sex is Sex.FEMALE else "妻"
    elif kind is HouseholdType.DISABLED and chance.random() < 0.5:
        slots["workshop"] = chance.choice(places["workshops"])


def _by_people(case: Case, today: date) -> None:
    spouse = case.family.of(Relation.SPOUSE)
    if spouse:
        case.slots["spouse"] = "妻" if spouse.sex is Sex.FEMALE else "夫"
    for place in case.family.places:
        person = place.person
        if place.relation is Relation.CHILD and person.age(today) >= _SCHOOL_AGE:
            case.slots["child"] = "長男" if person.sex is Sex.MALE else "長女"
            return


class EntrySlots(dict[str, str]):
    """All slots for an entry of a day: those of the household, and figures and days drawn when a phrase asks for one."""

    __slots__ = ("_chance", "_day")

    def __init__(self, chance: Random, case: Case, day: date) -> None:
        super().__init__(case.slots)
        self._chance, self._day = chance, day

    def __missing__(self, name: str) -> str:
        """Draw a slot; it stays the same for the entry."""
        found = self[name] = _DRAWN[name](self._chance.random, self._day)
        return found


_Draw = Callable[[], float]


def _next_month(draw: _Draw, day: date) -> str:
    return str((day + timedelta(days=20 + int(draw() * 60))).month)


def _next_day(draw: _Draw, day: date) -> str:
    later = day + timedelta(days=5 + int(draw() * 25))
    later += timedelta(days=max(7 - later.weekday(), 0) if later.weekday() >= _SATURDAY else 0)
    return f"{later.month}月{later.day}日"


_DRAWN: Mapping[str, Callable[[_Draw, date], str]] = {
    "month": lambda _draw, day: str((day.month - 2) % 12 + 1),
    "next_month": _next_month,
    "next_day": _next_day,
    "n": lambda draw, _day: "二三四五"[int(draw() * 4)],
    "few": lambda draw, _day: "一一二二"[int(draw() * 4)],
    "bp": lambda draw, _day: str(118 + int(draw() * 50)),
    "temp": lambda draw, _day: str(28 + int(draw() * 7)),
    "yen": lambda draw, _day: f"{28 + int(draw() * 90)},{int(draw() * 1000):03}",
    "small_yen": lambda draw, _day: f"{2 + int(draw() * 18)},{int(draw() * 100):02}0",
}
