"""The fields of an assessment by the names that the services use, and reading them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox

from desktop.domain.assessment_forms import AssessmentInput, AssessmentTables
from desktop.domain.assessments import (
    ASSESSMENT_KIND,
    COMMENT,
    HEALTH_SOURCE,
    SCOPE,
    Health,
    Motivation,
    Work,
)
from desktop.domain.era import DateStyle
from desktop.viewmodels.assessments_form import input_of
from desktop.views.assessments.barriers_field import BarriersField
from desktop.views.assessments.drive_field import DriveField
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.date_field import DateField
from desktop.views.fields.field import Field
from desktop.views.fields.form_reader import FormReader
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.month_field import MonthField
from desktop.views.support_policies.peeking import peek
from desktop.views.widgets import named


class AssessmentFields:
    """`every` are the fields by name; whether somebody asks to be assessed is a tick of its own."""

    def __init__(self, today: Callable[[], date]) -> None:
        def day(name: str, *, required: bool = False) -> DateField:
            return DateField(name, today=today, required=required, style=DateStyle.SHORT)

        self.kind = _choice("種類", _labels(ASSESSMENT_KIND))
        self.made_on = day("評価した日", required=True)
        self.scope = _choice("対象", _labels(SCOPE))
        self.asks_anyway = named(QCheckBox("本人が評価を希望している(&Q)"), "asks_anyway")
        self.work = _choice("いまの就労", ())
        self.job = _text("仕事の内容（勤め先・時間・賃金など）")
        self.health = _choice("健康", ())
        self.health_source = ChoiceField("だれの意見か", _labels(HEALTH_SOURCE))
        self.health_on = day("意見の日")
        self.rejudge_on = MonthField("回復・再判断の月", today=today)
        self.health_words = _text("医師の言葉（そのまま）")
        self.barriers = BarriersField(today)
        self.motivation = _choice("本人の意向", ())
        self.motivation_on = day("意向を聞いた日")
        self.motivation_words = _text("したこと・話したこと（本人の言葉）")
        self.drive_said = DriveField()
        self.safety = _text("安全の心配（自傷・暴力・急な医療・DV）")
        self.resources = _text("資格・経験・強み")
        self.wishes = _text("希望（仕事・時間・場所・避けたいこと）")
        self.market = _text("地域の求人（出どころと日付も）")
        self.life = _text("暮らし（睡眠・生活リズム・お金・人との関わり・住まい）")
        self.view = _text("担当員の見方")
        self.comment = _choice("本人の意見", _labels(COMMENT))
        self.comment_on = day("本人に示した日")
        self.comment_words = _text("本人の意見の言葉")
        self.every: dict[str, Field[Any]] = {
            name: field for name, field in vars(self).items() if isinstance(field, Field)
        }
        for name, field in self.every.items():
            field.setObjectName(f"assessment_{name}")

    def use(self, tables: AssessmentTables) -> None:
        """Offer the answers by the office's labels of the day."""
        for field, codes in (
            (self.work, Work),
            (self.health, Health),
            (self.motivation, Motivation),
        ):
            field.set_choices([Choice(code=c, label=tables.label(c)) for c in codes])
        self.barriers.use(tables)
        self.drive_said.use(tables.items)

    def show(self, given: AssessmentInput) -> None:
        """Fill the form in."""
        for name, field in self.every.items():
            value = getattr(given, name)
            field.show_value(None if value == "" else value)
        self.asks_anyway.setChecked(given.asks_anyway)

    def read(self, begun: AssessmentInput) -> AssessmentInput:
        """What was entered; raises ValidationError and goes to the first field that is wrong."""
        reader = FormReader()
        values = {name: reader.read(name, field) for name, field in self.every.items()}
        reader.finish()
        return self._input(begun, values)

    def peeked(self, begun: AssessmentInput) -> AssessmentInput:
        """What is typed so far; where it cannot be read yet, what the form began with."""
        values = {name: peek(f, getattr(begun, name)) for name, f in self.every.items()}
        return self._input(begun, values)

    def _input(self, begun: AssessmentInput, values: Mapping[str, Any]) -> AssessmentInput:
        return input_of(begun, {**values, "asks_anyway": self.asks_anyway.isChecked()})


def _choice(name: str, choices: Iterable[Choice]) -> ChoiceField:
    return ChoiceField(name, tuple(choices), required=True)


def _labels(labels: Mapping[Any, str]) -> list[Choice]:
    return [Choice(code=code, label=label) for code, label in labels.items()]


def _text(name: str) -> LongTextField:
    return LongTextField(name, lines=2, most_lines=10)
