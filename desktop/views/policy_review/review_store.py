"""Stores and hands in a policy under review, one thing at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import ConflictError, UserError
from desktop.domain.support_policies import PolicyInput, SavedPolicy, SupportPolicy
from desktop.jobs.runner import JobRunner
from desktop.views.support_policies.ports import SupportPolicyDesk


class ReviewStore(QObject):
    """`saved` carries input and answer, `submitted` the input, `refused` the UserError, `clashed` mine and the stored."""

    begun = Signal(str)
    saved = Signal(object, object)
    submitted = Signal(object)
    refused = Signal(object)
    clashed = Signal(object, object)

    def __init__(self, policies: SupportPolicyDesk, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._policies = policies
        self._runner = runner
        self.is_busy = False

    def save(self, given: PolicyInput) -> None:
        """Store it as a draft."""
        if not self.is_busy:
            self._begin("保存しています…")
            self._save(given, submits=False)

    def submit(self, given: PolicyInput) -> None:
        """Store it and hand it in."""
        if not self.is_busy:
            self._begin("提出しています…")
            self._save(given, submits=True)

    def _begin(self, state: str) -> None:
        self.is_busy = True
        self.begun.emit(state)

    def _save(self, given: PolicyInput, *, submits: bool) -> None:
        self._runner.run(
            self,
            lambda: self._policies.save(given),
            lambda answer: self._stored(given, answer, submits=submits),
            lambda error: self._not_stored(given, error),
        )

    def _stored(self, given: PolicyInput, answer: SavedPolicy, *, submits: bool) -> None:
        self.is_busy = submits
        self.saved.emit(given, answer)
        if submits:
            self._runner.run(
                self,
                lambda: self._policies.submit(answer.policy_id, answer.version),
                lambda _: self._handed_in(given),
                self._refuse,
            )

    def _handed_in(self, given: PolicyInput) -> None:
        self.is_busy = False
        self.submitted.emit(given)

    def _not_stored(self, given: PolicyInput, error: UserError) -> None:
        if not isinstance(error, ConflictError):
            self._refuse(error)
            return
        self._runner.run(
            self,
            lambda: self._policies.policy(given.policy_id),
            lambda stored: self._clash(given, stored),
            lambda _: self._refuse(error),
        )

    def _clash(self, given: PolicyInput, stored: SupportPolicy) -> None:
        self.is_busy = False
        self.clashed.emit(given, stored)

    def _refuse(self, error: UserError) -> None:
        self.is_busy = False
        self.refused.emit(error)
