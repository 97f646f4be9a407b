"""How procedures read on screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.domain.clock import japan_day
from desktop.domain.era import DateStyle, format_date
from desktop.domain.procedure_surveys import TaxSurvey, TaxSurveys
from desktop.domain.procedures import (
    PROCEDURE_KIND,
    PROCEDURE_SHAPE,
    FileProcedures,
    Procedure,
    ProcedureKind,
)
from desktop.viewmodels.columns import RIGHT, Column

VOID, OLD, DONE, OPEN = "取消", "前の記録", "済", "未了"


class ProcedureLabels:
    """Code → label of the office's choices; a code that is no longer in force is shown as it is."""

    def __init__(self) -> None:
        self._labels: Mapping[str, str] = {}

    def learn(self, found: FileProcedures) -> None:
        """Take those of a household's section."""
        self._labels = {choice.code: choice.label for choice in found.choices}

    def choice(self, procedure: Procedure) -> str:
        """What was chosen."""
        code = procedure.facts.choice
        return self._labels.get(code, code)


def procedure_columns(labels: ProcedureLabels) -> Sequence[Column[Procedure]]:
    """The list of procedures. What a day means is said beneath the list, by the kind's own words."""
    return (
        Column(header="手続", text=lambda p: PROCEDURE_KIND[p.kind], tone=_tone),
        Column(header="対象", text=lambda p: about(p, labels), tone=_tone),
        Column(
            header="始まり", text=lambda p: _day(p.facts.begun_on), sort=lambda p: p.facts.begun_on
        ),
        Column(
            header="確認",
            text=lambda p: _day(p.facts.confirmed_on),
            sort=lambda p: p.facts.confirmed_on,
        ),
        Column(
            header="終わり", text=lambda p: _day(p.facts.ended_on), sort=lambda p: p.facts.ended_on
        ),
        Column(
            header="状態",
            text=state_text,
            tone=lambda p: "warning" if p.counts and not p.is_done else _tone(p),
        ),
        Column(header="記録した人", text=lambda p: p.made_by),
    )


def about(procedure: Procedure, labels: ProcedureLabels) -> str:
    """Whom or what it is of: the year, the person, what was chosen or who took part."""
    if procedure.kind is ProcedureKind.TAX_SURVEY:
        return f"{procedure.facts.year}年"
    if procedure.kind is ProcedureKind.KIN:
        return procedure.who
    return "　".join(part for part in (procedure.person, labels.choice(procedure)) if part)


def state_text(procedure: Procedure) -> str:
    """Whether something is still to come, or another row stands for it."""
    if procedure.is_void:
        return VOID
    if procedure.is_old:
        return OLD
    return DONE if procedure.is_done else OPEN


def told(procedure: Procedure, labels: ProcedureLabels) -> str:
    """Everything about a procedure, in the words of its kind."""
    shape, facts = PROCEDURE_SHAPE[procedure.kind], procedure.facts
    parts = [
        "　".join(
            part
            for part in (PROCEDURE_KIND[procedure.kind], procedure.person, state_text(procedure))
            if part
        )
    ]
    said = (
        (shape.year, "" if facts.year is None else str(facts.year)),
        (shape.choice, labels.choice(procedure)),
        (shape.who, procedure.who),
        (shape.begun, _day(facts.begun_on)),
        (shape.ended, _day(facts.ended_on)),
        (shape.yen, "" if facts.yen is None else f"{facts.yen:,}円"),
        (shape.confirmed, _day(facts.confirmed_on)),
    )
    parts.append("　".join(f"{label}：{value or '未記録'}" for label, value in said if label))
    parts.append(procedure.note)
    if procedure.reason:
        parts.append(f"訂正・取消の理由：{procedure.reason}")
    parts.append(f"記録 {procedure.made_by}　{format_date(japan_day(procedure.made_at))}")
    return "\n".join(part for part in parts if part)


def survey_columns() -> Sequence[Column[TaxSurvey]]:
    """The list of a year's surveys of taxed income."""
    return (
        Column(header="ケース番号", text=lambda s: s.case_number),
        Column(header="世帯主", text=lambda s: s.head_name),
        Column(
            header="状態",
            text=survey_state,
            tone=lambda s: None if survey_state(s) == DONE else "warning",
        ),
        Column(header="始めた日", text=lambda s: _day(s.survey.begun_on if s.survey else None)),
        Column(header="終えた日", text=lambda s: _day(s.survey.ended_on if s.survey else None)),
        Column(
            header="相違の額",
            text=lambda s: (
                "" if s.survey is None or s.survey.yen is None else f"{s.survey.yen:,}円"
            ),
            sort=lambda s: s.survey.yen if s.survey else None,
            align=RIGHT,
        ),
        Column(
            header="扱いの決定",
            text=lambda s: _day(s.survey.confirmed_on if s.survey else None),
        ),
    )


def survey_state(row: TaxSurvey) -> str:
    """What is still to be done of a survey."""
    if row.survey is None:
        return "未着手"
    if not row.is_closed:
        return "調査中"
    return "相違あり・扱い未定" if row.survey.yen and row.survey.confirmed_on is None else DONE


def surveys_text(found: TaxSurveys) -> str:
    """The year in one line."""
    if not found.surveys:
        return ""
    closed = sum(row.is_closed for row in found.surveys)
    open_ = sum(row.survey is not None and not row.is_closed for row in found.surveys)
    none = len(found.surveys) - closed - open_
    return f"{len(found.surveys):,}世帯のうち、終えた {closed:,}、調査中 {open_:,}、未着手 {none:,}"


def _day(day: date | None) -> str:
    return "" if day is None else format_date(day, DateStyle.SHORT)


def _tone(procedure: Procedure) -> str | None:
    return None if procedure.counts else "muted"
