"""The way to paper of a meeting's pack (S-02) and minutes (K-14), and of the register of groups (S-34). Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from desktop.domain.conference_sheets import MinutesSheet, PackAsked, RegisterAsked, RegisterSheet
from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.jobs.printing import Cancelled, ChosenSheet, PrintRun, Progress, RegisterJob
from desktop.reports.conferences.group_register import GROUP_REGISTER
from desktop.reports.conferences.matter_sheet import MATTER_SHEET
from desktop.reports.conferences.minutes_sheet import MINUTES_SHEET
from desktop.reports.fonts import FontSet
from desktop.services.printing import ConferencePrinting


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesJob(ChosenSheet[PackAsked, MinutesSheet]):
    """Draws the minutes, and notes every household in them."""

    service: ConferencePrinting
    _of: dict[UUID, PackAsked] = field(default_factory=dict)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The minutes, to be looked at first. Raises UserError for any choice but of one."""
        _, run = self.run_of(subject_ids, mark, progress, cancelled)
        self._of[run.batch_id] = self._asked[subject_ids[0]]
        return run

    def finish(self, run: PrintRun) -> None:
        """Note that the minutes went to paper."""
        self.service.record(
            *(run.batch_id, self._of[run.batch_id], self.form.code),
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackJob:
    """Draws the sheets of a meeting's matters into one PDF, and notes every household in it."""

    service: ConferencePrinting
    fonts: Callable[[], FontSet]
    _asked: dict[UUID, PackAsked] = field(default_factory=dict)
    _of: dict[UUID, PackAsked] = field(default_factory=dict)

    def choose(self, asked: PackAsked) -> tuple[UUID, ...]:
        """Say which pack the next run draws. Called on the UI thread before `draw`."""
        chosen = new_id()
        self._asked.clear()  # one run at a time is looked at
        self._asked[chosen] = asked
        return (chosen,)

    def draw(
        self,
        subject_ids: Sequence[UUID],
        mark: FormMark,
        progress: Progress = None,
        cancelled: Cancelled = None,
    ) -> PrintRun:
        """The pack, to be looked at first. Raises UserError for any choice but of one."""
        if len(subject_ids) != 1:
            raise UserError("印刷するものを一つ選んでください。")
        asked = self._asked[subject_ids[0]]
        sheets = self.service.pack(asked)
        run = PrintRun(
            batch_id=new_id(),
            title=MATTER_SHEET.title,
            subject_ids=tuple(subject_ids),
            mark=mark,
            rendered=MATTER_SHEET.batch_pdf(sheets, self.fonts(), progress, cancelled),
        )
        self._of[run.batch_id] = asked
        return run

    def finish(self, run: PrintRun) -> None:
        """Note that the pack went to paper."""
        self.service.record(
            *(run.batch_id, self._of[run.batch_id], MATTER_SHEET.code),
            pages=run.rendered.pages,
            sha256=run.sha256,
        )


def pack_job(service: ConferencePrinting, fonts: Callable[[], FontSet]) -> PackJob:
    """The pack of a meeting's agenda."""
    return PackJob(service=service, fonts=fonts)


def minutes_job(service: ConferencePrinting, fonts: Callable[[], FontSet]) -> MinutesJob:
    """The minutes of a meeting."""
    return MinutesJob(form=MINUTES_SHEET, read=service.minutes, fonts=fonts, service=service)


def group_register_job(
    service: ConferencePrinting, fonts: Callable[[], FontSet]
) -> RegisterJob[RegisterAsked, RegisterSheet]:
    """The register of groups as a screen shows it."""
    return RegisterJob(
        form=GROUP_REGISTER,
        read=service.register,
        note=service.record_register,
        fonts=fonts,
    )
