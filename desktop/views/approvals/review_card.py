"""The card under review: whose file, the entry, policy or grade with what changed in it, and what stands beside it.

A plan of visits is of no file: its points take the whole card, and have to be read to their end.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from desktop.domain.approvals import Move
from desktop.domain.era import format_date
from desktop.domain.review import (
    EntryCard,
    GradeCard,
    PlanCard,
    PolicyCard,
    ReviewCard,
    SupportPlanCard,
)
from desktop.domain.support_policies import POLICY_KIND
from desktop.override import override
from desktop.viewmodels.approvals_moves import card_differences, card_text
from desktop.viewmodels.approvals_queue import queue_badges
from desktop.viewmodels.records_text import instant_text
from desktop.viewmodels.support_plans import card_lines as plan_lines
from desktop.viewmodels.support_policies_comparison import compare_policies, policy_legend
from desktop.viewmodels.visit_grades import card_lines
from desktop.viewmodels.visit_plans_card import plan_sections
from desktop.views.approvals.card_pairs import write_pairs
from desktop.views.approvals.card_side import CardSide
from desktop.views.approvals.likeness_bar import LikenessBar
from desktop.views.households.identity_bar import IdentityBar
from desktop.views.look import Look
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.support_policies.difference_document import write_text
from desktop.views.visit_plans.plan_review import PlanReview
from desktop.views.widgets import muted_label, named

_ROOM_FOR_SIDE = 41
_SHARES = (580, 420)
_ENTRY, _POLICY, _GRADE = "決裁する記録", "決裁する援助方針", "決裁する訪問格付"
_SUPPORT_PLAN = "決裁する個別支援計画"
_CHANGED = "前回の決裁からの変更：取消線＝消えた文　下線＝加わった文"


class ReviewCardView(QWidget):
    """The side goes beneath the entry where there is no room beside it. `read`: the end of a plan's points was on screen."""

    read = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review_card")
        self.identity = IdentityBar()
        self.heading = named(QLabel(), "card_heading")
        self.heading.setWordWrap(True)
        self.legend = named(muted_label(_CHANGED), "change_legend")
        self.legend.setWordWrap(True)
        self.entry = named(EntryBrowser(look, _ENTRY), "card_entry")
        self.side = CardSide(look)
        self.plan = PlanReview()
        self.likeness = LikenessBar(look)
        self._panes = QSplitter(Qt.Orientation.Horizontal)
        self._build()

    def show_card(self, card: ReviewCard) -> None:
        """Show a card from its beginning."""
        row = card.row
        marks = "".join(f"［{badge.text}］" for badge in queue_badges(row))
        again = f"（{row.round}回目）" if row.round > 1 else ""
        self.identity.setVisible(card.identity is not None)
        if card.identity is not None:
            self.identity.show_identity(card.identity)
        is_plan = isinstance(card.subject, PlanCard)
        self.plan.setVisible(is_plan)
        self._panes.setVisible(not is_plan)
        self.heading.setText(
            f"{row.kind_label}{marks}　提出 {row.author}　{instant_text(row.submitted_at)}{again}"
        )
        match card.subject:
            case EntryCard() as subject:
                self._show_entry(subject)
            case PolicyCard() as subject:
                self._show_policy(subject)
            case GradeCard() as subject:
                self._show_grade(subject)
            case SupportPlanCard() as subject:
                self._show_support_plan(subject)
            case PlanCard() as subject:
                self._show_plan(subject)
        if not is_plan:
            self.side.show_card(card)
        compared = card.subject if isinstance(card.subject, EntryCard | PolicyCard) else None
        self.likeness.show_card(compared, may_return=Move.RETURN in card.allowed)
        self.setAccessibleName(f"{row.case_number} {row.head_name} {row.kind_label}")

    def is_read(self, card: ReviewCard) -> bool:
        """Whether the card may be stamped: a plan's points have to be read to their end first."""
        return not isinstance(card.subject, PlanCard) or self.plan.is_read

    def _compare(self, is_shown: bool) -> None:  # noqa: FBT001 - a signal's value
        """Show the two texts in the place of the entry and its side."""
        self.likeness.comparison.setVisible(is_shown)
        is_plan = not self.plan.isHidden()
        self._panes.setVisible(not is_shown and not is_plan)

    def _show_plan(self, subject: PlanCard) -> None:
        self.legend.hide()
        self.plan.show_sections(plan_sections(subject))

    def _show_entry(self, subject: EntryCard) -> None:
        changes = card_differences(subject)
        self.legend.setText(_CHANGED)
        self.legend.setVisible(bool(changes))
        self.entry.setAccessibleName(_ENTRY)
        self.entry.show_entry(card_text(subject, changes), changes)

    def _show_policy(self, subject: PolicyCard) -> None:
        policy, previous = subject.policy, subject.previous
        changes = compare_policies(previous, policy, subject.people, subject.sources).reviewed()
        self.legend.setText(policy_legend(subject, changes))
        self.legend.show()
        self.entry.setAccessibleName(_POLICY)
        title = f"援助方針（{POLICY_KIND[policy.kind]}）　策定 {format_date(policy.made_on)}"
        self.entry.show_drawn(lambda writer: write_text(writer, title, changes, whole=True))

    def _show_grade(self, subject: GradeCard) -> None:
        self.legend.hide()
        self.entry.setAccessibleName(_GRADE)
        lines = tuple(card_lines(subject.proposed))
        self.entry.show_drawn(lambda writer: write_pairs(writer, "訪問格付の提案", lines))

    def _show_support_plan(self, subject: SupportPlanCard) -> None:
        self.legend.hide()
        self.entry.setAccessibleName(_SUPPORT_PLAN)
        lines = tuple(plan_lines(subject.proposed))
        self.entry.show_drawn(lambda writer: write_pairs(writer, "個別支援計画", lines))

    def _build(self) -> None:
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self.entry)
        self._panes.addWidget(self.side)
        self._panes.setSizes(list(_SHARES))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.identity)
        layout.addWidget(self.heading)
        layout.addWidget(self.legend)
        layout.addWidget(self.likeness)
        layout.addWidget(self.likeness.comparison, 1)
        layout.addWidget(self._panes, 1)
        self.likeness.comparison.hide()
        self.likeness.compared.connect(self._compare)
        layout.addWidget(self.plan, 1)
        self.plan.hide()
        self.plan.read.connect(self.read)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = _ROOM_FOR_SIDE * self.fontMetrics().horizontalAdvance("国")
        beside = event.size().width() >= room
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self._panes.orientation() != wanted:
            self._panes.setOrientation(wanted)
            self._panes.setSizes(list(_SHARES))
