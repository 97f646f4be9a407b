"""Composes the text of an entry from the phrase bank, so that it reads like a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import permutations
from random import Random

from desktop.services.training.bank import Bank, Scene
from desktop.services.training.cases import Case
from desktop.services.training.decks import Speech
from desktop.services.training.drafts import (
    ADVICE,
    AGREED,
    DECIDED,
    FACTS,
    NEXT,
    NOT_CONFIRMED,
    SUBJECT,
    VIEW,
    WORDS,
    Draft,
)
from desktop.services.training.slots import EntrySlots
from desktop.services.training.story import Event

#: The parts of an entry told by one line of the bank.
_LINES: Mapping[str, tuple[str, ...]] = {
    "telephone_in": (FACTS,),
    "telephone_out": (FACTS,),
    "office_interview": (SUBJECT, FACTS, ADVICE),
    "letter_in": (SUBJECT, FACTS, NEXT),
    "letter_out": (SUBJECT, FACTS, NEXT),
    "declaration": (SUBJECT, FACTS, DECIDED),
    "decision": (SUBJECT, FACTS, VIEW, DECIDED),
    "policy": (SUBJECT, FACTS, VIEW, DECIDED, NEXT),
    "medical_review": (SUBJECT, FACTS, VIEW, NEXT),
    "tax_survey": (SUBJECT, FACTS, DECIDED, NEXT),
    "asset_inquiry": (SUBJECT, FACTS, DECIDED, NEXT),
}
_TALK = (SUBJECT, FACTS, WORDS, VIEW, ADVICE, AGREED, NEXT)
#: The parts of a scene after its facts.
_SCENE_PARTS = (WORDS, VIEW, ADVICE, AGREED, NEXT)
#: Of a second matter these are told too.
_SECOND_PARTS = (0, 1, 2)
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
_AT_THE_DOOR = ("neighbours", "money", "household_check")
_THREE_AT_HOME = tuple(permutations(_BACKGROUND, 3))
_THREE_AT_THE_DOOR = tuple(permutations(_AT_THE_DOOR, 3))
_TWO_AT_HANDOVER = tuple(permutations(("money", "neighbours", "room"), 2))
#: Entries long and varied enough that no two offices of the world would write the same.
_VISITS = frozenset({"visit", "revisit", "door"})
_REASONS = ("就労収入の増加", "親族による引取り", "年金の受給開始", "仕送りの増加")


class Writer:
    """Writes the drafts of one household after another.

    `supervisor` is whom short entries are reported to; without one they say nothing of it.
    """

    def __init__(self, bank: Bank, supervisor: str = "") -> None:
        self._bank, self._supervisor = bank, supervisor
        self._now: Speech
        self._special: Mapping[str, Callable[[date, EntrySlots], Draft]] = {
            "visit": self._visit, "revisit": self._visit_again, "door": self._visit_at_the_door, "institution": self._institution,
            "absence": self._absence, "absence_again": self._absent_again, "handover": self._handover,
        }  # fmt: skip

    def begin(self, chance: Random, case: Case) -> None:
        """Turn to the next household."""
        self._now = Speech(self._bank, chance, case)

    def write(self, event: Event, more: int = 0, *, reported: bool = False) -> Draft:
        """The draft of one event; `more` sentences are added where it would read like another record.

        Where short entries of several teams must not read alike, `reported` adds to whom it was reported.
        """
        draft, slots = self._composed(event, more)
        if reported and self._supervisor and event.group not in _VISITS:
            slots["supervisor"] = self._supervisor
            draft.widen(self._now.draw("reported", event.day.month))
        draft.segments = [(k, text.format_map(slots), source) for k, text, source in draft.segments]
        draft.promise = draft.promise.format_map(slots)
        return draft

    def write_old(self, event: Event) -> str:
        """The text of one event as the former system kept it."""
        draft, slots = self._composed(event, 0)
        return draft.as_one_text().format_map(slots)

    def _composed(self, event: Event, more: int) -> tuple[Draft, EntrySlots]:
        """A draft with its slots still open."""
        slots = EntrySlots(self._now.chance, self._now.case, event.day)
        special = self._special.get(event.group)
        if special is None:
            return self._line(event, slots, more), slots
        draft = special(event.day, slots)
        if more:
            self._widen(draft, _background(event.group)[:more], event.day)
        return draft, slots

    def _visit(self, day: date, slots: EntrySlots) -> Draft:
        del slots
        return self._met_at_home(day, "arrival")

    def _visit_again(self, day: date, slots: EntrySlots) -> Draft:
        del slots
        return self._met_at_home(day, "arrival_after")

    def _visit_at_the_door(self, day: date, slots: EntrySlots) -> Draft:
        del slots
        return self._met_at_home(day, "arrival_door", _THREE_AT_THE_DOOR)

    def _met_at_home(
        self,
        day: date,
        arrival: str,
        backgrounds: tuple[tuple[str, ...], ...] = _THREE_AT_HOME,
    ) -> Draft:
        now, month = self._now, day.month
        random, kind = now.chance.random, now.case.family.type.value
        scene, (facts, *parts) = self._scene_of(kind, month)
        told = [now.draw(arrival, month), facts]
        if random() < _SECOND_MATTER and not scene.is_alone:
            second, (also, *other) = self._scene_of(kind, month)
            if not second.is_alone and second is not scene:
                told.append(also)
                for place in _SECOND_PARTS:
                    parts[place] += other[place]
        groups = backgrounds[int(random() * len(backgrounds))]
        told.extend([now.draw(group, month) for group in groups])
        source = _SOURCES[int(random() * len(_SOURCES))]
        return Draft(
            [
                (SUBJECT, now.draw("subject_visit", month), ""),
                (FACTS, "".join(told), source),
                *[(k, text, "") for k, text in zip(_SCENE_PARTS, parts, strict=True)],
                (NOT_CONFIRMED, now.draw("not_confirmed", month), ""),
            ],
            now.one_of(scene.promises),
        )

    def _scene_of(self, kind: str, month: int) -> tuple[Scene, list[str]]:
        """A scene, and a sentence of it for each part."""
        scene, random = self._now.scene(kind, month), self._now.chance.random
        return scene, [texts[int(random() * len(texts))] for texts in scene.parts]

    def _institution(self, day: date, slots: EntrySlots) -> Draft:
        now = self._now
        stay = now.case.stay_on(day)
        slots["place"] = stay.place if stay else slots["hospital"]
        kind = stay.kind.value if stay else "hospital"
        scene, (facts, *parts) = self._scene_of(kind, day.month)
        return Draft(
            [
                (SUBJECT, "病状・生活状況の確認", ""),
                (FACTS, now.draw("institution_arrival", day.month) + facts, "本人と職員の話"),
                *[(k, text, "") for k, text in zip(_SCENE_PARTS, parts, strict=True)],
            ],
            now.one_of(scene.promises),
        )

    def _absence(self, day: date, slots: EntrySlots) -> Draft:
        del slots
        return self._met_nobody(day, "absence")

    def _absent_again(self, day: date, slots: EntrySlots) -> Draft:
        del slots
        return self._met_nobody(day, "absence_again")

    def _met_nobody(self, day: date, group: str) -> Draft:
        now = self._now
        return Draft(
            [
                (SUBJECT, "定期訪問（不在）", ""),
                (FACTS, now.draw(group, day.month), "訪問時の様子"),
                (NEXT, now.draw(f"{group}_next", day.month), ""),
            ]
        )

    def _handover(self, day: date, slots: EntrySlots) -> Draft:
        """What the next caseworker must know: each household's own matters, not a form."""
        del slots
        now, month = self._now, day.month
        is_at_home = now.case.stay_on(day) is None
        groups = ["handover_intro", f"handover_{'home' if is_at_home else 'stay'}"]
        groups += ["handover_health", "policy_state"]
        if is_at_home:
            groups += now.chance.choice(_TWO_AT_HANDOVER)
        return Draft(
            [
                (SUBJECT, "担当の引継ぎ", ""),
                (FACTS, "".join([now.draw(group, month) for group in groups]), "ケースファイル"),
                (VIEW, now.draw("handover_view", month), ""),
                (NEXT, now.draw("handover_next", month), ""),
                (NOT_CONFIRMED, now.draw("handover_open", month), ""),
            ]
        )

    def _line(self, event: Event, slots: EntrySlots, more: int) -> Draft:
        """An entry whose parts stand on one line of the bank."""
        now, month = self._now, event.day.month
        self._fill_in(event, slots)
        line = now.phrase(event.group, month) or now.phrase("telephone_out", month)
        texts = line.parts if line else ()
        kinds = _LINES.get(event.kind, _TALK) if len(texts) > 1 else (FACTS,)
        source = _AT_SOURCES.get(event.kind, "")
        draft = Draft(
            [(k, t, source if k is FACTS else "") for k, t in zip(kinds, texts, strict=False)]
        )
        groups = _MORE.get(event.group, ())
        count = more + 1 + (now.chance.random() < 0.4)
        if groups:
            added = tuple(groups[n % len(groups)] for n in range(count))
            self._widen(draft, added, event.day)
        return draft

    def _fill_in(self, event: Event, slots: EntrySlots) -> None:
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
        draft.widen("".join([self._now.draw(group, day.month) for group in groups]))


def _background(group: str) -> tuple[str, ...]:
    """Where to take further sentences from."""
    if group in {"absence", "absence_again"}:
        return ("absence_more",) * 4
    if group == "institution":
        return ("telephone_more",) * 3
    return _AT_THE_DOOR if group == "door" else _BACKGROUND
