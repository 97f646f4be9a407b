"""What is seen: pixels of a name with a variant and of the same name without it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import (
    QFontDatabase,
    QGuiApplication,
    QStandardItem,
    QStandardItemModel,
    QTextCursor,
)
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QListView, QPushButton, QTabBar

from desktop.domain.records import SegmentKind
from desktop.services.settings import Theme
from desktop.viewmodels.approvals_queue import QueueModel
from desktop.viewmodels.records_text import entry_text
from desktop.views.approvals.queue_delegate import QueueDelegate
from desktop.views.elided_label import ElidedLabel
from desktop.views.households.identity_bar import IdentityBar
from desktop.views.message_bar import MessageBar
from desktop.views.paragraph import Paragraph
from desktop.views.records.entry_browser import EntryBrowser
from desktop.views.selectable_label import SelectableLabel
from desktop.views.table_view import TableView
from desktop.views.variants.on_screen import show_variants
from desktop.views.variants.workstation import variants_of_workstation
from tests.support.fake_reviews import row as queue_row
from tests.support.fakes import make_household_row, make_identity
from tests.support.fakes_records import entry, segment
from tests.views.variants.fonts import BE, NAME, NOWHERE, PLAIN_NAME, has_private


def label(text):
    return QLabel(text)


def elided(text):
    return ElidedLabel(text, least=8)


def tab(text):
    bar = QTabBar()
    bar.addTab(text)
    return bar


def combo(text):
    box = QComboBox()
    box.addItem(text)
    return box


def table(text):
    model = QStandardItemModel(1, 1)
    model.setHorizontalHeaderLabels(["氏名"])
    model.setItem(0, 0, QStandardItem(text))
    return TableView(model, name="見本", characters={0: 10}, stretch=0)


def paragraph(text):
    shown = Paragraph()
    shown.say(text)
    return shown


def message(text):
    bar = MessageBar()
    bar.show_info(text)
    return bar


def selectable(text):
    shown = SelectableLabel(text)
    shown.setFixedSize(300, 40)
    return shown


def identity(text):
    bar = IdentityBar()
    bar.show_identity(make_identity(make_household_row(3), head_name=text))
    return bar


@pytest.mark.parametrize(
    "make",
    [
        label,
        elided,
        tab,
        combo,
        table,
        QPushButton,
        QCheckBox,
        paragraph,
        message,
        selectable,
        identity,
    ],
)
def test_a_variant_looks_different_from_its_plain_character(make, drawn, pixels):
    variant, plain, again = pixels(make(NAME)), pixels(make(PLAIN_NAME)), pixels(make(NAME))
    assert variant.size() == plain.size()
    assert variant != plain
    assert variant == again


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.CONTRAST])
def test_in_every_theme_and_size(theme, drawn, pixels):
    drawn.set_theme(theme)
    drawn.set_zoom(200)
    assert pixels(label(NAME)) != pixels(label(PLAIN_NAME))


@pytest.mark.parametrize("name", [NOWHERE, BE])
def test_what_no_font_draws_otherwise_shows_as_the_plain_character(name, drawn, pixels):
    assert pixels(label(name)) == pixels(label(name[0]))
    assert pixels(selectable(name)) == pixels(selectable(name[0]))


def test_without_the_fonts_the_plain_character_shows(qapp, look, pixels):
    qapp.setStyle("Fusion")
    assert pixels(label(NAME)) == pixels(label(PLAIN_NAME))


def test_widgets_models_and_names_for_assistive_technology_keep_the_real_text(drawn, pixels):
    shown = [make(NAME) for make in (label, elided, QPushButton, SelectableLabel)]
    for widget in shown:
        pixels(widget)
        assert widget.text() == NAME
    bar, cells, words = message(NAME), table(NAME), paragraph(NAME)
    for widget in (bar, cells, words):
        pixels(widget)
    assert bar.text() == words.words == words.accessibleName() == NAME
    assert cells.model().index(0, 0).data() == NAME
    assert identity(NAME).head.text() == f"{NAME}　世帯"
    assert shown[1].toolTip() == NAME


def test_what_is_copied_from_a_label_is_the_real_text(drawn, pixels, qtbot):
    text = f"<b>甲&乙</b>  {NAME}\n二行"
    shown = SelectableLabel(text)
    pixels(shown)
    shown.setSelection(0, len(text.encode("utf-16-le")) // 2)
    assert shown.selectedText().replace("\u2028", "\n") == text


def test_the_queue_paints_variants(drawn, pixels):
    def queue(name):
        view, model = QListView(), QueueModel()
        model.setParent(view)
        model.set_rows([queue_row("a", head_name=name)])
        view.setModel(model)
        view.setItemDelegate(QueueDelegate(drawn, view))
        view.resize(500, 120)
        return view

    assert pixels(queue(NAME)) != pixels(queue(PLAIN_NAME))


def test_an_entry_shows_variants_and_is_copied_as_it_was_written(drawn, pixels):
    def browser(name):
        shown = EntryBrowser(drawn, "見本")
        shown.resize(600, 300)
        written = replace(entry("e"), segments=(segment(SegmentKind.FACTS, f"𠮷と{name}が来所"),))
        shown.show_entry(entry_text(written))
        return shown

    variant = browser(NAME)
    assert pixels(variant) != pixels(browser(PLAIN_NAME))
    variant.selectAll()
    variant.copy()
    copied = QGuiApplication.clipboard().text()
    assert f"𠮷と{NAME}が来所" in copied
    assert not has_private(copied)
    variant.moveCursor(QTextCursor.MoveOperation.Start)
    assert variant.find(NAME)
    drawn.set_theme(Theme.DARK)
    assert NAME in variant.toPlainText()


def test_characters_of_an_installed_font_are_found_there(qapp, look, other_font, pixels):
    before = pixels(label("𠮷"))
    assert not look.draws("𠮷")
    assert look.draws("葛")
    number = QFontDatabase.addApplicationFont(str(other_font))
    try:
        show_variants(qapp, look, variants_of_workstation([]))
        assert "IPAmjMincho" in qapp.font().families()
        assert pixels(label("𠮷")) != before
        assert look.draws("𠮷")
        assert qapp.font().families()[0] == "BIZ UDPGothic"
    finally:
        qapp.setStyle("Fusion")
        look.use_families([])
        QFontDatabase.removeApplicationFont(number)
