"""Online applications from memory, and their panel over them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.domain.errors import UserError
from desktop.domain.ledger import AskCancelled, ReportProgress
from desktop.domain.online_applications import (
    NOT_FOUND,
    READY,
    Application,
    ApplicationLine,
    ApplicationReport,
    LookedFile,
    Standing,
)
from desktop.override import override
from desktop.views.look import Look
from desktop.views.papers.applications_panel import ApplicationsPanel, ApplicationsSetting
from desktop.views.screen import ScreenView
from tests.support.fakes import FakeDialogs, FakeHouseholds, fake_id, make_household_row

LIST, MAPPING = Path("export/電子申請.csv"), Path("kakuu.toml")


def make_application(
    place: int, standing: Standing = Standing.NEW, **changes: Any
) -> ApplicationLine:
    """A line of an export."""
    application = Application(
        place=place,
        number=f"R-{place:04}",
        case_number=f"00{place:03}",
        form="収入申告（電子）",
        from_whom="架空 太郎",
        sent_on=date(2024, 9, 30),
        note="窓口に行けないため、電子申請で提出します。",
        files=("9月分 給与明細.pdf",) if place % 2 else (),
    )
    line = ApplicationLine(
        application=application,
        standing=standing,
        household_id=fake_id(f"household {place}"),
        case_number=f"00{place:03}",
        head_name="架空 太郎",
        kind="income_declaration",
        kind_label="収入申告書",
        files=tuple(LookedFile(name=n, sha256="0") for n in application.files),
    )
    return replace(line, **changes)


def make_applications(*lines: ApplicationLine, **changes: Any) -> ApplicationReport:
    """A look at an export of these."""
    report = ApplicationReport(
        path=LIST,
        mapping=MAPPING,
        digest="0",
        source="kakuu",
        is_training=True,
        applied=False,
        lines=lines,
    )
    return replace(report, **changes)


UNFOUND = make_application(
    3, Standing.NO_HOUSEHOLD, sentence=NOT_FOUND, household_id=None, head_name=""
)
APPLICATIONS = (
    make_application(1),
    make_application(2, Standing.TAKEN, sentence="受領番号 6-0012"),
    UNFOUND,
    make_application(
        4,
        Standing.UNKNOWN_FORM,
        sentence="「見本にない様式」",
        kind="",
        kind_label="",
        household_id=None,
        head_name="",
    ),
    make_application(
        5, Standing.NO_FILE, sentence="「9月分 給与明細.pdf」がフォルダーに見つかりません。"
    ),
)


class FakeApplications:
    """Shows these lines; takes in what is ready. `refusal` is raised by the next call."""

    def __init__(self, *lines: ApplicationLine) -> None:
        self.lines = lines
        self.calls: list[tuple[object, ...]] = []
        self.refusal: UserError | None = None

    def preview(
        self, path: Path, mapping: Path, progress: ReportProgress, cancelled: AskCancelled
    ) -> ApplicationReport:
        self._refuse()
        self.calls.append(("preview", path, mapping))
        progress(1, 2, "確かめています")
        return make_applications(*self.lines)

    def choose(
        self, report: ApplicationReport, place: int, household_id: UUID, cancelled: AskCancelled
    ) -> ApplicationReport:
        self._refuse()
        self.calls.append(("choose", place, household_id))
        lines = tuple(
            replace(line, standing=Standing.NEW, household_id=household_id, is_chosen=True)
            if line.place == place
            else line
            for line in report.lines
        )
        return replace(report, lines=lines)

    def run(
        self, report: ApplicationReport, progress: ReportProgress, cancelled: AskCancelled
    ) -> ApplicationReport:
        self._refuse()
        self.calls.append(("run", report.count(*READY)))
        lines = tuple(
            replace(line, standing=Standing.DONE, sentence="受領番号 6-0101")
            if line.standing in READY
            else line
            for line in report.lines
        )
        return replace(report, lines=lines, applied=True)

    def save_left(self, report: ApplicationReport, out: Path) -> int:
        self._refuse()
        self.calls.append(("save", out))
        return len(report.left)

    def _refuse(self) -> None:
        refusal, self.refusal = self.refusal, None
        if refusal is not None:
            raise refusal


class ChoosingDialogs(FakeDialogs):
    """Chooses the export and says yes."""

    @override
    def choose_file(self, parent: Any, title: str, kinds: str, on_chosen: Any) -> None:
        self.asked.append(title)
        on_chosen(LIST)

    @override
    def choose_new_file(
        self, parent: Any, title: str, name: str, kinds: str, on_chosen: Any
    ) -> None:
        self.asked.append(title)
        on_chosen(Path(name))


class ApplicationsMaker:
    """Makes the panel over applications from memory, and keeps its parts."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.takes = FakeApplications(*APPLICATIONS)
        self.dialogs = ChoosingDialogs()

    def make(self, screen: ScreenView) -> ApplicationsPanel:
        setting = ApplicationsSetting(
            mappings=lambda: (("架空の窓口", MAPPING),),
            files=FakeHouseholds((make_household_row(1),)),
            dialogs=self.dialogs,
            look=self._look,
        )
        return ApplicationsPanel(screen, self.takes, setting)
