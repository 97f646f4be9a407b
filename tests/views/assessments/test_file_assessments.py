"""就労支援 in a household's file, by keys and clicks, over real services on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.assessments import AssessmentKind, Barriers, Health
from desktop.domain.households import Relation
from desktop.domain.ids import new_id
from desktop.domain.support_groups import SupportGroup
from desktop.models.households import Member
from desktop.models.office import Office
from tests.reports.reading import page_texts
from tests.support.assessments import assessment, barrier, by_conference, decision, held
from tests.support.factories import TODAY, add, days_ago, make_person
from tests.support.medical import an_opinion
from tests.support.typing_in import commit_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def stored(office, **changes):
    """An assessment written by the caseworker."""
    given = assessment(office, **changes)
    office.desk(office.caseworker).assessments.save(given)
    return given


def decided(office, given, group=SupportGroup.WITH_HELP):
    """A group decided by conference."""
    worker, supervisor = office.desk(office.caseworker), office.desk(office.supervisor)
    matter = held(worker, supervisor, given)
    supervisor.groups.decide(by_conference(office, given, group, matter.matter_id))


def buttons(view):
    acts = view.acts
    every = (acts.write, acts.provisional, acts.unchanged, acts.lift)
    return [button.text() for button in every if button.isVisibleTo(view)]


def row_texts(view):
    model = view.people.model
    return [model.index(0, column).data() for column in range(model.columnCount())]


def text(view):
    return view.reading.text.toPlainText()


def test_where_nothing_is_written_it_says_what_to_do(office, screens):
    view = screens.file(office.caseworker)
    QAbstractItemModelTester(view.people.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert "「アセスメントを書く」（N）で書き始めます" in view.reading.nothing.words
    assert not view.reading.text.isVisibleTo(view)
    assert buttons(view) == ["アセスメントを書く(&N)"]
    assert row_texts(view)[2:] == ["まだありません", "", ""]
    reader = screens.file(office.records)
    assert "担当員が書くと、ここで読めます" in reader.reading.nothing.words
    assert buttons(reader) == []


def test_a_proposal_is_no_group(office, screens):
    stored(office)
    view = screens.file(office.caseworker)
    assert row_texts(view)[2] == "提案のまま"
    assert view.people.standing.words == "今の区分：提案のまま"
    said = text(view)
    for part in (
        "G2　稼働能力あり・支援が要る",
        "規則 R11",
        "決めるのは会議・査察指導員です",
        "まだ決まった区分はありません（提案のまま）",
    ):
        assert part in said


def test_the_newest_is_read_with_its_evidence_and_earlier_ones_are_selectable(
    qtbot, office, screens
):
    stored(office, made_on=days_ago(200), health_on=days_ago(210))
    stored(
        office,
        kind=AssessmentKind.PERIODIC,
        health_on=days_ago(300),
        health_words="立ち仕事は1時間まで。",
    )
    view = screens.file(office.caseworker)
    said = text(view)
    assert "令和6年10月1日のアセスメント（定期）" in said
    assert "通常の就労が可能（医学的意見で制限がない）" in said
    assert "医師の言葉（主治医）" in said
    assert "「立ち仕事は1時間まで。」" in said
    assert "の意見は、事務所の決めた期間より前のものです" in said
    assert (
        "履歴書・職務経歴書を書ける（使えるものがある）：いいえ　→ 応募書類の作成を手伝う" in said
    )
    assert view.reading.model.index(0, 3).data() == "R6.10.1の版"
    qtbot.keyClick(view.reading.table, Key.Key_Down)
    assert "令和6年3月15日のアセスメント（開始時）" in text(view)
    assert "これより新しいアセスメントがあります" in text(view)
    view.reload()
    assert "これより新しいアセスメントがあります" in text(view)


def test_the_supervisor_gives_a_group_for_the_time_being(qtbot, office, screens):
    stored(office)
    view = screens.file(office.supervisor)
    assert buttons(view) == ["アセスメントを書く(&N)", "仮の区分を付ける(&K)"]
    assert "会議の議題にします" in view.acts.why_not.words
    qtbot.keyClick(view.people.table, Key.Key_K)
    panel = view.decide
    assert panel.isVisibleTo(view)
    assert panel.group.editor().currentData() == "G2"
    assert panel.expires_on.entered() == TODAY + timedelta(days=60)
    qtbot.keyClick(panel, Key.Key_S, CTRL)
    assert "理由を入力" in panel.reason.error()
    commit_text(panel.reason.editor(), "会議までのあいだ、求職の支援を始めるため。")
    qtbot.keyClick(panel, Key.Key_S, CTRL)
    assert screens.said == ["支援区分の決定を記録しました。"]
    assert not panel.isVisibleTo(view)
    assert row_texts(view)[2] == "（仮）G2　稼働能力あり・支援が要る"
    assert "期限 R6.11.30" in view.people.standing.words
    for part in ("◎ 今の区分", "仮の区分", office.supervisor.name, "求職の支援を始めるため"):
        assert part in text(view)


def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(qtbot, office, screens):
    stored(office)
    view = screens.file(office.supervisor)
    view.acts.provisional.click()
    panel = view.decide
    panel.expires_on.show_value(TODAY + timedelta(days=200))
    commit_text(panel.reason.editor(), "会議までのあいだ。")
    panel.record_button.click()
    assert "今日から60日まで" in panel.expires_on.error()
    assert "会議までのあいだ。" in panel.reason.editor().toPlainText()
    assert view.has_unsaved()
    qtbot.keyClick(panel, Key.Key_Escape)
    assert screens.dialogs.asked
    assert not view.has_unsaved()


def test_a_decided_group_stays_by_the_supervisor_only_where_nothing_changes(qtbot, office, screens):
    decided(office, stored(office, made_on=days_ago(5)))
    stored(office, kind=AssessmentKind.PERIODIC)
    view = screens.file(office.supervisor)
    assert buttons(view)[1:] == ["変わりなしで決める(&U)"]
    qtbot.keyClick(view.people.table, Key.Key_U)
    assert not view.decide.group.isVisibleTo(view)
    commit_text(view.decide.reason.editor(), "事情に変わりがないことを読んで確かめた。")
    view.decide.record_button.click()
    assert screens.said == ["支援区分の決定を記録しました。"]
    assert "査察指導員（変わりなし）" in text(view)
    assert "会議　" in text(view)


def test_another_proposal_is_for_the_conference(office, screens):
    decided(office, stored(office, made_on=days_ago(5)))
    stored(office, work="W2")
    view = screens.file(office.supervisor)
    assert buttons(view) == ["アセスメントを書く(&N)"]
    assert "会議の議題にします" in view.acts.why_not.words


def test_nobody_decides_on_his_own_assessment(office, screens):
    office.desk(office.supervisor).assessments.save(assessment(office))
    view = screens.file(office.supervisor)
    assert buttons(view) == ["アセスメントを書く(&N)"]
    assert "自分では決められません" in view.acts.why_not.words


def test_safety_comes_first_and_is_settled_with_a_reason(qtbot, office, screens):
    stored(office, safety="夜に家を出されることがある")
    view = screens.file(office.supervisor)
    assert row_texts(view)[4] == "保留"
    assert "安全の確認が先" in view.people.flags.words
    assert buttons(view)[1:] == ["保留を解く(&L)"]
    assert "支援・指導は止まっています" in text(view)
    qtbot.keyClick(view.people.table, Key.Key_L)
    view.lift.record_button.click()
    assert "入力してください" in view.lift.reason.error()
    commit_text(view.lift.reason.editor(), "本人と別室で会い、いまは安全と確かめた。")
    qtbot.keyClick(view.lift, Key.Key_S, CTRL)
    assert screens.said == ["支援の保留を解きました。"]
    assert buttons(view)[1:] == ["仮の区分を付ける(&K)"]
    assert "保留は解かれています" in text(view)


def test_sensitive_barriers_carry_a_sign_and_are_not_shown_to_everybody(office, screens):
    stored(office, barriers=(barrier("BF10", Barriers.MINOR), barrier("BF17", Barriers.MINOR)))
    view = screens.file(office.caseworker)
    assert "◆ 配慮が要る要因" in text(view)
    assert not view.reading.hidden.isVisibleTo(view)
    assert view.window().windowTitle() == ""
    reader = screens.file(office.records)
    assert "配慮が要る要因" not in text(reader)
    assert "交通手段がない" in text(reader)
    assert "ここに出ていない要因があることがあります" in reader.reading.hidden.text()


@pytest.mark.parametrize("key", [Key.Key_N, Key.Key_K, Key.Key_U, Key.Key_L])
def test_who_only_reads_presses_keys_in_vain(qtbot, office, screens, key):
    stored(office)
    view = screens.file(office.records)
    qtbot.keyClick(view.people.table, key)
    assert not view.form.isVisibleTo(view)
    assert not view.decide.isVisibleTo(view)
    assert not view.lift.isVisibleTo(view)


def test_what_differs_from_the_proposal_is_said(office, screens):
    given = stored(office)
    office.desk(office.supervisor).groups.decide(decision(office, given, SupportGroup.ALONE))
    assert "提案は G2　稼働能力あり・支援が要る でした" in text(screens.file(office.caseworker))


def test_on_a_narrow_window_a_form_beneath_takes_the_place_of_the_members(office, screens):
    stored(office)
    view = screens.file(office.supervisor, width=760, height=640)
    view.acts.provisional.click()
    assert not view.people.isVisibleTo(view)
    view.decide.leave_button.click()
    assert view.people.isVisibleTo(view)
    assert view.people.table.hasFocus()


def test_a_form_that_is_open_keeps_its_words_when_the_file_is_read_again(office, screens):
    view = screens.file(office.caseworker)
    view.acts.press("N")
    commit_text(view.form.fields.wishes.editor(), "昼の仕事")
    view.reload()
    view.activate()
    assert view.form.isVisibleTo(view)
    assert view.form.fields.wishes.entered() == "昼の仕事"
    assert view.form.isAncestorOf(view.focusWidget())


def test_the_members_are_gone_through_by_arrow_keys(qtbot, office, screens):
    with office.work() as session:
        office_id = office.caseworker.office_id
        home = session.get_one(Office, office_id)
        other = make_person(session, home, name="架空　次郎")
        add(
            session,
            Member(
                office_id=office_id,
                household_id=office.household_id,
                person_id=other.id,
                relation=Relation.CHILD,
                is_head=False,
                valid_from=days_ago(900),
            ),
        )
    stored(office)
    view = screens.file(office.caseworker)
    names = [row.name for row in view.people.model.rows()]
    assert len(names) == 2
    qtbot.keyClick(view.people.table, Key.Key_Down)
    assert f"{names[1]}さんのアセスメントはまだありません" in view.reading.nothing.words
    assert not view.reading.text.isVisibleTo(view)


def test_the_newest_opinion_stands_beside_health_and_is_copied_by_a_key(office, screens):
    stored(office, health=Health.LIMITED, health_words="前の意見")
    office.desk(office.caseworker).opinions.note_opinion(an_opinion(office))
    view = screens.file(office.caseworker)
    view.acts.write.click()
    form = view.form
    assert "「座ってする仕事を一日四時間まで。」" in form.page.opinion.words
    assert "主治医　見本病院　模擬　医師" in form.page.opinion.words
    assert form.fields.health_words.entered() == "前の意見"
    form.page.take_button.click()
    assert form.fields.health_words.entered() == (
        "仕事をすることはできますか。　制限付きで可\n座ってする仕事を一日四時間まで。"
    )
    assert form.fields.health_on.entered() == days_ago(10)
    assert form.fields.health.entered() == Health.LIMITED
    assert form.has_unsaved()


def test_without_an_opinion_nothing_is_offered(office, screens):
    view = screens.file(office.caseworker)
    view.acts.write.click()
    assert view.form.page.opinion.words == ""
    assert view.form.page.take_button.isHidden()


def printed(view):
    assert view.paper is not None
    return "".join(page_texts(view.paper.preview.run.rendered.data)).replace("\n", "")


def test_the_assessment_at_hand_goes_to_paper_without_what_is_sensitive(office, screens, qtbot):
    sensitive = (
        barrier("BF10", Barriers.MINOR, action="自助グループ"),
        barrier("BF09", Barriers.MINOR),
    )
    stored(office, barriers=sensitive, safety="連絡が取れない")
    view = screens.file(office.caseworker)
    qtbot.keyClick(view.people.table, Key.Key_P)
    text = printed(view)
    assert "介護" in text
    assert "あり（内容は画面で読みます）" in text
    for words in ("依存症", "自助グループ", "連絡が取れない", "G2"):
        assert words not in text
    view.paper.left.emit()
    qtbot.keyClick(view.people.table, Key.Key_S)
    text = printed(view)
    for words in ("依存症", "自助グループ", "連絡が取れない"):
        assert words in text


def test_there_is_one_way_to_paper_where_nothing_is_sensitive(office, screens):
    view = screens.file(office.caseworker)
    assert not view.acts.paper.isVisibleTo(view)
    stored(office)
    view.reload()
    assert view.acts.paper.isVisibleTo(view)
    assert not view.acts.whole_paper.isVisibleTo(view)


def test_what_a_conference_decides_elsewhere_is_read_at_once(office, screens):
    given = stored(office)
    view = screens.file(office.caseworker)
    assert row_texts(view)[2] == "提案のまま"
    decided(office, given)
    screens.changes.group_changed.emit(new_id(), None)
    assert row_texts(view)[2] == "提案のまま"
    screens.changes.group_changed.emit(office.household_id, None)
    assert row_texts(view)[2].startswith("G2")


def test_another_desk_s_news_opens_the_file_only_where_something_changed(
    office, screens, monkeypatch
):
    given = stored(office)
    view = screens.file(office.caseworker)
    asked = []
    monkeypatch.setattr(view, "reload", lambda: asked.append(1))
    screens.changes.group_changed.emit(None, None)
    assert asked == []
    decided(office, given)
    screens.changes.group_changed.emit(None, None)
    assert asked == [1]
