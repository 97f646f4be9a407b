"""The printers of this system. Every call may wait for a network: never on the UI thread."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.domain.errors import UserError
from desktop.domain.printers import PrinterAbilities, PrinterSetup, Sides, Tray, fitted
from desktop.jobs.sending import Paper
from desktop.services.workstation.cups import find_lp, trays_of
from desktop.views.printing.page_printing import CupsPaper, ImagePaper, set_up

_GONE = "プリンター「{name}」が見つかりません。別のプリンターを選んでください。"
_DUPLEX = {
    QPrinter.DuplexMode.DuplexLongSide: Sides.LONG_EDGE,
    QPrinter.DuplexMode.DuplexShortSide: Sides.SHORT_EDGE,
}
_SOURCES = {
    QPrinter.PaperSource.Upper: "上段",
    QPrinter.PaperSource.Lower: "下段",
    QPrinter.PaperSource.Middle: "中段",
    QPrinter.PaperSource.Manual: "手差し",
    QPrinter.PaperSource.Envelope: "封筒",
    QPrinter.PaperSource.EnvelopeManual: "封筒（手差し）",
    QPrinter.PaperSource.Auto: "自動",
    QPrinter.PaperSource.LargeCapacity: "大容量",
    QPrinter.PaperSource.Cassette: "カセット",
}


class SystemPrinters:
    """Asks the system anew each time: printers come and go."""

    def names(self) -> tuple[str, ...]:
        """Printers that can be chosen, the default one first."""
        names = QPrinterInfo.availablePrinterNames()
        default = QPrinterInfo.defaultPrinterName()
        return tuple(sorted(names, key=lambda name: (name != default, name)))

    def abilities(self, name: str) -> PrinterAbilities:
        """What a printer can do. Raises UserError when it is gone."""
        info = _info(name)
        sides = [_DUPLEX[mode] for mode in info.supportedDuplexModes() if mode in _DUPLEX]
        return PrinterAbilities(
            name=name,
            trays=trays_of(name) if find_lp() else _trays_by_qt(info),
            sides=(Sides.ONE, *sides),
            has_colour=QPrinter.ColorMode.Color in info.supportedColorModes(),
        )

    def open(self, setup: PrinterSetup, copies: int = 1) -> Paper:
        """The printer as it was chosen. Raises UserError when it is gone or no longer has the tray."""
        fitted(setup, self.abilities(setup.printer))
        if find_lp():
            return CupsPaper(setup=setup, copies=copies)
        printer = QPrinter(_info(setup.printer), QPrinter.PrinterMode.HighResolution)
        set_up(printer, setup, copies)
        return ImagePaper(printer=printer, setup=setup)


def _info(name: str) -> QPrinterInfo:
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise UserError(_GONE.format(name=name))
    return info


def _trays_by_qt(info: QPrinterInfo) -> tuple[Tray, ...]:
    """Qt tells trays on Windows only; those that it has no name for are numbered by the driver."""
    printer = QPrinter(info, QPrinter.PrinterMode.ScreenResolution)
    ask = getattr(printer, "supportedPaperSources", None)
    try:
        sources = list(ask()) if ask is not None else []
    except ValueError:  # a driver's own number, for which Qt for Python has no value
        return ()
    return tuple(Tray(key=str(source.value), label=_source_label(source)) for source in sources)


def _source_label(source: QPrinter.PaperSource) -> str:
    return _SOURCES.get(source, f"給紙{source.value}")
