"""The way of the 権限一覧表 (R-01) to paper. Called in the slow lane."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.domain.forms import FormMark
from desktop.domain.rights_forms import RightsList
from desktop.jobs.printing import RegisterJob
from desktop.reports.accounts.rights_list import RIGHTS_LIST
from desktop.reports.fonts import FontSet
from desktop.services.printing import RightsPrinting
from desktop.services.workstation.pdf_files import save_pdf


def rights_job(
    service: RightsPrinting, fonts: Callable[[], FontSet]
) -> RegisterJob[None, RightsList]:
    """The list as it stands now."""
    return RegisterJob(
        form=RIGHTS_LIST, read=lambda _: service.prepare(), note=service.record, fonts=fonts
    )


def save_rights(job: RegisterJob[None, RightsList], path: Path) -> int:
    """Write the list into a file, note it, and return its pages. Raises UnavailableError where it cannot be written."""
    run = job.draw(job.choose(None), FormMark.PLAIN)
    save_pdf(path, run.rendered.data)
    job.finish(run)
    return run.rendered.pages
