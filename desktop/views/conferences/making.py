"""Builds the screen 会議・支援区分."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop.jobs.conference_printing import group_register_job, minutes_job, pack_job
from desktop.views.conferences.conferences_screen import ConferencesScreen
from desktop.views.conferences.ports import ChoosesSheet, ConferencePaper, ConferencePorts
from desktop.views.printing.paper import PrinterChoice
from desktop.views.printing.run_view import PrintRunView
from desktop.views.screen import ScreenView

if TYPE_CHECKING:
    from desktop.views.workplace import Workplace

_JOBS: Mapping[ConferencePaper, Any] = {
    ConferencePaper.PACK: pack_job,
    ConferencePaper.MINUTES: minutes_job,
    ConferencePaper.REGISTER: group_register_job,
}


def make_conferences_screen(workplace: Workplace) -> ConferencesScreen:
    """The screen over the services of the signed-in person."""
    services = workplace.services
    ports = ConferencePorts(
        conferences=services.conferences,
        groups=services.support_groups,
        blind_checks=services.blind_checks,
        office=services.office,
        staff=workplace.staff,
        clock=workplace.clock,
        look=workplace.look,
        dialogs=workplace.dialogs,
        changes=workplace.changes,
        make_paper=partial(_paper, workplace),
    )
    return ConferencesScreen(ports, workplace.runner)


def _paper(
    workplace: Workplace, screen: ScreenView, paper: ConferencePaper
) -> tuple[PrintRunView, ChoosesSheet]:
    job = _JOBS[paper](workplace.services.conference_printing, workplace.fonts)
    view = PrintRunView(
        screen,
        job,
        workplace.clock,
        dialogs=workplace.dialogs,
        printers=PrinterChoice(workplace.printers),
    )
    return view, job
