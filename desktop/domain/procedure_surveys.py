"""The survey of taxed income (課税調査) of a year, household by household: begun and closed from one list."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from desktop.domain.procedures import ProcedureDates, ProcedureInput, ProcedureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxSurvey:
    """The survey of taxed income of a household in a year, without its words; `survey` is None where none was begun."""

    household_id: UUID
    case_number: str
    head_name: str = field(repr=False)
    survey_id: UUID | None = None
    survey: ProcedureDates | None = None

    @property
    def is_closed(self) -> bool:
        """Whether what was declared and what was taxed were compared."""
        return self.survey is not None and self.survey.ended_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxSurveys:
    """The surveys of a year of the households somebody looks after, by case number."""

    year: int
    surveys: tuple[TaxSurvey, ...]
    may_write: bool


def begun_survey(
    procedure_id: UUID, row: TaxSurvey, year: int, today: date
) -> ProcedureInput | None:
    """The survey of a household, begun today; None where it was begun."""
    if row.survey is not None:
        return None
    return ProcedureInput(
        procedure_id=procedure_id,
        household_id=row.household_id,
        kind=ProcedureKind.TAX_SURVEY,
        facts=ProcedureDates(begun_on=today, year=year),
    )


def closed_survey(
    procedure_id: UUID, row: TaxSurvey, year: int, today: date
) -> ProcedureInput | None:
    """The survey of a household, closed today without a difference; None where it is closed, or where one was noted."""
    if row.is_closed or (row.survey is not None and row.survey.yen):
        return None
    facts = row.survey or ProcedureDates(begun_on=today, year=year)
    return ProcedureInput(
        procedure_id=procedure_id,
        household_id=row.household_id,
        kind=ProcedureKind.TAX_SURVEY,
        facts=replace(facts, ended_on=today, yen=0),
        replaces_id=row.survey_id,
    )
