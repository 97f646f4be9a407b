"""Prints a PDF the way the program does, in a process of its own: which CUPS server is meant stands in the environment.

Run: python -m tests.support.print_out FILE SETUP, where SETUP is a printer's setup as JSON; says what it found as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.domain.errors import UserError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.printers import PrinterSetup, Sides
from desktop.jobs.printing import PrintRun
from desktop.jobs.runner import JobRunner, Lane
from desktop.jobs.sending import send_run
from desktop.reports.preview import page_count
from desktop.reports.rendered import RenderedPdf
from desktop.views.printing.system_printers import SystemPrinters


def main() -> None:
    app = QApplication([])
    data = Path(sys.argv[1]).read_bytes()
    told = json.loads(sys.argv[2])
    copies = told.pop("copies", 1)
    setup = PrinterSetup(**{**told, "sides": Sides(told.get("sides", Sides.ONE))})
    runner = JobRunner(app)
    runner.idle.connect(app.quit)
    # Off the main thread, as on the desk.
    runner.run(
        app,
        lambda: print_out(data, setup, copies),
        lambda found: sys.stdout.write(json.dumps(found)),
        lane=Lane.SLOW,
    )
    app.exec()
    runner.shutdown()


def print_out(data: bytes, setup: PrinterSetup, copies: int) -> dict[str, object]:
    printers = SystemPrinters()
    found: dict[str, object] = {"names": printers.names()}
    try:
        abilities = printers.abilities(setup.printer)
        found["trays"] = [tray.label for tray in abilities.trays]
        found["sides"] = list(abilities.sides)
        found["has_colour"] = abilities.has_colour
        paper = printers.open(setup, copies)
        found["paper"] = type(paper).__name__
        run = PrintRun(
            batch_id=new_id(),
            title="ケース記録票",
            subject_ids=(),
            mark=FormMark.ORIGINAL,
            rendered=RenderedPdf(data=data, pages=page_count(data)),
        )
        found["pages"] = send_run(paper, run, lambda *_: None, lambda: False).run.rendered.pages
    except UserError as error:
        found["refusal"] = error.sentence
    return found


if __name__ == "__main__":
    main()
