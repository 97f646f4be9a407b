"""The main job as four people do it: write, approve, return, print. Every step is a key or a click."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QMenu,
    QTableView,
)

from desktop.app import Program
from desktop.domain.clock import JAPAN, SystemClock
from desktop.domain.roles import ROLE_LABELS, Role
from desktop.services.settings import Theme
from desktop.tour.aids import look_at_aids, look_at_handover, look_at_ticks
from desktop.tour.camera import Camera, front_window
from desktop.tour.clock import TOUR_CLOCK
from desktop.tour.driver import Script, TourError, Until, click, is_shown, press, shown, type_into
from desktop.tour.judgement import decide_together, look_at_assessment
from desktop.tour.papers import take_in_paper
from desktop.tour.print_room import print_room
from desktop.tour.support import look_at_results, look_at_support
from desktop.tour.visit_plans import look_at_visit_plans
from desktop.views.fields.choice_field import ChoiceField
from desktop.views.fields.long_text_field import LongTextField
from desktop.views.fields.yen_field import YenField
from desktop.views.records.met_field import MetField
from desktop.views.records.time_span_field import TimeSpanField

#: Width and height of the pictures, in pixels.
SIZE = (1280, 860)
CTRL = Qt.KeyboardModifier.ControlModifier
VISIT = (
    "約束の時刻に訪問し、居間で世帯主と面接した。顔色はよく、血圧手帳の記入は続いていた。"
    "通帳で年金の振込みを確認した。新しい収入はないと本人から聞いた。"
)
CALL = "主治医の病院から電話があり、次の受診日が変わったとのこと。"
#: More than any plan's points take.
_PAGES = 20
RETURNED = "収入の確認の方法を書き足してください。"


def main_job(program: Program, camera: Camera) -> Script:
    """Caseworker, supervisor, caseworker again, records staff."""
    yield from sign_in(program, camera, Role.CASEWORKER, picture=True)
    yield from find_and_write(program, camera)
    yield from take_in_paper(camera, settled(program))
    yield from look_at_visit_plans(camera, lambda: settled(program))
    yield from look_at_assessment(
        camera,
        lambda: settled(program),
        lambda: show_section(program, "就労支援", "assessed_people"),
    )
    yield from look_at_support(
        camera, lambda: settled(program), lambda *where: show_section(program, *where)
    )
    yield from look_at_aids(camera, lambda: settled(program))
    yield from sign_out(program)
    yield from sign_in(program, camera, Role.SUPERVISOR)
    yield from review(program, camera)
    yield from decide_together(camera, lambda: settled(program))
    yield from look_at_results(
        camera, lambda: settled(program), lambda *where: show_section(program, *where)
    )
    yield from look_at_handover(camera, lambda: settled(program))
    yield from sign_out(program)
    yield from sign_in(program, camera, Role.RECORDS_STAFF)
    yield from print_room(camera, lambda: settled(program))
    yield from looks(program, camera)


def sign_in(program: Program, camera: Camera, role: Role, *, picture: bool = False) -> Script:
    """Choose the first account of a role by the arrow keys, and Enter."""
    yield Until(
        "利用者の一覧",
        lambda: is_shown("accounts") and shown("accounts", QTableView).model().rowCount() > 0,
    )
    table = shown("accounts", QTableView)
    if picture:
        camera.take("sign_in")
    wanted = _row_with(table, ROLE_LABELS[role])
    for _ in range(wanted - table.currentIndex().row()):
        press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Return)
    yield Until("わたしの机", lambda: program.window is not None and program.window.isVisible())
    if program.window is not None:
        program.window.resize(*SIZE)
    yield from settled(program)


def sign_out(program: Program) -> Script:
    """Back to the sign-in window, as for the next person."""
    if program.window is None:
        raise TourError("窓がありません。")
    menus = (menu for menu in program.window.menuBar().findChildren(QMenu))
    action = next(a for menu in menus for a in menu.actions() if "サインアウト" in a.text())
    action.trigger()
    yield Until("サインイン", lambda: is_shown("accounts"))
    yield from settled(program)


def settled(program: Program) -> Script:
    """Wait until nothing is under way and the screen has been painted."""
    for _ in range(14):
        yield Until("読込みの終わり", lambda: program.runner.is_idle)


def unhurried() -> Script:
    """Longer than a double click: the review pane takes no second decision that fast."""
    since = monotonic()
    wait = QApplication.doubleClickInterval() / 1000 + 0.2
    yield Until("次の案件", lambda: monotonic() - since > wait)


def find_and_write(program: Program, camera: Camera) -> Script:
    """From the desk to a household, its chronicle, a telephone call and a visit."""
    camera.take("caseworker_desk")
    press(front_window(), Qt.Key.Key_2, CTRL)
    yield from settled(program)
    type_into(shown("household_filter"), "たかさき")
    yield from settled(program)
    camera.take("household_list")
    yield from open_own_file(program, camera)
    camera.take("case_file")
    yield from show_section(program, "訪問格付", "grade_history")
    camera.take("visit_grades")
    yield from look_at_pay(program, camera)
    yield from show_section(program, "関係先", "new_liaison")
    camera.take("liaisons")
    yield from show_section(program, "記録")
    camera.take("chronicle")
    yield from new_entry(program, "電話（受）")
    type_into(shown("segment_facts", LongTextField).editor(), CALL)
    camera.take("telephone_call")
    yield from hand_in(camera)
    yield from settled(program)
    yield from new_entry(program, "家庭訪問")
    yield from look_at_ticks(camera, lambda: settled(program))
    yield from fill_visit(program)
    camera.take("visit")
    yield from hand_in(camera)
    yield from settled(program)
    camera.take("submitted")
    yield from look_at_draft(program, camera)


def look_at_draft(program: Program, camera: Camera) -> Script:
    """The entry just handed in, as paper would show it before its approval; nothing is printed."""
    click(shown("action_print_draft"))
    yield Until("案のプレビュー", lambda: is_shown("page_picture"))
    yield from settled(program)
    camera.take("draft_preview")
    press(shown("page_picture"), Qt.Key.Key_Escape)
    yield Until("記録の一覧", lambda: is_shown("new_entry"))
    yield from settled(program)


def hand_in(camera: Camera) -> Script:
    """Submit the open record: it does not touch the support policy."""
    press(shown("segment_facts", LongTextField).editor(), Qt.Key.Key_Return, CTRL)
    yield Until("援助方針への影響", lambda: is_shown("impact_line"))
    camera.take("impact")
    press(shown("impact_line"), Qt.Key.Key_1)
    yield Until("提出", lambda: not is_shown("entry_editor"))


def open_own_file(program: Program, camera: Camera) -> Script:
    """`Ctrl+K`, the case number of the first household of the own districts, Enter."""
    shown("household_filter", QLineEdit).clear()
    yield from settled(program)
    number = str(shown("household_table", QTableView).model().index(0, 0).data())
    press(front_window(), Qt.Key.Key_K, CTRL)
    yield Until("検索の小窓", lambda: is_shown("palette_box"))
    type_into(shown("palette_box"), number)
    yield from settled(program)
    yield Until("検索結果", lambda: shown("palette_list", QListWidget).count() > 0)
    camera.take("palette")
    press(shown("palette_box"), Qt.Key.Key_Return)
    yield Until("ケースファイル", lambda: is_shown("identity_bar"))
    yield from settled(program)


def look_at_pay(program: Program, camera: Camera) -> Script:
    """What would remain in hand of a month's pay; nothing is kept."""
    yield from show_section(program, "試算・給付", "new_estimate")
    click(shown("new_estimate"))
    yield Until("試算", lambda: is_shown("estimate_gross"))
    type_into(shown("estimate_gross", YenField).editor(), "100000")
    yield Until("試算の内訳", lambda: is_shown("estimate_lines"))
    yield from settled(program)
    camera.take("take_home_pay")
    click(shown("leave_estimate"))
    yield Until("給付の一覧", lambda: is_shown("new_estimate"))


def show_section(program: Program, title: str, wanted: str = "new_entry") -> Script:
    """`Ctrl+Shift+L`, the arrow keys, Enter: a section of the file; wait for a widget of it."""
    press(front_window(), Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    sections = shown("section_list", QListWidget)
    row = next(i for i in range(sections.count()) if title in sections.item(i).text().split())
    while sections.currentRow() != row:
        press(sections, Qt.Key.Key_Down if sections.currentRow() < row else Qt.Key.Key_Up)
    press(sections, Qt.Key.Key_Return)
    yield Until(f"「{title}」の欄", lambda: is_shown(wanted))
    yield from settled(program)


def new_entry(program: Program, kind: str) -> Script:
    """`Ctrl+N` and the kind."""
    press(shown("new_entry"), Qt.Key.Key_N, CTRL)
    yield Until("記録種別", lambda: is_shown("kind_list"))
    kinds = shown("kind_list", QListWidget)
    row = next(i for i in range(kinds.count()) if kind in kinds.item(i).text())
    for _ in range(row):
        press(kinds, Qt.Key.Key_Down)
    press(kinds, Qt.Key.Key_Return)
    yield Until("記録の入力", lambda: is_shown("segment_facts"))
    yield from settled(program)


def fill_visit(program: Program) -> Script:
    """Times, who was met, the result, and what happened."""
    type_into(shown("times", TimeSpanField).editor(), _just_now())
    click(shown("met", MetField).boxes()[0])
    press(shown("result", ChoiceField).editor(), Qt.Key.Key_Down)
    facts = shown("segment_facts", LongTextField).editor()
    facts.selectAll()
    type_into(facts, VISIT)
    yield from settled(program)


def _just_now() -> str:
    """The forty minutes before the tour's moment, or before a server's where that is earlier: no visit is written ahead."""
    moments = (clock.now().astimezone(JAPAN) for clock in (TOUR_CLOCK, SystemClock()))
    end = min(moment.hour * 60 + moment.minute for moment in moments)
    start = max(end - 40, 0)
    return f"{start // 60:02}{start % 60:02}-{end // 60:02}{end % 60:02}"


def review(program: Program, camera: Camera) -> Script:
    """Desk, review pane, a clean approval with one key, and a return with its reason."""
    camera.take("supervisor_desk")
    press(front_window(), Qt.Key.Key_3, CTRL)
    yield Until("決裁待ち", lambda: is_shown("review_pane") and is_shown("move_return"))
    yield from settled(program)
    yield from read_plan(program, camera)
    camera.take("review")
    press(shown("move_approve"), Qt.Key.Key_A)
    yield from settled(program)
    yield from unhurried()
    press(shown("move_return"), Qt.Key.Key_R)
    yield Until("差戻しの理由", lambda: is_shown("move_text"))
    reason = shown("move_text", LongTextField).editor()
    type_into(reason, RETURNED)
    camera.take("return_with_reason")
    press(reason, Qt.Key.Key_Return, CTRL)
    yield from settled(program)
    camera.take("next_item")


def read_plan(program: Program, camera: Camera) -> Script:
    """A plan that waits at the front is read to its end with Space, and approved."""
    if is_shown("move_approve"):
        return
    camera.take("review_plan")
    for _ in range(_PAGES):
        press(shown("review_queue"), Qt.Key.Key_Space)
        yield from settled(program)
        if is_shown("move_approve"):
            break
    press(shown("move_approve"), Qt.Key.Key_A)
    yield from settled(program)
    yield from unhurried()


def looks(program: Program, camera: Camera) -> Script:
    """The same screen dark, in high contrast, and at 150 %."""
    for theme in (Theme.DARK, Theme.CONTRAST):
        program.look.set_theme(theme)
        yield from settled(program)
        camera.take(f"look_{theme}")
    program.look.set_theme(Theme.LIGHT)
    program.look.set_zoom(150)
    yield from settled(program)
    camera.take("look_150_percent")


def _row_with(table: QTableView, role: str) -> int:
    """The first account that holds this role alone, else the first that holds it among others."""
    model = table.model()
    cells = [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    alone = (row for row, words in enumerate(cells) if role in words)
    among = (
        row for row, words in enumerate(cells) if any(role in word.split("・") for word in words)
    )
    found = next(alone, next(among, None))
    if found is None:
        raise TourError(f"「{role}」の利用者がありません。")
    return found
