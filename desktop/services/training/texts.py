"""Composes the text of an entry from the phrase bank, so that it reads like a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from desktop.domain.records import SegmentKind
from desktop.services.training.bank import Bank, Phrase, Scene
from desktop.services.training.cases import Case
from desktop.services.training.slots import passing_slots
from desktop.services.training.story import Event

_S = SegmentKind
#: The parts of an entry told by one line of the bank.
_LINES: Mapping[str, tuple[SegmentKind, ...]] = {
    "telephone_in": (_S.FACTS,),
    "telephone_out": (_S.FACTS,),
    "office_interview": (_S.SUBJECT, _S.FACTS, _S.ADVICE),
    "letter_in": (_S.SUBJECT, _S.FACTS, _S.NEXT),
    "letter_out": (_S.SUBJECT, _S.FACTS, _S.NEXT),
    "declaration": (_S.SUBJECT, _S.FACTS, _S.DECIDED),
    "decision": (_S.SUBJECT, _S.FACTS, _S.VIEW, _S.DECIDED),
    "policy": (_S.SUBJECT, _S.FACTS, _S.VIEW, _S.DECIDED, _S.NEXT),
    "medical_review": (_S.SUBJECT, _S.FACTS, _S.VIEW, _S.NEXT),
    "tax_survey": (_S.SUBJECT, _S.FACTS, _S.DECIDED, _S.NEXT),
    "asset_inquiry": (_S.SUBJECT, _S.FACTS, _S.DECIDED, _S.NEXT),
}
_TALK = (_S.SUBJECT, _S.FACTS, _S.WORDS, _S.VIEW, _S.ADVICE, _S.AGREED, _S.NEXT)
_SCENE_PARTS = (
    ("facts", _S.FACTS), ("words", _S.WORDS), ("view", _S.VIEW), ("advice", _S.ADVICE),
    ("agreed", _S.AGREED), ("next", _S.NEXT),
)  # fmt: skip
_MORE = {
    "telephone_in": ("telephone_more",),
    "telephone_out": ("telephone_more",),
    "office_interview": ("money", "neighbours", "household_check"),
    "letter_in": ("paper_more",), "letter_out": ("letter_out_more",), "declaration": ("paper_more", "money"),
    "decision": ("paper_more", "household_check", "money"), "policy": ("neighbours", "money", "household_check"),
    "policy_first": ("neighbours", "money"), "start_decision": ("paper_more",), "intake": ("money", "neighbours"),
    "medical_review": ("medical_more",), "handover": ("neighbours",), "agency": ("neighbours",),
    "relatives": ("money",), "employment": ("money",), "guidance_oral": ("money",),
    "tax_survey": ("paper_more",), "asset_inquiry": ("paper_more",),
}  # fmt: skip
_SOURCES = (
    "本人の話と室内の様子", "本人の話", "本人の話、見せてもらった書類", "本人の話、領収書", "室内の様子と本人の話",
)  # fmt: skip
_AT_SOURCES = {
    "telephone_in": "電話の相手の話", "telephone_out": "電話の相手の話", "letter_in": "受け取った書類", "letter_out": "送付した文書の控え",
    "declaration": "申告書と添付書類", "decision": "申請書と調査の結果", "policy": "これまでの記録", "medical_review": "医療機関の話",
    "handover": "ケースファイル", "agency": "関係機関の話", "relatives": "親族の話", "tax_survey": "課税資料", "asset_inquiry": "照会の回答書",
    "office_interview": "本人の話と持参した書類", "employment": "本人の話と活動の報告", "guidance_oral": "本人の話",
}  # fmt: skip
_SECOND_MATTER = 0.4
_BACKGROUND = ("room", "neighbours", "money", "household_check")
_REASONS = ("就労収入の増加", "親族による引取り", "年金の受給開始", "仕送りの増加")


@dataclass(slots=True)
class Draft:
    """The text of an entry: (kind, text, source) by position, and what somebody promised."""

    segments: list[tuple[SegmentKind, str, str]] = field(default_factory=list)
    promise: str = ""

    @property
    def body(self) -> str:
        """What the radar measures: all but the subject."""
        return "\n".join(text for kind, text, _ in self.segments if kind is not _S.SUBJECT)


class _Household:
    """Draws from the bank for one household without saying the same thing twice in a row."""

    def __init__(self, bank: Bank, chance: Random, case: Case) -> None:
        self.bank, self.chance, self.case = bank, chance, case
        self.known = case.known
        self._orders: dict[str, list[int]] = {}

    def draw(self, group: str, month: int) -> str:
        """The text of the next phrase of a group that suits the month; empty where none does."""
        phrases = self.bank.phrases(group, self.known)
        for _ in range(len(phrases)):
            phrase = phrases[self._next(group, len(phrases))]
            if month in phrase.months:
                return phrase.text
        return ""

    def scene(self, kind: str, month: int) -> Scene:
        """The next scene of a household type that suits the month."""
        scenes = self.bank.scenes(kind, self.known)
        while month not in (scene := scenes[self._next(kind, len(scenes))]).months:
            continue
        return scene

    def one_of(self, phrases: tuple[Phrase, ...]) -> str:
        """Any of a few sentences."""
        return phrases[int(self.chance.random() * len(phrases))].text

    def _next(self, group: str, count: int) -> int:
        order = self._orders.get(group)
        if not order:
            order = self._orders[group] = self.chance.sample(range(count), count)
        return order.pop()


class Writer:
    """Writes the drafts of one household after another."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._now: _Household
        self._special: Mapping[str, Callable[[date, dict[str, str]], Draft]] = {
            "visit": self._visit, "revisit": self._visit_again, "door": self._visit_at_the_door, "institution": self._institution,
            "absence": self._absence, "absence_again": self._absent_again, "handover": self._handover,
        }  # fmt: skip

    def begin(self, chance: Random, case: Case) -> None:
        """Turn to the next household."""
        self._now = _Household(self._bank, chance, case)

    def write(self, event: Event, more: int = 0) -> Draft:
        """The draft of one event; `more` sentences are added where it would read like another record."""
        day = event.day
        slots = passing_slots(self._now.chance, self._now.case, day)
        special = self._special.get(event.group)
        draft = special(day, slots) if special else self._line(event, slots, more)
        if special and more:
            self._widen(draft, _background(event.group)[:more], day)
        draft.segments = [(k, text.format_map(slots), source) for k, text, source in draft.segments]
        draft.promise = draft.promise.format_map(slots)
        return draft

    def _visit(self, day: date, slots: dict[str, str]) -> Draft:
        del slots
        return self._met_at_home(day, "arrival")

    def _visit_again(self, day: date, slots: dict[str, str]) -> Draft:
        del slots
        return self._met_at_home(day, "arrival_after")

    def _visit_at_the_door(self, day: date, slots: dict[str, str]) -> Draft:
        del slots
        return self._met_at_home(day, "arrival_door", ("neighbours", "money", "household_check"))

    def _met_at_home(
        self, day: date, arrival: str, background: tuple[str, ...] = _BACKGROUND
    ) -> Draft:
        now = self._now
        kind = now.case.family.type.value
        scene, parts = self._scene_of(kind, day)
        told = [now.draw(arrival, day.month), parts[_S.FACTS]]
        if now.chance.random() < _SECOND_MATTER and not scene.is_alone:
            second, other = self._scene_of(kind, day)
            if not second.is_alone and second is not scene:
                told.append(other[_S.FACTS])
                for part in (_S.WORDS, _S.VIEW, _S.ADVICE):
                    parts[part] += other[part]
        told.extend(now.draw(group, day.month) for group in now.chance.sample(background, 3))
        draft = Draft([(_S.SUBJECT, now.draw("subject_visit", day.month), "")])
        source = _SOURCES[int(now.chance.random() * len(_SOURCES))]
        draft.segments.append((_S.FACTS, "".join(told), source))
        draft.segments.extend((part, parts[part], "") for _, part in _SCENE_PARTS[1:])
        draft.segments.append((_S.NOT_CONFIRMED, now.draw("not_confirmed", day.month), ""))
        draft.promise = now.one_of(scene.parts["promise"])
        return draft

    def _scene_of(self, kind: str, day: date) -> tuple[Scene, dict[SegmentKind, str]]:
        """A scene, and a sentence of it for each part."""
        now = self._now
        scene = now.scene(kind, day.month)
        return scene, {part: now.one_of(scene.parts[name]) for name, part in _SCENE_PARTS}

    def _institution(self, day: date, slots: dict[str, str]) -> Draft:
        now = self._now
        stay = now.case.stay_on(day)
        slots["place"] = stay.place if stay else slots["hospital"]
        scene, parts = self._scene_of(stay.kind.value if stay else "hospital", day)
        told = now.draw("institution_arrival", day.month) + parts[_S.FACTS]
        draft = Draft(
            [(_S.SUBJECT, "病状・生活状況の確認", ""), (_S.FACTS, told, "本人と職員の話")]
        )
        draft.segments.extend((kind, parts[kind], "") for _, kind in _SCENE_PARTS[1:])
        draft.promise = now.one_of(scene.parts["promise"])
        return draft

    def _absence(self, day: date, slots: dict[str, str]) -> Draft:
        del slots
        return self._met_nobody(day, "absence")

    def _absent_again(self, day: date, slots: dict[str, str]) -> Draft:
        del slots
        return self._met_nobody(day, "absence_again")

    def _met_nobody(self, day: date, group: str) -> Draft:
        now = self._now
        return Draft(
            [
                (_S.SUBJECT, "定期訪問（不在）", ""),
                (_S.FACTS, now.draw(group, day.month), "訪問時の様子"),
                (_S.NEXT, now.draw(f"{group}_next", day.month), ""),
            ]
        )

    def _handover(self, day: date, slots: dict[str, str]) -> Draft:
        """What the next caseworker must know: each household's own matters, not a form."""
        del slots
        now, month = self._now, day.month
        at_home = "home" if now.case.stay_on(day) is None else "stay"
        told = [
            now.draw(group, month)
            for group in ("handover_intro", f"handover_{at_home}", "handover_health")
        ]
        told.append(now.draw("policy_state", month))
        if at_home == "home":
            told.extend(
                now.draw(g, month) for g in now.chance.sample(("money", "neighbours", "room"), 2)
            )
        return Draft(
            [
                (_S.SUBJECT, "担当の引継ぎ", ""),
                (_S.FACTS, "".join(told), "ケースファイル"),
                (_S.VIEW, now.draw("handover_view", month), ""),
                (_S.NEXT, now.draw("handover_next", month), ""),
                (_S.NOT_CONFIRMED, now.draw("handover_open", month), ""),
            ]
        )

    def _line(self, event: Event, slots: dict[str, str], more: int) -> Draft:
        """An entry whose parts stand on one line of the bank."""
        now, month = self._now, event.day.month
        self._fill_in(event, slots)
        line = now.draw(event.group, month) or now.draw("telephone_out", month)
        kinds = _LINES.get(event.kind, _TALK)
        texts = line.split("｜")
        if len(texts) == 1:
            kinds = (_S.FACTS,)
        source = _AT_SOURCES.get(event.kind, "")
        draft = Draft(
            [(k, t, source if k is _S.FACTS else "") for k, t in zip(kinds, texts, strict=False)]
        )
        groups = _MORE.get(event.group, ())
        count = more + 1 + (now.chance.random() < 0.4)
        if groups:
            added = tuple(groups[n % len(groups)] for n in range(count))
            self._widen(draft, added, event.day)
        return draft

    def _fill_in(self, event: Event, slots: dict[str, str]) -> None:
        now = self._now
        if event.kind == "policy":
            slots["policy_state"] = now.draw("policy_state", event.day.month).format_map(slots)
            slots["grade"] = now.case.grade_on(event.day)
        elif event.group == "close_decision":
            slots["reason"] = now.chance.choice(_REASONS)
        elif event.group == "start_decision":
            working = "job" in slots and "illness" in slots
            at = (
                "求職中である"
                if working
                else f"{slots['illness']}で{slots['hospital']}に通院している"
            )
            slots["illness_or_work"] = f"主は{at}"

    def _widen(self, draft: Draft, groups: tuple[str, ...], day: date) -> None:
        """Add sentences to the facts."""
        added = "".join(self._now.draw(group, day.month) for group in groups)
        for place, (kind, text, source) in enumerate(draft.segments):
            if kind is _S.FACTS:
                draft.segments[place] = (kind, text + added, source)
                return


def _background(group: str) -> tuple[str, ...]:
    """Where to take further sentences from."""
    if group in {"absence", "absence_again"}:
        return ("absence_more",) * 4
    if group == "institution":
        return ("telephone_more",) * 3
    return _BACKGROUND[1:] if group == "door" else _BACKGROUND
