"""見落とし: what the radar found, as questions with their facts."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QPushButton

from desktop.domain.supervision import Finding, RuleInfo
from desktop.override import override
from desktop.viewmodels.desk import household_text
from desktop.viewmodels.radar import (
    filtered,
    finding_columns,
    finding_key,
    finding_summary,
    finding_text,
    rule_text,
)
from desktop.views.desk.panel import DeskPanel
from desktop.views.look import Look
from desktop.views.paragraph import Paragraph
from desktop.views.requests import (
    POLICY_REVIEW_SCREEN,
    FileRequest,
    HouseholdAtHand,
    ScreenRequest,
)
from desktop.views.widgets import named

_WIDTHS = {0: 4, 1: 11, 2: 8, 3: 5, 4: 4}
_EMPTY = "見落としの疑いはありません。点検は止められません。期限超過・記録の途絶・未決裁などがあると、ここに表示されます。"
_ALL = "すべての点検"
_EVERYBODY = "全員"
_VACANT = "（欠員）"
_ABOUT_GRADES = frozenset({"V01", "V17"})
_ABOUT_PLANS = frozenset({"E22", "E23"})
_ABOUT_PROCEDURES = frozenset({"E05", "E06", "E12", "E13", "E14", "E16", "E17", "E18", "E19"})
_ABOUT_ASSESSMENTS = "E07"
_TO_REVIEW = frozenset({"P01", "P02", "P03", "P04", "P05"})


class FindingsPanel(DeskPanel[Finding]):
    """Worst first, filtered by rule and caseworker; the sentence and its rule stand beneath. Enter opens the file.

    A policy that is missing, due or copied (P01–P05) opens on the workbench for its own caseworker: `reviewer` is the
    signed-in person who may write policies.
    """

    def __init__(self, look: Look, *, reviewer: UUID | None = None) -> None:
        self._reviewer = reviewer
        self._rules: dict[str, RuleInfo] = {}
        super().__init__(
            "findings",
            "見落とし(&M)",
            finding_columns(self._rules),
            key=finding_key,
            characters=_WIDTHS,
            stretch=2,
            empty=_EMPTY,
            brush_of=look.brush_of,
        )
        self._findings: tuple[Finding, ...] = ()
        self.rule_filter = named(QComboBox(), "rule_filter")
        self.caseworker_filter = named(QComboBox(), "caseworker_filter")
        self.sentence = named(Paragraph(), "finding_sentence")
        self.explanation = named(Paragraph(tone="muted"), "rule_explanation")
        self.explain_button = named(QPushButton("説明（F1）"), "explain_rule")
        self._explains = False
        self._lay_out()
        self._connect()

    def show_rules(self, rules: Sequence[RuleInfo]) -> None:
        """Know the rules: for the filter and the explanations."""
        self._rules.clear()
        self._rules.update({rule.rule: rule for rule in rules})
        self._offer(self.rule_filter, _ALL, [(f"{r.rule} {r.name}", r.rule) for r in rules])

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what was found; the filters stay as they are set."""
        self._findings = tuple(findings)
        people = sorted({f.caseworker for f in findings})
        self._offer(self.caseworker_filter, _EVERYBODY, [(p or _VACANT, p) for p in people])
        self._filter()

    def show_caseworker(self, name: str) -> None:
        """Narrow the findings to one caseworker, and take the keyboard."""
        self.caseworker_filter.setCurrentIndex(max(self.caseworker_filter.findData(name), 0))
        self.table.setFocus()

    @override
    def open_row(self, row: Finding) -> None:
        """Open the workbench, or the file at the entry or the policies; a finding about a caseworker has none."""
        if row.household_id is None:
            self.announced.emit("担当者についての点検です。開く世帯はありません。")
            return
        if row.rule in _TO_REVIEW and self._reviewer is not None and row.staff_id == self._reviewer:
            self.screen_requested.emit(
                ScreenRequest(key=POLICY_REVIEW_SCREEN, item_id=row.household_id)
            )
            return
        self.file_requested.emit(
            FileRequest(
                household_id=row.household_id,
                section=_section_of(row),
                entry_id=row.entry_id or row.policy_id,
            )
        )

    @override
    def household_at_hand(self) -> HouseholdAtHand | None:
        """The household found, if the finding has one."""
        row = self.current()
        if row is None or row.household_id is None:
            return None
        return HouseholdAtHand(
            household_id=row.household_id, label=household_text(row.case_number, row.head_name)
        )

    @override
    def event(self, event: QEvent) -> bool:
        # F1 within the panel explains the rule; everywhere else it is the window's key for the help.
        if event.type() == QEvent.Type.ShortcutOverride and _is_f1(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_f1(event):
            self._explain()
        else:
            super().keyPressEvent(event)

    def _filter(self) -> None:
        rule = self.rule_filter.currentData() or ""
        shown = filtered(self._findings, rule, self.caseworker_filter.currentData())
        self.summary.setText(finding_summary(shown, len(self._findings)))
        self.show_rows(shown)

    def _offer(self, box: QComboBox, everything: str, choices: list[tuple[str, str]]) -> None:
        chosen = box.currentData()
        box.blockSignals(True)
        box.clear()
        box.addItem(everything, None)
        for label, value in choices:
            box.addItem(label, value)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        box.blockSignals(False)

    def _show_current(self) -> None:
        row = self.current()
        self.sentence.say(finding_text(row) if row else "")
        rule = self._rules.get(row.rule) if row and self._explains else None
        self.explanation.say(rule_text(rule))
        self.explain_button.setEnabled(row is not None)

    def _explain(self) -> None:
        self._explains = not self._explains
        self._show_current()

    def _lay_out(self) -> None:
        for box, name in (
            (self.rule_filter, "点検で絞り込む"),
            (self.caseworker_filter, "担当者で絞り込む"),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(7)
            self.filters.addWidget(box, 1)
        self.filters.addWidget(self.explain_button)
        self._offer(self.rule_filter, _ALL, [])
        self._offer(self.caseworker_filter, _EVERYBODY, [])
        self.footer.addWidget(self.sentence)
        self.footer.addWidget(self.explanation)

    def _connect(self) -> None:
        self.rule_filter.currentIndexChanged.connect(self._filter)
        self.caseworker_filter.currentIndexChanged.connect(self._filter)
        self.chosen.connect(self._show_current)
        self.explain_button.clicked.connect(self._explain)


def _is_f1(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1


def _section_of(row: Finding) -> str:
    """Where in the file it is to be looked after; the rules about policies begin with P, those about grades, support plans, procedures and assessments are named."""
    if row.rule in _ABOUT_GRADES:
        return "visit_grades"
    if row.rule in _ABOUT_PLANS:
        return "support_plans"
    if row.rule in _ABOUT_PROCEDURES:
        return "procedures"
    if row.rule == _ABOUT_ASSESSMENTS:
        return "assessments"
    if row.rule.startswith("P"):
        return "support_policies"
    return "overview" if row.entry_id is None else "chronicle"
