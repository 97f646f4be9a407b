"""What the section 就労支援 asks of the use cases, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from desktop.domain.assessment_forms import AssessmentInput, AssessmentsOfFile
from desktop.domain.assessment_sheets import AssessmentAsked
from desktop.domain.office import SignedInStaff
from desktop.domain.support_groups import DecisionInput
from desktop.jobs.change_bus import ChangeBus
from desktop.jobs.runner import JobRunner
from desktop.views.dialogs import Dialogs
from desktop.views.look import Look
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView


class KeepsAssessments(Protocol):
    """Assessments of an opened file (`services/assessments`)."""

    def save(self, given: AssessmentInput) -> None:
        """Store an assessment; a retry stores once."""

    def lift_hold(self, assessment_id: UUID, household_id: UUID, reason: str) -> None:
        """Settle the question of safety that an assessment raised."""


class GroupsOfFiles(Protocol):
    """Support groups of an opened file (`services/support_groups`)."""

    def of_household(self, household_id: UUID) -> AssessmentsOfFile:
        """Every member with assessments and decided groups."""

    def steps(self, household_id: UUID) -> int:
        """How many assessments, settlements and decisions of a household there are; no file is opened for it."""

    def decide(self, given: DecisionInput) -> None:
        """Decide a group: for the time being, or that it stays."""


class ChoosesAssessment(Protocol):
    """The way to paper of an assessment."""

    def choose(self, asked: AssessmentAsked, /) -> tuple[UUID, ...]:
        """Say which one the next run draws."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentPorts:
    """The use cases together."""

    assessments: KeepsAssessments
    groups: GroupsOfFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSetting:
    """Whose desk the section stands on."""

    staff: SignedInStaff
    today: Callable[[], date]
    runner: JobRunner
    changes: ChangeBus
    look: Look
    dialogs: Dialogs
    make_paper: Callable[[ScreenView], tuple[PrintRunView, ChoosesAssessment]]
