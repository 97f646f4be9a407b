"""業務と成果 by keys: tables, figures with their lists, movement, the yearly review, fairness."""

from __future__ import annotations

from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.domain.kpis import Kpi
from desktop.models.records import PrintBatch
from desktop.models.support_policies import PrintedFile
from tests.support.effort import a_review, helped


def texts(table):
    model = table.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def at(screen, tab):
    screen.tabs.setCurrentIndex(tab)
    return screen


def test_the_head_sees_the_office_s_table_marked_as_an_estimate(seats):
    helped(seats.office)
    screen = seats.make(seats.head)
    assert screen.team.itemText(0) == "事務所全体"
    rows = texts(screen.time.table)
    (minutes,) = (row for row in rows if row[:2] == ["G2", "時間"])
    assert minutes[8] == "90分"
    assert "推計" in screen.time.words.words
    assert "標準の分" in screen.time.words.words
    assert screen.time.safety.words.startswith("G3：0人")


def test_a_month_that_cannot_be_is_said_beside_its_field(qtbot, seats):
    screen = seats.make(seats.head)
    screen.time.month.editor().setText("なし")
    screen.time.show_button.click()
    assert screen.time.month.error()
    assert screen.time.month.editor().accessibleName() == "見る月"


def test_a_small_team_says_why_there_is_no_table(seats):
    helped(seats.office)
    screen = seats.make(seats.supervisor)
    assert texts(screen.time.table) == []
    assert "3人より少ない" in screen.time.words.words


def test_a_figure_shows_its_list_and_enter_opens_the_file(qtbot, seats):
    helped(seats.office)
    screen = at(seats.make(seats.head), 1)
    assert texts(screen.kpis.figures)[0][1:4] == ["100.0％（参考値）", "1", "1"]
    assert "G1c・G2・G3" in screen.kpis.words.words
    (case,) = texts(screen.kpis.cases)
    assert case[1] == "架空 花子"
    with qtbot.waitSignal(screen.file_requested) as asked:
        screen.kpis.cases.view.select_row(0)
        qtbot.keyClick(screen.kpis.cases.view, Qt.Key.Key_Return)
    assert asked.args[0].household_id == seats.office.household_id


def test_files_leave_without_names_unless_asked_and_are_noted(seats, tmp_path):
    helped(seats.office)
    screen = at(seats.make(seats.supervisor), 1)
    plain, named = tmp_path / "plain.csv", tmp_path / "named.csv"
    for out, with_names in ((plain, False), (named, True)):
        seats.dialogs.file = out
        screen.kpis.with_names.setChecked(with_names)
        screen.kpis.cases_button.click()
    assert "架空" not in plain.read_text("utf-8-sig")
    assert "架空 花子" in named.read_text("utf-8-sig")
    seats.dialogs.file = tmp_path / "figures.csv"
    screen.kpis.figures_button.click()
    assert Kpi.PARTICIPATION in seats.dialogs.file.read_text("utf-8-sig")
    with seats.office.work() as session:
        forms = sorted(form or "" for form in session.scalars(select(PrintBatch.form)))
        households = session.scalars(select(PrintedFile.household_id)).all()
    assert forms == ["", "", "S-35F"]
    assert households == [seats.office.household_id] * 2


def test_whoever_does_not_print_gets_no_list_as_a_file(seats):
    screen = at(seats.make(seats.head), 1)
    assert not screen.kpis.cases_button.isEnabled()
    assert screen.kpis.figures_button.isEnabled()


def test_movement_is_drawn_and_described(seats):
    helped(seats.office)
    screen = at(seats.make(seats.head), 2)
    assert texts(screen.flows.flows) == [["区分なし", "G2", "1", "新しく決まった"]]
    assert "区分なしからG2へ1人" in screen.flows.chart.accessibleDescription()
    (band,) = screen.flows.chart.bands()
    assert band.height > 0
    assert texts(screen.flows.people)[0][1] == "架空 花子"


def test_a_sheet_is_written_and_approved_by_somebody_else(seats):
    helped(seats.office)
    screen = at(seats.make(seats.supervisor), 3)
    panel = screen.reviews
    rows = [row[0] for row in texts(panel.programmes)]
    panel.programmes.view.select_row(rows.index("被保護者就労支援事業"))
    panel.sheet.save_button.click()
    assert panel.sheet.reason.error()
    panel.sheet.verdict.show_value("keep")
    panel.sheet.reason.show_value("参加した人が仕事を始めている。")
    panel.sheet.save_button.click()
    assert not panel.has_unsaved()
    other = at(seats.make(seats.head), 3)
    other.reviews.programmes.view.select_row(rows.index("被保護者就労支援事業"))
    assert other.reviews.sheet.approve_button.isEnabled()
    other.reviews.sheet.approve_button.click()
    assert texts(other.reviews.programmes)[rows.index("被保護者就労支援事業")][7] == "済"
    other.print_button.click()
    assert other.sheet.drawn == [((2024, "employment"),)]


def test_a_line_of_the_promotion_plan(seats):
    screen = at(seats.make(seats.head), 3)
    screen.reviews.line.target.show_value(30)
    screen.reviews.line.save_button.click()
    assert texts(screen.reviews.plan)[0][1] == "30"


def test_fairness_asks_and_ranks_nobody(seats):
    helped(seats.office)
    screen = at(seats.make(seats.head), 4)
    rows = texts(screen.fairness.rows)
    assert rows[0][:2] == ["全体", "1（参考値）"]
    assert len(rows) == 2
    assert "基準のためですか" in screen.fairness.question.words
    assert texts(screen.fairness.flips) == []


def test_ctrl_p_draws_the_report_of_the_table(qtbot, seats):
    screen = seats.make(seats.head)
    qtbot.keyClick(screen, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (drawn,) = screen.monthly.drawn
    assert drawn[0][0] == "office"


def test_a_sheet_already_there_is_shown(seats):
    seats.supervisor.programme_reviews.write(a_review())
    screen = at(seats.make(seats.supervisor), 3)
    rows = [row[0] for row in texts(screen.reviews.programmes)]
    screen.reviews.programmes.view.select_row(rows.index("被保護者就労支援事業"))
    assert "承認を待っています" in screen.reviews.sheet.head.words


def test_a_list_leaves_in_the_columns_that_the_office_chose(seats, tmp_path):
    helped(seats.office)
    screen = at(seats.make(seats.supervisor), 1)
    offered = [screen.kpis.export.itemText(at) for at in range(screen.kpis.export.count())]
    assert offered == ["標準", "見直しの名簿", "調査用（氏名なし）"]
    screen.kpis.export.setCurrentIndex(1)
    seats.dialogs.file = tmp_path / "review.csv"
    screen.kpis.cases_button.click()
    heads = seats.dialogs.file.read_text("utf-8-sig").splitlines()[0]
    assert heads == "地区,ケース番号,決定した支援区分,決定日,次の見直し"


def test_fairness_says_what_it_cannot_compare(seats):
    screen = at(seats.make(seats.head), 4)
    assert "国籍・言語・障害者手帳は台帳にない" in screen.fairness.question.words
