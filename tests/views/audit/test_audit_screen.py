"""監査: a day at a glance, its paper, and a verification that can be stopped."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from typing_extensions import override

from desktop.domain.audit import Access
from desktop.domain.errors import UnavailableError, ValidationError
from desktop.jobs.audit import AuditPaper
from desktop.reports.audit.daily import DAILY_AUDIT
from desktop.reports.office_fonts import OfficeFonts
from desktop.views.audit.audit_screen import AuditScreen
from desktop.views.printing.paper import PrinterChoice
from tests.reports.samples import make_audit_day
from tests.support.fakes import CLOCK, TODAY, FakeDialogs
from tests.support.fakes_audit import MISSING, STOPPED, FakeDayPaper, FakeReports
from tests.support.qt import HeldRunner, InlineRunner
from tests.support.screens import shown

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Dialogs(FakeDialogs):
    """Chooses files as well."""

    chosen = Path("seals.jsonl")

    @override
    def choose_file(self, parent, title, kinds, on_chosen):
        self.asked.append(title)
        on_chosen(self.chosen)

    @override
    def choose_new_file(self, parent, title, name, kinds, on_chosen):
        self.asked.append(name)
        on_chosen(Path(name))


@pytest.fixture(scope="module")
def rendered():
    return DAILY_AUDIT.pdf(make_audit_day(), OfficeFonts()())


@pytest.fixture
def reports():
    return FakeReports()


@pytest.fixture
def paper(rendered):
    return FakeDayPaper(rendered)


@pytest.fixture
def dialogs():
    return Dialogs()


@pytest.fixture
def make_screen(qtbot, look, reports, paper, dialogs):
    def make(runner=None):
        screen = AuditScreen(
            reports,
            paper,
            CLOCK,
            runner or InlineRunner(),
            look=look,
            dialogs=dialogs,
            printers=PrinterChoice(),
        )
        return shown(qtbot, screen)

    return make


def cells(model):
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_todays_report_is_there_at_once(make_screen, reports):
    view = make_screen().day_view
    assert reports.asked == [TODAY]
    assert view.counts.text() == "監査記録 12,345件（未封印 3件）　封印 600件　定期処理 1,000回"
    assert view.seal.text() == "最後の封印　第1,440番　R6.10.1 17:00:00"
    assert view.value.text().startswith("0001 0203 0405")
    assert cells(view.model) == [
        ["アカウント", "09:00:00", "パスワードの再設定", "試験 太郎", "試験 管理"],
        ["アカウント", "10:00:00", "職務の登録：査察指導員", "試験 太郎", "試験 課長"],
        ["サインイン拒否", "11:00:00", "10回", "試験 太郎", ""],
        ["サインイン拒否", "12:00:00", "2回", "登録のない利用者名", ""],
        ["支援措置", "13:00:00", "台帳の取込で解除または変更", "ケース 0123", "試験 庶務"],
        ["閲覧", "", "1時間で45世帯を開いています（目安30）。", "", "試験 花子"],
        ["定期処理", "03:00:00", "03:25まで25分動いていません", "", ""],
    ]


def test_another_day_by_keys_and_never_tomorrow(qtbot, make_screen, reports):
    screen = make_screen()
    qtbot.keyClick(screen.day_view.table, Qt.Key.Key_Right, ALT)
    qtbot.keyClick(screen.day_view.table, Qt.Key.Key_Left, ALT)
    assert reports.asked == [TODAY, TODAY - timedelta(days=1)]
    field = screen.day_view.field
    field.editor().setText("R6.9.1")
    qtbot.keyClick(field.editor(), Qt.Key.Key_Return)
    assert reports.asked[-1].isoformat() == "2024-09-01"
    field.editor().setText("R6.12.1")
    qtbot.keyClick(field.editor(), Qt.Key.Key_Return)
    assert "今日まで" in field.error()
    assert len(reports.asked) == 3


def test_a_quiet_day_says_so(make_screen, reports):
    reports.quiet = True
    assert "どれもありません" in make_screen().day_view.empty_sentence()


def test_the_training_office_says_why_there_is_nothing(make_screen, reports):
    reports.is_kept = False
    screen = make_screen()
    assert "監査記録がありません" in screen.empty_sentence()
    assert reports.asked == []


def test_a_whole_trail_is_said_to_be_unchanged(qtbot, make_screen, reports):
    screen = make_screen()
    qtbot.keyClick(screen.day_view.table, Qt.Key.Key_Return, CTRL)
    assert screen.part() is screen.day_view
    assert "変わった記録はありません" in screen.day_view.verdict.text()
    assert screen.day_view.verdict.property("tone") == "good"
    assert reports.compared == [0]


def test_what_was_changed_is_named(make_screen, reports):
    reports.faults = (MISSING,)
    screen = make_screen()
    screen.day_view.verify_button.click()
    assert MISSING.sentence in screen.day_view.verdict.text()
    assert screen.day_view.verdict.property("tone") == "error"


def test_it_is_compared_with_a_list_kept_elsewhere(make_screen, reports, dialogs):
    screen = make_screen()
    screen.day_view.compare_button.click()
    assert reports.compared == [1]
    dialogs.chosen = Path("x.txt")
    screen.day_view.compare_button.click()
    assert screen.messages.text() == "封印の控えを読めません。"
    assert screen.part() is screen.day_view


def test_it_stops_by_escape(qtbot, make_screen):
    runner = HeldRunner()
    screen = make_screen(runner)
    runner.release()
    screen.day_view.verify_button.click()
    assert screen.part() is screen.progress
    qtbot.keyClick(screen.progress.stop_button, Qt.Key.Key_Escape)
    runner.release()
    assert screen.part() is screen.day_view
    assert screen.messages.text() == STOPPED


def test_the_paper_is_looked_at_saved_and_left(qtbot, make_screen, paper, dialogs):
    screen = make_screen()
    qtbot.keyClick(screen.day_view.table, Qt.Key.Key_P, CTRL)
    assert screen.part() is screen.paper_view
    assert screen.paper_view.place.text() == "1／1頁　100％"
    assert not screen.paper_view.pages.picture.pixmap().isNull()
    with qtbot.waitSignal(screen.announced) as done:
        qtbot.keyClick(screen.paper_view.pages, Qt.Key.Key_S, CTRL)
    assert "1頁のPDFで保存しました" in done.args[0]
    assert paper.saved == [Path("監査日報_2024-10-01.pdf")]
    assert screen.part() is screen.day_view
    screen.day_view.paper_button.click()
    qtbot.keyClick(screen.paper_view, Qt.Key.Key_Escape)
    assert screen.part() is screen.day_view


def access(minutes=0, **changes: Any) -> Access:
    values: dict[str, Any] = {
        "at": CLOCK.now() - timedelta(minutes=minutes),
        "who": "担当 見本子",
        "purpose": "file",
        "reason": "",
        "outside_duty": False,
        "client": "10.1.2.3",
    }
    return Access(**values | changes)


def type_in(qtbot, field, text):
    qtbot.keyClicks(field.editor(), text)


def test_a_household_is_asked_about_by_keys_alone(qtbot, make_screen, reports):
    reports.found = (
        access(purpose="write", parts=("insert:entry", "update:todo", "insert:segment")),
        access(5, who="", reason="電話当番", outside_duty=True, client=""),
        access(9, purpose="print", reason="案"),
    )
    screen = make_screen()
    qtbot.keyClick(screen.day_view.table, Qt.Key.Key_2, ALT)
    view = screen.household_view
    assert view.case_number.editor().hasFocus()
    assert "Enter" in view.empty_sentence()
    assert reports.households == []
    type_in(qtbot, view.case_number, "0123")
    qtbot.keyClick(view.case_number.editor(), Qt.Key.Key_Tab)
    assert view.since.editor().hasFocus()
    type_in(qtbot, view.since, "R6.9.1")
    qtbot.keyClick(view.since.editor(), Qt.Key.Key_Return)
    assert reports.households == [("0123", date(2024, 9, 1), None)]
    assert view.heading.text() == ("ケース 0123　R6.9.1～　閲覧など 2件（担当外 1件）　変更 1件")
    assert view.table.hasFocus()
    assert cells(view.model) == [
        [
            "R6.10.1 10:00",
            "担当 見本子",
            "10.1.2.3",
            "追加：記録、本文　変更：やること",
            "",
            "",
            "",
        ],
        ["R6.10.1 9:55", "（職員でない接続）", "―", "閲覧", "世帯を開く", "▲ 担当外", "電話当番"],
        ["R6.10.1 9:51", "担当 見本子", "10.1.2.3", "印刷（案）", "", "", ""],
    ]
    assert view.detail.text() == "追加：記録、本文　変更：やること"
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.detail.text() == "閲覧　世帯を開く　▲ 担当外　理由：電話当番"
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert view.case_number.editor().hasFocus()
    qtbot.keyClick(view.case_number.editor(), Qt.Key.Key_1, ALT)
    assert screen.day_view.table.hasFocus()


def test_without_a_number_nothing_is_asked(qtbot, make_screen, reports):
    screen = make_screen()
    screen.tabs.setCurrentIndex(1)
    qtbot.keyClick(screen.household_view.case_number.editor(), Qt.Key.Key_Return)
    assert screen.household_view.case_number.error() == "ケース番号を入力してください。"
    assert reports.households == []


def test_an_unknown_number_says_so_beside_it_and_takes_the_other_list_away(
    qtbot, make_screen, reports
):
    reports.found = (access(),)
    screen = make_screen()
    screen.tabs.setCurrentIndex(1)
    view = screen.household_view
    type_in(qtbot, view.case_number, "0123")
    view.ask_button.click()
    assert view.empty_sentence() == ""
    reports.refusal = ValidationError(case_number="このケース番号の世帯はありません。")
    view.ask_button.click()
    assert view.case_number.error() == "このケース番号の世帯はありません。"
    assert (view.heading.text(), view.empty_sentence() != "") == ("", True)
    reports.refusal = UnavailableError("データベースに接続できません。")
    view.ask_button.click()
    assert "接続できません" in screen.messages.text()
    reports.refusal, reports.found = None, ()
    view.ask_button.click()
    assert "期間を広げて" in view.empty_sentence()
    assert screen.messages.text() == ""


def test_an_asking_under_way_is_not_asked_twice(qtbot, make_screen, reports):
    runner = HeldRunner()
    screen = make_screen(runner)
    runner.release()
    screen.tabs.setCurrentIndex(1)
    view = screen.household_view
    type_in(qtbot, view.case_number, "0123")
    for _ in range(3):
        qtbot.keyClick(view.case_number.editor(), Qt.Key.Key_Return)
    assert len(runner.held) == 1
    runner.release()
    assert len(reports.households) == 1
    assert view.ask_button.isEnabled()


def test_the_training_office_asks_about_households_and_says_what_it_lacks(
    qtbot, make_screen, reports
):
    reports.is_kept, reports.found = False, (access(client=""),)
    screen = make_screen()
    qtbot.keyClick(screen.tabs.tabBar(), Qt.Key.Key_2, ALT)
    view = screen.household_view
    assert "研修用では" in view.note.text()
    type_in(qtbot, view.case_number, "0123")
    view.ask_button.click()
    assert cells(view.model)[0][1:4] == ["担当 見本子", "―", "閲覧"]


def test_a_long_list_is_laid_out_page_by_page(qtbot, make_screen, reports):
    reports.found = tuple(access(n) for n in range(9000))
    screen = make_screen()
    screen.tabs.setCurrentIndex(1)
    view = screen.household_view
    type_in(qtbot, view.case_number, "0123")
    view.ask_button.click()
    assert view.model.rowCount() == 9000
    qtbot.keyClick(view.table, Qt.Key.Key_End, CTRL)
    qtbot.waitUntil(lambda: view.model.index(8999, 1).data() == "担当 見本子")
    assert view.model.kept_pages < 5


def test_the_job_draws_and_writes_the_form(tmp_path, rendered):
    job = AuditPaper(OfficeFonts())
    made = job.draw(make_audit_day())
    assert made == rendered
    assert job.save(made, tmp_path / "day") == 1
    assert (tmp_path / "day.pdf").read_bytes() == rendered.data
