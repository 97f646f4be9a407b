"""The way from an event to the issue that it touches: the open events, the choice of the issue, the policy to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.domain.policy_events import EventSource, ReviewDue, ReviewEvent
from desktop.domain.support_policies import ISSUE_DOMAIN, PolicyInput, PolicyKind
from desktop.viewmodels.policy_events import event_text
from desktop.viewmodels.support_policies_form import added, new_issue
from desktop.views.screen import ScreenView
from desktop.views.support_policies.events_panel import EventsPanel
from desktop.views.support_policies.issue_picker import IssuePicker
from desktop.views.support_policies.ports import PolicyPorts, load_review

_WAITS = (
    "提出中または差戻し中の援助方針があります。引き戻して書き足すか、決裁のあとで見直してください。"
)


class ReviewGuide(QObject):
    """`asked` when the issue is to be chosen, `left` when that is done with, `ready` with a PolicyInput and an issue's id.

    Nothing is decided or stored here: an event stays open until a policy is handed in or it is answered.
    """

    asked = Signal()
    left = Signal()
    ready = Signal(object, object)

    def __init__(
        self,
        section: ScreenView,
        household_id: UUID,
        ports: PolicyPorts,
        staff_id: UUID,
        *,
        may_begin: Callable[[], bool],
        may_write: bool,
    ) -> None:
        super().__init__(section)
        self._section = section
        self._household_id = household_id
        self._ports = ports
        self._staff_id = staff_id
        self._may_begin = may_begin
        self._given: PolicyInput | None = None
        self.events = EventsPanel(may_write=may_write)
        self.issues = IssuePicker()
        self.events.review_wanted.connect(self.begin)
        self.issues.chosen.connect(self._chosen)
        self.issues.given_up.connect(self.left)

    def show_due(self, due: ReviewDue, today: date) -> None:
        """Show the open events."""
        self.events.show_due(due, today)

    def at_hand(self) -> tuple[str, date | None]:
        """What happened, and when, of the event chosen: what an answer 見直し不要 is about. ("", None) where none is open."""
        event = self.events.current()
        return ("", None) if event is None else (event.label, event.happened_on)

    def begin_for(self, entry_id: UUID) -> None:
        """Choose the issue that an entry touches."""
        self.begin(next((e for e in self.events.events if e.entry_id == entry_id), None))

    def begin(self, event: ReviewEvent | None) -> None:
        """Ask which issue is to be reviewed: of the own open policy, else of the one in force."""
        if not self._may_begin():
            return
        by_handover = event is not None and event.source is EventSource.HANDOVER
        kind = PolicyKind.HANDOVER if by_handover else PolicyKind.EVENT
        self._section.run(
            lambda: load_review(self._ports, self._household_id, self._staff_id, kind),
            lambda given: self._ask(given, event),
        )

    def _ask(self, given: PolicyInput | None, event: ReviewEvent | None) -> None:
        if given is None:
            self._section.messages.show_warning(_WAITS)
        elif not given.issues:
            self.ready.emit(given, None)
        else:
            self._given = given
            self.asked.emit()
            texts = [issue.text or ISSUE_DOMAIN[issue.domain] for issue in given.issues]
            self.issues.show_issues(texts, "" if event is None else event_text(event))

    def _chosen(self, place: int) -> None:
        given, self._given = self._given, None
        if given is None:
            return
        if place == len(given.issues):
            given = added(given, place, new_issue(given.issues[-1]))
        self.left.emit()
        self.ready.emit(given, given.issues[place].issue_id)
