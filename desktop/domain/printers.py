"""Printers of a workstation: what they can do, and how a form was printed last."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.errors import UserError


class Sides(StrEnum):
    """Which sides of the paper are printed on (両面)."""

    ONE = "one"
    LONG_EDGE = "long"
    SHORT_EDGE = "short"


SIDES: dict[Sides, str] = {
    Sides.ONE: "片面",
    Sides.LONG_EDGE: "両面（長辺とじ）",
    Sides.SHORT_EDGE: "両面（短辺とじ）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tray:
    """A place that paper is taken from (給紙): the driver's own key and what people read."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterAbilities:
    """What a printer can do. Without `trays` its driver tells none, and none can be chosen."""

    name: str
    trays: tuple[Tray, ...] = ()
    sides: tuple[Sides, ...] = (Sides.ONE,)
    has_colour: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterSetup:
    """How a form goes to paper: kept as the person chose it last. No `tray`: the printer decides.

    `is_each` sends every document of a run as a job of its own.
    """

    printer: str
    tray: str = ""
    tray_label: str = ""
    sides: Sides = Sides.ONE
    is_colour: bool = False
    is_each: bool = False

    @property
    def place(self) -> str:
        """Printer and tray as people read them."""
        return f"{self.printer}・{self.tray_label}" if self.tray_label else self.printer


def fitted(setup: PrinterSetup, printer: PrinterAbilities) -> PrinterSetup:
    """The setup for this very printer. Raises UserError where the printer no longer has what was chosen."""
    if setup.tray and setup.tray not in {tray.key for tray in printer.trays}:
        raise UserError(
            f"「{setup.printer}」に給紙「{setup.tray_label}」が見つかりません。選び直してください。"
        )
    if setup.sides not in printer.sides:
        raise UserError(
            f"「{setup.printer}」では{SIDES[setup.sides]}の印刷ができません。選び直してください。"
        )
    return setup
