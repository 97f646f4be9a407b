"""The fields of one kind of step: its day, what came of it, its words, and what only this kind names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.era import DateStyle, format_date
from desktop.domain.guidance import OUTCOME, OUTCOMES, RESULTS, STEP, VIOLATIONS, Outcome, Step
from desktop.domain.guidance_forms import (
    EXCEPTION_CODE,
    FURTHER_DAY,
    PLAN_MATTER,
    WORDS,
    GuidanceCase,
    GuidanceOfFile,
    ItemResult,
    StepInput,
)
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.tick_field import TickField
from desktop.views.guidance.item_rows import ItemRows
from desktop.views.widgets import named

_ARTICLES = "生活保護法第27条第1項"


class StepFields(QWidget):
    """Made for one step of one case, and thrown away after it."""

    def __init__(
        self, kind: Step, case: GuidanceCase, found: GuidanceOfFile, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self.kind, self._case, self._found = kind, case, found
        self.happened_on = DateField("年月日", today=today, required=True, style=DateStyle.SHORT)
        self.happened_on.show_value(today())
        self.further_on = DateField(
            FURTHER_DAY.get(kind, "次の日"), today=today, style=DateStyle.SHORT
        )
        self.outcome = ChoiceField("結果", _outcomes(kind), required=True)
        self.matter = ChoiceField("会議の議題", self._matters())
        self.second = ChoiceField("一緒に聴く職員", self._colleagues())
        self.hindrance = ChoiceField("どの事情か", self._hindrances())
        self.item = ChoiceField("どの項目か（空欄はすべて）", self._letter_items())
        self.words = {
            word.key: LongTextField(
                word.label, lines=word.lines, most_lines=12, required=word.required
            )
            for word in WORDS[kind]
            if word.key != EXCEPTION_CODE
        }
        self.exception = ChoiceField("停止を経ない廃止の事由", self._exceptions())
        self.items = ItemRows(today)
        self.results = {
            int(choice.code): ChoiceField(choice.label, _results(), required=True)
            for choice in self._letter_items()
        }
        self.grounds = {number: TickField(label) for number, label in self._broken()}
        self._lay_out()
        if "articles" in self.words:
            self.words["articles"].show_value(_ARTICLES)

    def read(self, household_id: UUID, step_id: UUID) -> StepInput:
        """What was entered. Raises ValidationError where something is missing."""
        reader = FormReader()
        happened_on = reader.read("happened_on", self.happened_on)
        outcome = reader.read("outcome", self.outcome) if self.kind in OUTCOMES else None
        further_on = reader.read("further_on", self.further_on) if self._has_day else None
        words = {key: reader.read(key, field) or "" for key, field in self.words.items()}
        if self._is_draft_of_disposition:
            words[EXCEPTION_CODE] = reader.read(EXCEPTION_CODE, self.exception) or ""
        matter = reader.read("matter_id", self.matter) if self.kind in PLAN_MATTER else None
        second = reader.read("second_id", self.second) if self.kind is Step.HEARING else None
        of_step = reader.read("of_step", self.hindrance) if self._is_resolution else None
        item = reader.read("item", self.item) if self.kind is Step.HINDRANCE else None
        items = self.items.read(reader) if self.kind is Step.LETTER else ()
        results = self._read_results(reader) if self.kind is Step.CHECK else ()
        reader.finish()
        return StepInput(
            step_id=step_id,
            case_id=self._case.case_id,
            household_id=household_id,
            kind=self.kind,
            happened_on=happened_on or date.min,
            words=words,
            outcome=Outcome(outcome) if outcome else None,
            further_on=further_on,
            matter_id=UUID(matter) if matter else None,
            of_step=UUID(of_step) if of_step else None,
            item=int(item) if item else None,
            second_id=UUID(second) if second else None,
            items=items,
            results=results,
            grounds=tuple(n for n, tick in self.grounds.items() if tick.is_ticked()),
        )

    def show_errors(self, fields: Mapping[str, str]) -> bool:
        """Put sentences beside their fields; whether each had its place."""
        places: dict[str, Field[Any]] = {
            **self._by_name(),
            **self.words,
        }
        placed = 0
        for name, sentence in fields.items():
            if name == "items" and self.kind is Step.LETTER:
                self.items.show_error(sentence)
                placed += 1
            elif name in places and places[name].isVisibleTo(self):
                places[name].show_error(sentence)
                placed += 1
        return placed == len(fields)

    @property
    def is_typed(self) -> bool:
        """Whether words were typed."""
        return self.items.is_typed or any(
            field.editor().toPlainText().strip()
            for key, field in self.words.items()
            if key != "articles"
        )

    def focus_first(self) -> None:
        """Begin with the first text: the day is today."""
        if self.kind is Step.LETTER:
            self.items.rows[0].action.setFocus()
            return
        first = next(iter(self.words.values()), None)
        (first or self.happened_on).setFocus()

    @property
    def _has_day(self) -> bool:
        return self.kind in FURTHER_DAY

    @property
    def _is_resolution(self) -> bool:
        return self.kind is Step.RESOLUTION

    @property
    def _is_draft_of_disposition(self) -> bool:
        return self.kind is Step.DISPOSITION

    def _exceptions(self) -> list[Choice]:
        return [
            Choice(code=e.code, label=e.label if e.confirmed else f"{e.label}【未確認】")
            for e in self._found.exceptions
        ]

    def _by_name(self) -> dict[str, Field[Any]]:
        first_result = next(iter(self.results.values()), None)
        first_ground = next(iter(self.grounds.values()), None)
        found: dict[str, Field[Any]] = {
            "happened_on": self.happened_on,
            "further_on": self.further_on,
            "outcome": self.outcome,
            "matter_id": self.matter,
            "second_id": self.second,
            "of_step": self.hindrance,
            EXCEPTION_CODE: self.exception,
        }
        if first_result is not None:
            found["results"] = first_result
        if first_ground is not None:
            found["grounds"] = first_ground
        return found

    def _read_results(self, reader: FormReader) -> tuple[ItemResult, ...]:
        read = {number: reader.read("results", field) for number, field in self.results.items()}
        return tuple(
            ItemResult(number=number, result=Outcome(code)) for number, code in read.items() if code
        )

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._top())
        if self.kind is Step.LETTER:
            outer.addWidget(self.items)
            self.items.begin()
        if self.kind is Step.DISPOSITION:
            for tick in self.grounds.values():
                outer.addWidget(tick)
        texts = QWidget()
        form = FormLayout(texts, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        for key, text in self.words.items():
            form.add_field(text.name, named(text, f"word_{key}"))
        outer.addWidget(texts)
        self._give_up_unused()

    def _top(self) -> QWidget:
        """The day, what this kind names, what came of it, a further day."""
        top = QWidget()
        form = FormLayout(top, labels_above=True)
        form.setContentsMargins(0, 0, 0, 0)
        results = self.results.values() if self.kind is Step.CHECK else ()
        rows: list[tuple[bool, str, Field[Any]]] = [
            (True, "年月日(&D)", self.happened_on),
            (self.kind in PLAN_MATTER, "会議の議題（会議録のあるもの）(&M)", self.matter),
            (self._is_resolution, "どの事情か(&H)", self.hindrance),
            (self.kind is Step.HINDRANCE, "どの項目か（空欄はすべて）(&I)", self.item),
            (self.kind is Step.HEARING, "一緒に聴く職員(&S)", self.second),
            *((True, field.name, field) for field in results),
            (self.kind in OUTCOMES, f"{STEP[self.kind]}の結果(&K)", self.outcome),
            (
                self._is_draft_of_disposition,
                "停止を経ない廃止の事由（該当するときだけ）(&E)",
                self.exception,
            ),
            (self._has_day, f"{FURTHER_DAY.get(self.kind, '')}(&T)", self.further_on),
        ]
        for is_asked, label, field in rows:
            if is_asked:
                form.add_field(label, field)
        return top

    def _give_up_unused(self) -> None:
        """Fields of other kinds never become windows: they belong to this widget and stay hidden."""
        fields: tuple[QWidget, ...] = (
            *(self.further_on, self.outcome, self.matter, self.second, self.hindrance),
            *(
                self.exception,
                self.item,
                self.items,
                *self.grounds.values(),
                *self.results.values(),
            ),
        )
        for field in fields:
            if field.parentWidget() is None:
                field.setParent(self)
                field.hide()

    def _matters(self) -> list[Choice]:
        wanted = PLAN_MATTER.get(self.kind)
        used = {step.matter_id for step in self._case.steps}
        return [
            Choice(code=str(m.matter_id), label=f"{format_date(m.held_on)}の会議")
            for m in self._found.matters
            if m.kind is wanted and m.person_id == self._case.person_id and m.matter_id not in used
        ]

    def _colleagues(self) -> list[Choice]:
        return [Choice(code=str(c.staff_id), label=c.name) for c in self._found.colleagues]

    def _hindrances(self) -> list[Choice]:
        return [
            Choice(
                code=str(each.step_id),
                label=f"{OUTCOME[each.outcome] if each.outcome else ''}（{format_date(each.happened_on)}）",
            )
            for each in self._case.open_hindrances
        ]

    def _letter_items(self) -> list[Choice]:
        letter = self._case.newest(Step.LETTER)
        return [
            Choice(code=str(item.number), label=f"{item.number}　{item.action}")
            for item in (letter.items if letter else ())
        ]

    def _broken(self) -> list[tuple[int, str]]:
        check = self._case.newest(Step.CHECK)
        broken = {e.number for e in check.results if e.result in VIOLATIONS} if check else set()
        return [
            (int(choice.code), f"理由にする：{choice.label}")
            for choice in self._letter_items()
            if int(choice.code) in broken
        ]


def _outcomes(kind: Step) -> list[Choice]:
    return [Choice(code=each, label=OUTCOME[each]) for each in OUTCOMES.get(kind, ())]


def _results() -> list[Choice]:
    return [Choice(code=each, label=OUTCOME[each]) for each in RESULTS]
