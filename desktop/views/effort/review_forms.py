"""The inputs of 事業の見直し: the sheet of a programme, and a line of the promotion plan."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop.domain.errors import UserError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.programme_reviews import (
    MOST_COST,
    MOST_VALUE,
    PROMOTION_ITEM,
    VERDICT,
    PromotionInput,
    PromotionLine,
    ReviewInput,
    ReviewLine,
    Verdict,
)
from desktop.views.effort.lists import key_of, read_all
from desktop.views.fields.choice_field import Choice, ChoiceField
from desktop.views.fields.field import Field
from desktop.views.fields.form_layout import FormLayout, form_row
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.number_field import NumberField
from desktop.views.fields.yen_field import YenField
from desktop.views.paragraph import Paragraph
from desktop.views.widgets import named

_VERDICTS = tuple(Choice(code=verdict.value, label=label) for verdict, label in VERDICT.items())


class _ReviewFrame(QFrame):
    """What both forms do: refusals beside their fields, and whether something was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.is_dirty = False

    def _dirty(self) -> None:
        self.is_dirty = True

    def show_refusal(self, error: UserError) -> str:
        """Put a refusal beside its fields; return what has no place there."""
        if not isinstance(error, ValidationError):
            return error.sentence
        placed = [key for key in error.fields if isinstance(getattr(self, key, None), Field)]
        for key in placed:
            getattr(self, key).show_error(error.fields[key])
        return "" if placed else error.sentence


class SheetForm(_ReviewFrame):
    """The sheet of the programme at hand; `entered` carries a ReviewInput, `approved` its id."""

    entered = Signal(object)
    approved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet_form")
        self.head = named(Paragraph(), "sheet_head")
        self.verdict = ChoiceField("結論", _VERDICTS, required=True)
        self.cost = YenField("費用（年度）", highest=MOST_COST)
        self.reason = LongTextField("理由", required=True, lines=2)
        self.remarks = LongTextField("備考", lines=1)
        self.save_button = named(QPushButton("見直しを保存（Ctrl+S）"), "save_sheet")
        self.approve_button = named(QPushButton("承認（Ctrl+Enter）"), "approve_sheet")
        self._line: ReviewLine | None = None
        self._year = 0
        self._lay_out()

    def show_line(self, line: ReviewLine, fiscal_year: int) -> None:
        """Show a programme's sheet, or an empty one."""
        self._line, self._year = line, fiscal_year
        given = line.review.given if line.review else None
        self.head.say(_head(line))
        self.verdict.show_value(given.verdict.value if given else None)
        self.cost.show_value(given.cost if given else None)
        self.reason.show_value(given.reason if given else None)
        self.remarks.show_value(given.remarks if given else None)
        self.approve_button.setEnabled(line.may_approve)
        self.is_dirty = False

    def save(self) -> None:
        """Hand in what is written."""
        found = read_all(self.verdict, self.cost, self.reason, self.remarks)
        if self._line is None or found is None:
            return
        verdict, cost, reason, remarks = found
        self.entered.emit(
            ReviewInput(
                review_id=new_id(),
                programme=self._line.year.programme,
                fiscal_year=self._year,
                verdict=Verdict(verdict),
                cost=cost,
                reason=reason,
                remarks=remarks or "",
            )
        )

    def approve(self) -> None:
        """Approve the sheet that is shown, where nothing was typed over it."""
        line = self._line
        if line is not None and line.review is not None and line.may_approve and not self.is_dirty:
            self.approved.emit(line.review.given.review_id)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.head)
        row = QHBoxLayout()
        row.addWidget(form_row("結論(&V)", self.verdict))
        row.addWidget(form_row("費用(&C)", self.cost))
        row.addStretch(1)
        layout.addLayout(row)
        form = FormLayout()
        form.add_field("理由(&R)", self.reason)
        form.add_field("備考(&K)", self.remarks)
        layout.addLayout(form)
        acts = QHBoxLayout()
        acts.addWidget(self.save_button)
        acts.addWidget(self.approve_button)
        acts.addStretch(1)
        layout.addLayout(acts)
        for field in (self.verdict, self.cost, self.reason, self.remarks):
            field.edited.connect(self._dirty)
        self.save_button.clicked.connect(lambda *_: self.save())
        self.approve_button.clicked.connect(lambda *_: self.approve())
        key_of(self, "Ctrl+S", self.save)
        key_of(self, "Ctrl+Return", self.approve)


class LineForm(_ReviewFrame):
    """A line of the promotion plan; `entered` carries a PromotionInput."""

    entered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("line_form")
        self.head = named(Paragraph(), "line_head")
        self.target = NumberField("目標", required=True, highest=MOST_VALUE)
        self.result = NumberField("結果", highest=MOST_VALUE)
        self.remarks = LongTextField("備考", lines=1)
        self.save_button = named(QPushButton("この行を保存（Ctrl+S）"), "save_line")
        self._line: PromotionLine | None = None
        self._year = 0
        self._lay_out()

    def show_line(self, line: PromotionLine, fiscal_year: int) -> None:
        """Show an item's line."""
        self._line, self._year = line, fiscal_year
        given = line.given
        self.head.say(PROMOTION_ITEM[line.item])
        self.target.show_value(given.target if given else None)
        self.result.show_value(given.result if given else None)
        self.remarks.show_value(given.remarks if given else None)
        self.is_dirty = False

    def save(self) -> None:
        """Hand in what is written."""
        found = read_all(self.target, self.result, self.remarks)
        if self._line is None or found is None:
            return
        target, result, remarks = found
        self.entered.emit(
            PromotionInput(
                line_id=new_id(),
                fiscal_year=self._year,
                item=self._line.item,
                target=target,
                result=result,
                remarks=remarks or "",
            )
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(form_row("目標(&G)", self.target))
        row.addWidget(form_row("結果(&E)", self.result))
        row.addWidget(form_row("備考(&I)", self.remarks), 1)
        row.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.head)
        layout.addLayout(row)
        for field in (self.target, self.result, self.remarks):
            field.edited.connect(self._dirty)
        self.save_button.clicked.connect(lambda *_: self.save())
        key_of(self, "Ctrl+S", self.save)


def _head(line: ReviewLine) -> str:
    review = line.review
    if review is None:
        return f"{line.year.label}：この年度の見直しはまだありません。"
    approved = (
        f"承認 {review.approved_by}" if review.approved_at is not None else "承認を待っています"
    )
    return (
        f"{line.year.label}：{review.author}が書きました。書いたときの参加 {review.persons}人、"
        f"時間 {review.minutes:,}分（推計）。{approved}。"
    )
