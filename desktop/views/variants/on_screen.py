"""Gives the program the fonts of variants, once they are made."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from desktop.views.look import Look
from desktop.views.variants.families import FAMILY
from desktop.views.variants.variant_fonts import VariantFonts
from desktop.views.variants.variant_style import VariantStyle

#: 文字情報基盤 Mincho, by the names systems list it under: for 𠮷 and others that the shipped fonts have not got.
_INSTALLED = ("IPAmjMincho", "IPAmj明朝")


def show_variants(app: QApplication, look: Look, made: VariantFonts) -> None:
    """Draw variants from now on. On the UI thread; a few milliseconds while only the sign-in window is open."""
    if not QFontDatabase.hasFamily(FAMILY):
        QFontDatabase.addApplicationFontFromData(QByteArray(made.data))
    app.setStyle(VariantStyle(made.codes))
    look.use_families([FAMILY, *filter(QFontDatabase.hasFamily, _INSTALLED)], made.drawn)
