"""Variants in the chronicle: found, marked, selected and quoted by their places in the real text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.records import SegmentKind
from desktop.jobs.change_bus import ChangeBus
from desktop.viewmodels.support_policies_evidence import sentences_of
from desktop.views.records.chronicle import ChronicleSetting, ChronicleView
from desktop.views.records.entry_painter import hit_cursor
from desktop.views.support_policies.evidence_picker import EvidencePicker
from tests.support.factories import CLOCK
from tests.support.fake_desk import FakeRecords, FakeTodos, make_ports
from tests.support.fakes_printing import without_paper
from tests.support.fakes_records import HOUSEHOLD, STAFF, entry, segment
from tests.support.qt import InlineRunner
from tests.views.variants.fonts import KATSU, NAME, PLAIN_NAME, TSUJI, has_private

WORDS = "𠮷の店へ{name}と行った。辻\U000e0100村さんが{name}に会う。"


def an_entry(name):
    return replace(entry("e"), segments=(segment(SegmentKind.FACTS, WORDS.format(name=name)),))


@pytest.fixture
def make_view(qtbot, drawn):
    def make(name):
        setting = ChronicleSetting(
            staff=STAFF,
            clock=CLOCK,
            runner=InlineRunner(),
            changes=ChangeBus(),
            look=drawn,
            make_paper=without_paper,
        )
        view = ChronicleView(
            HOUSEHOLD, make_ports(FakeRecords(an_entry(name)), FakeTodos()), setting
        )
        qtbot.addWidget(view)
        view.resize(900, 500)
        view.show()
        view.activate()
        QApplication.processEvents()
        return view

    return make


def test_the_chronicle_shows_variants(make_view):
    shown, plain = (make_view(name).list.viewport().grab().toImage() for name in (NAME, PLAIN_NAME))
    assert shown.size() == plain.size()
    assert shown != plain


@pytest.mark.parametrize(
    ("typed", "marked", "times"),
    [
        (NAME, NAME, 2),
        (PLAIN_NAME, NAME, 2),
        ("葛", KATSU, 2),
        ("城　見本", "城　見本", 2),
        ("会う", "会う", 1),
    ],
)
def test_what_is_found_is_marked_at_its_place(make_view, typed, marked, times):
    view = make_view(NAME)
    view.find_bar.box.setText(typed)
    view.find_bar.search()
    hits = [hit for part in view.list._hits.values() for hit in part]
    laid = view.list._layouts.laid(0)
    assert [hit_cursor(laid, hit).selectedText() for hit in hits] == [marked] * times


def test_the_whole_text_can_be_selected_and_is_the_real_one(make_view):
    view = make_view(NAME)
    laid = view.list._layouts.laid(0)
    view.list._selection.begin(0, 0)
    view.list._selection.extend(laid.document.characterCount())
    assert WORDS.format(name=NAME) in view.list.selected_text()
    assert not has_private(view.list.selected_text())


def test_evidence_behind_a_variant_is_quoted_by_its_place_in_the_record(qtbot, drawn):
    picker = EvidencePicker()
    qtbot.addWidget(picker)
    picker.show()
    written = an_entry(NAME)
    picker.show_sentences(sentences_of([written]))
    picker.words.setText(f"{TSUJI}村")
    picker._narrow()
    with qtbot.waitSignal(picker.taken) as taken:
        picker.take_button.click()
    (evidence,) = taken.args
    assert evidence.quote == f"{TSUJI}村さんが{NAME}に会う。"
    assert WORDS.format(name=NAME)[evidence.start : evidence.end] == evidence.quote
    assert picker.whole.words.endswith(evidence.quote)
    assert KATSU in picker.model.index(0, 1).data()
