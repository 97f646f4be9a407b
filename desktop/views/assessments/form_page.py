"""The parts of the form of an assessment one under another: six answers, safety, and what stays folded."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.override import override
from desktop.views.assessments.form_fields import AssessmentFields
from desktop.views.fields.field import Field
from desktop.views.papers.folding_row import FlowingRow
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.paragraph import Paragraph
from desktop.views.support_policies.choice_row import labelled, side_by_side
from desktop.views.widgets import named

_NOTED = ("scope", "work", "health", "barriers", "motivation", "drive_said", "safety")


class FormPage(FollowingScroll):
    """`notes` are the anchors and hints beneath the answers, by the name of the field."""

    def __init__(self, fields: AssessmentFields) -> None:
        super().__init__(gap=8)
        self.setObjectName("assessment_page")
        self._fields = fields
        self.notes = {name: named(Paragraph(tone="muted"), f"note_{name}") for name in _NOTED}
        self.opinion = named(Paragraph(), "newest_opinion")
        self.take_button = named(QPushButton("この意見を写す(&I)"), "take_opinion")
        self.more_button = named(QPushButton("ほかの項目をすべて開く(&O)"), "open_more")
        self._opened: set[str] = set()
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._settle)
        self._folded = self._make_folded()
        self._lay_out()

    @property
    def folded(self) -> dict[str, QWidget]:
        """The parts that open when they are needed."""
        return dict(self._folded)

    def fold_all(self) -> None:
        """Begin anew: everything folded."""
        self._opened = set()
        self._show_opened()

    def unfold(self, names: Collection[str]) -> None:
        """Open these parts; what is open stays open while the form is."""
        if not set(names) <= self._opened:
            self._opened |= set(names)
            self._show_opened()

    def unfold_all(self) -> None:
        """Open everything."""
        self.unfold(self._folded)

    def _settle(self) -> None:
        """Rows within rows know their height only after their own rows do: grow once they all do."""
        content = self.widget()
        layout = content.layout() if content is not None else None
        if (
            content is not None
            and layout is not None
            and content.height() < layout.heightForWidth(content.width())
        ):
            QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _show_opened(self) -> None:
        for name, part in self._folded.items():
            part.setVisible(name in self._opened)
        self.more_button.setVisible(not set(self._folded) <= self._opened)

    def _make_folded(self) -> dict[str, QWidget]:
        f = self._fields
        return {
            "resources": labelled("資格・経験・強み", f.resources),
            "wishes": labelled("希望（仕事・時間・場所・避けたいこと）", f.wishes),
            "market": labelled("地域の求人（出どころと日付も）", f.market),
            "life": labelled("暮らし（睡眠・生活リズム・お金・人との関わり・住まい）", f.life),
            "view": labelled("担当員の見方", f.view),
            "comment": _block(
                side_by_side(
                    [
                        labelled("本人の意見（示したあと）", f.comment),
                        labelled("本人に示した日", f.comment_on),
                    ]
                ),
                labelled("本人の意見の言葉", f.comment_words),
            ),
        }

    def _lay_out(self) -> None:
        f, notes = self._fields, self.notes
        made = [labelled("種類(&K)", f.kind), labelled("評価した日(&D)", f.made_on)]
        evidence = [
            labelled("だれの意見か", f.health_source),
            labelled("意見の日", f.health_on),
            labelled("回復・再判断の月", f.rejudge_on),
        ]
        self.add_part(side_by_side(made))
        self._answer("1　対象(&A)", f.scope, notes["scope"], f.asks_anyway)
        job = labelled("仕事の内容（勤め先・時間・賃金など）", f.job)
        self._answer("2　いまの就労(&W)", f.work, notes["work"], job)
        words = labelled("医師の言葉（そのまま。担当員の考えは「担当員の見方」へ）", f.health_words)
        taking = FlowingRow()
        taking.add(self.take_button)
        known = (notes["health"], self.opinion, taking)
        self._answer("3　健康(&H)", f.health, *known, side_by_side(evidence), words)
        self._answer("4　就労阻害要因(&C)", f.barriers, notes["barriers"])
        motive = [
            labelled("意向を聞いた日", f.motivation_on),
            labelled("したこと・話したこと（本人の言葉）", f.motivation_words),
        ]
        self._answer("5　本人の意向(&M)", f.motivation, notes["motivation"], *motive)
        self._answer("6　自分で活動できるか(&E)", f.drive_said, notes["drive_said"])
        safety = "安全の心配（自傷・暴力・急な医療・DV）(&G)"
        self._answer(safety, f.safety, notes["safety"])
        title = named(QLabel("そのほか"), "section_title")
        self.add_part(title)
        for part in self._folded.values():
            self.add_part(part)
        more = FlowingRow()
        more.add(self.more_button)
        self.add_part(more)
        self.add_part(QWidget(), 1)

    def _answer(self, title: str, field: Field[Any], *parts: QWidget) -> None:
        """One of the answers under its title, which is its label."""
        head = named(QLabel(title), "section_title")
        head.setWordWrap(True)
        head.setBuddy(field.editor())
        self.add_part(_block(head, field, *parts))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._settling.start()
        return super().eventFilter(watched, event)


def _block(*parts: QWidget) -> QWidget:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for part in parts:
        layout.addWidget(part)
    return box
