"""The monthly report (S-35), the sheet of a programme's review (S-37), figures as files, and the log of all of them."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock, japan_day
from desktop.domain.csv_cells import safe_cell
from desktop.domain.dates import months_later
from desktop.domain.effort import EffortTable
from desktop.domain.effort_forms import (
    CASES_CODE,
    FIGURES_CODE,
    EffortLine,
    FigureLine,
    MonthlyReport,
    ProgrammeSheet,
)
from desktop.domain.effort_words import (
    change_words,
    eligible_words,
    figure_value,
    safety_words,
    target_words,
    value_words,
    wanted_words,
    what_words,
)
from desktop.domain.era import fiscal_year, fiscal_year_label
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark, Stamp
from desktop.domain.ids import new_id
from desktop.domain.kpis import KPI, Dashboard, Figure, Period
from desktop.domain.list_exports import EXPORT_COLUMN, USUAL, ListExport
from desktop.domain.office import SignedInStaff
from desktop.domain.programme_reviews import VERDICT
from desktop.domain.roles import ROLE_LABELS, Permission, Role
from desktop.services.effort import EffortService
from desktop.services.imprints import imprint_of
from desktop.services.kpis import KpiService
from desktop.services.masters.lookup_plans import programmes
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch, note_households
from desktop.services.programme_reviews import ProgrammeReviewService

_STAMPS = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.DIRECTOR)
_NO_SHEET = "この支援事業の見直しはまだありません。先に見直しを保存してください。"
_APRIL = 4


@dataclass(frozen=True, slots=True)
class EffortPrinting:
    """What leaves the program of effort and figures."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    effort: EffortService
    kpis: KpiService
    reviews: ProgrammeReviewService

    @needs(Permission.SEE_SUPERVISION)
    def monthly(self, team_key: str, month: date, baseline: date) -> MonthlyReport:
        """The report of a month: the table of effort, and the figures from the fiscal year's beginning to the month's end."""
        table = self.effort.table(team_key, month, baseline)
        last = table.months[-1]
        period = Period(
            first=date(fiscal_year(last), _APRIL, 1),
            last=months_later(last, 1) - timedelta(days=1),
        )
        board = self.kpis.dashboard(team_key, period)
        with self.work() as session:
            return MonthlyReport(
                imprint=imprint_of(session, self.staff, self.clock),
                team=table.team.label,
                month=last,
                baseline=table.baseline,
                one_before=table.months[-2],
                two_before=table.months[-3],
                as_of=self.clock.today(),
                effort=_effort_lines(table),
                safety=safety_words(table),
                figures=tuple(_figure_line(figure) for figure in board.figures),
                eligible=eligible_words(board),
                stamps=_empty_stamps(),
            )

    @needs(Permission.SEE_SUPERVISION)
    def sheet(self, year: int, programme: str) -> ProgrammeSheet:
        """The newest sheet of a programme and year; 案 until it is approved. Raises UserError where there is none."""
        found = self.reviews.year(year)
        review = next((x.review for x in found.lines if x.year.programme == programme), None)
        if review is None:
            raise UserError(_NO_SHEET)
        mark = FormMark.PLAIN if review.approved_at is not None else FormMark.DRAFT
        with self.work() as session:
            known = programmes(session, self.staff.office_id, self.clock.today())[programme]
            return ProgrammeSheet(
                imprint=imprint_of(session, self.staff, self.clock, mark),
                year_label=fiscal_year_label(year),
                programme=known.label,
                basis=known.basis,
                carrier=known.carrier,
                persons=review.persons,
                minutes=review.minutes,
                cost=review.given.cost,
                outcomes=review.outcomes,
                verdict=VERDICT[review.given.verdict],
                reason=review.given.reason,
                remarks=review.given.remarks,
                written_on=japan_day(review.made_at),
                author=review.author,
                is_approved=review.approved_at is not None,
                stamps=_empty_stamps(),
            )

    @needs(Permission.SEE_SUPERVISION)
    def record(self, batch_id: UUID, form: str, mark: FormMark, *, pages: int, sha256: str) -> None:
        """Note that a paper, or the figures as a file, left the program. Repeating it changes nothing."""
        with self.work() as session:
            note_batch(
                *(session, batch_id, mark),
                staff=self.staff,
                at=self.clock.now(),
                pages=pages,
                sha256=sha256,
                form=form,
            )

    @needs(Permission.SEE_SUPERVISION)
    def figures_file(self, board: Dashboard) -> bytes:
        """The figures of a period as CSV; nobody stands in it."""
        first, last = board.period.first.isoformat(), board.period.last.isoformat()
        rows = [
            (
                *(first, last, board.label, figure.kpi.value, KPI[figure.kpi].label),
                *(f"{figure.numerator}", f"{figure.denominator}"),
                "" if figure.percent is None else f"{figure.percent:.1f}",
                f"{figure.target.percent}" if figure.target else "",
                "参考値" if figure.is_few else "",
                *(KPI[figure.kpi].counted, KPI[figure.kpi].whole),
            )
            for figure in board.figures
        ]
        heads = (
            "開始 終了 範囲 コード 指標 分子 分母 値（％） 目標（％） 参考値 分子の内容 分母の内容"
        )
        return _csv(heads.split(), rows)

    @needs(Permission.SEE_SUPERVISION)
    def record_figures(self, data: bytes) -> None:
        """Note that the figures left the program as a file."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.record(new_id(), FIGURES_CODE, FormMark.PLAIN, pages=0, sha256=sha256)

    @needs(Permission.PRINT_DRAFTS)
    def cases_file(self, figure: Figure, *, with_names: bool, export: ListExport = USUAL) -> bytes:
        """The list behind a figure as CSV, in the columns of a choice; with names only where the person asked for them."""
        heads = export.heads(with_names=with_names)
        rows = [[cells[head] for head in heads] for cells in self.kpis.export_cells(figure)]
        return _csv([EXPORT_COLUMN[head] for head in heads], rows)

    @needs(Permission.PRINT_DRAFTS)
    def record_cases(self, figure: Figure, data: bytes) -> None:
        """Note that a list left the program as a file, and every household in it."""
        households = tuple(dict.fromkeys(case.household_id for case in figure.cases))
        with self.work() as session:
            note_households(
                *(session, self.staff, self.clock, new_id(), CASES_CODE, households),
                pages=0,
                sha256=hashlib.sha256(data).hexdigest(),
            )


def _effort_lines(table: EffortTable) -> tuple[EffortLine, ...]:
    return tuple(
        EffortLine(
            group=row.group or "全体",
            what=what_words(row),
            baseline=value_words(row.indicator, row.baseline),
            two_before=value_words(row.indicator, row.values[-3]),
            one_before=value_words(row.indicator, row.values[-2]),
            now=value_words(row.indicator, row.values[-1]),
            change=change_words(row),
            wanted=wanted_words(row),
        )
        for row in table.rows
    )


def _figure_line(figure: Figure) -> FigureLine:
    return FigureLine(
        label=KPI[figure.kpi].label,
        value=figure_value(figure),
        numerator=figure.numerator,
        denominator=figure.denominator,
        target=target_words(figure),
        note=figure.note,
    )


def _empty_stamps() -> tuple[Stamp, ...]:
    return tuple(
        Stamp(position_label=ROLE_LABELS[role], name="", stamped_on=None) for role in _STAMPS
    )


def _csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """With a mark at the beginning, so that spreadsheets take it for UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
