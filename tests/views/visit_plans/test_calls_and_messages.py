"""訪問計画, what is told before a visit: the call list (T) and the file of short messages (M) of an approved month."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile
from tests.reports.reading import page_texts
from tests.support.call_lists import announced, approved_month, gives_numbers, has_gateway
from tests.support.inquiry_screens import FileDialogs

K = Qt.Key
COLUMNS = (("番号", "number", ""), ("日", "day", ""))
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialogs(tmp_path):
    return FileDialogs(tmp_path / "out.pdf")


@pytest.fixture
def month(make_screen, caseworker):
    def make(desk=None):
        screen = make_screen(desk or caseworker)
        screen.tabs.setCurrentIndex(1)
        return screen

    return make


@pytest.fixture
def approved(office, caseworker, supervisor):
    gives_numbers(caseworker, office.household_id)
    return approved_month(office, caseworker, supervisor, announced(office.household_id, 9))


def press(qtbot, screen, key):
    qtbot.keyClick(screen.month.panel.table, key)


def offered(screen, name):
    return not screen.month.panel.buttons.acts[name].isHidden()


def logged(office):
    with office.work() as session:
        return [(row.form, row.household_id) for row in session.scalars(select(PrintedFile)).all()]


def test_t_shows_the_call_list_which_is_saved_and_noted(month, office, approved, dialogs, qtbot):
    screen = month()
    press(qtbot, screen, K.Key_T)
    preview = screen.printing.currentWidget().preview
    assert preview.run.title == "電話連絡リスト"
    assert logged(office) == []
    qtbot.keyClick(preview, K.Key_S, CTRL)
    assert not screen.printing.is_at_front
    assert screen.month.panel.table.hasFocus()
    assert "03-0000-0001" in "".join(page_texts(dialogs.path.read_bytes()))
    assert logged(office) == [("K-08T", office.household_id)]


def test_without_an_approved_month_or_the_right_to_print_there_is_no_list(
    month, office, caseworker, qtbot
):
    screen = month()
    assert not offered(screen, "call_list")
    press(qtbot, screen, K.Key_T)
    assert not screen.printing.is_at_front


def test_heads_have_neither_button(month, office, approved, qtbot):
    has_gateway(office, *COLUMNS)
    screen = month(office.desk(office.head))
    assert not offered(screen, "call_list")
    assert not offered(screen, "message_file")


def test_without_a_gateway_there_is_no_button(month, approved, qtbot):
    screen = month()
    assert offered(screen, "call_list")
    assert not offered(screen, "message_file")
    press(qtbot, screen, K.Key_M)
    assert screen.month.panel.strips.form_at_hand() is None


def test_m_asks_tells_what_is_written_and_notes_it(month, office, approved, dialogs, qtbot):
    has_gateway(office, *COLUMNS)
    screen = month()
    press(qtbot, screen, K.Key_M)
    form = screen.month.panel.strips.form_at_hand()
    assert form is screen.month.panel.strips.messages
    assert "このソフトは何も送信しません" in form.heading.text()
    assert form.heading.text().endswith("これまでの書き出し：なし")
    said: list[str] = []
    screen.announced.connect(said.append)
    qtbot.keyClick(form.first.editor(), K.Key_Return)
    sentence, name = dialogs.asked
    assert "1件を、1世帯分" in sentence
    assert "何も送信しません" in sentence
    assert name == "visits-20241001-20241101.csv"
    assert dialogs.path.read_bytes() == "番号,日\r\n09000000002,2024/10/09\r\n".encode("cp932")
    assert "送信はしていません" in said[-1]
    assert screen.month.panel.strips.form_at_hand() is None
    assert logged(office) == [("M-01", office.household_id)]
    press(qtbot, screen, K.Key_M)
    assert f"{office.caseworker.name}（1世帯）" in form.heading.text()


def test_who_says_no_writes_nothing(month, office, approved, dialogs, qtbot):
    has_gateway(office, *COLUMNS)
    dialogs.answer = False
    screen = month()
    press(qtbot, screen, K.Key_M)
    screen.month.panel.strips.messages.act_button.click()
    assert len(dialogs.asked) == 1
    assert not dialogs.path.exists()
    with office.work() as session:
        assert session.scalars(select(PrintBatch)).all() == []
    assert screen.month.panel.strips.messages.act_button.isEnabled()


def test_wrong_days_are_said_beside_their_field(month, office, approved, qtbot):
    has_gateway(office, *COLUMNS)
    screen = month()
    press(qtbot, screen, K.Key_M)
    form = screen.month.panel.strips.messages
    form.until.show_value(form.first.entered())
    form.act_button.click()
    assert "初めの日より後" in form.until.error()
    assert form.act_button.isEnabled()
