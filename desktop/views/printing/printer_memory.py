"""How each form was printed last, kept for this user of this workstation."""

from __future__ import annotations

import json
from dataclasses import asdict
from urllib.parse import quote

from PySide6.QtCore import QSettings

from desktop.domain.printers import PrinterSetup, Sides

_GROUP = "printers"


class PrinterMemory:
    """One setup a form. Without `state` (the tour, tests) it lasts as long as the program."""

    def __init__(self, state: QSettings | None = None) -> None:
        self._state = state
        self._known: dict[str, PrinterSetup] = {}

    def last(self, form: str) -> PrinterSetup | None:
        """How the form was printed last; None when never, or when what was kept cannot be read."""
        if form not in self._known and self._state is not None:
            kept = _read(self._state.value(_key(form)))
            if kept is not None:
                self._known[form] = kept
        return self._known.get(form)

    def keep(self, form: str, setup: PrinterSetup) -> None:
        """Keep how the form is printed now."""
        if self.last(form) == setup:
            return
        self._known[form] = setup
        if self._state is not None:
            self._state.setValue(_key(form), json.dumps(asdict(setup), ensure_ascii=False))


def _key(form: str) -> str:
    """A key without the slash, which would divide it."""
    return f"{_GROUP}/{quote(form, safe='')}"


def _read(kept: object) -> PrinterSetup | None:
    try:
        table = json.loads(str(kept))
        return PrinterSetup(
            printer=str(table["printer"]),
            tray=str(table["tray"]),
            tray_label=str(table["tray_label"]),
            sides=Sides(table["sides"]),
            is_colour=table["is_colour"] is True,
            is_each=table["is_each"] is True,
        )
    except (ValueError, TypeError, KeyError):
        return None
