"""From an event to the issue it touches: by one key, in the open policy or a new one, and nothing is decided on the way."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from desktop.domain.policy_events import Impact
from desktop.domain.records import SegmentKind
from desktop.domain.support_policies import PolicyKind, Standing
from tests.support.desk import later
from tests.support.factories import CLOCK, TODAY
from tests.support.policies import issue, written

Key = Qt.Key
LATER = later(CLOCK, minutes=5)


def touched(bench, desk=None):
    """An entry handed in with あり, after whatever policy there is; returns its id."""
    desk = desk or bench.office.desk(bench.office.caseworker, LATER)
    blank = desk.records.blank(bench.office.household_id, "telephone_in")
    segments = tuple(
        replace(s, text="転居したいと電話があった。" if s.kind is SegmentKind.FACTS else s.text)
        for s in blank.segments
    )
    saved = desk.records.save(replace(blank, segments=segments))
    desk.records.submit(saved.entry_id, saved.version, Impact.SOME)
    return saved.entry_id


def two_issues(bench):
    given = written(
        bench.desk, bench.office.household_id, issue("服薬が続かない"), issue("家計の見通し")
    )
    return bench.approved(given)


def choices(section):
    shown = section.guide.issues.list
    return [shown.item(row).text() for row in range(shown.count())]


def test_the_event_stands_above_the_policies(make_section, bench):
    two_issues(bench)
    touched(bench)
    section = make_section()
    panel = section.guide.events
    assert panel.isVisible()
    assert "見直し期限　R6.10.31（あと30日）" in panel.due.text()
    assert "影響あり" in panel.list.item(0).text()


def test_without_an_event_there_is_no_panel(make_section, bench):
    two_issues(bench)
    section = make_section()
    assert section.guide.events.isHidden()
    assert section.guide.at_hand() == ("", None)


def test_the_event_at_hand_is_what_an_answer_would_be_about(make_section, bench):
    two_issues(bench)
    touched(bench)
    assert make_section().guide.at_hand() == ("記録で「影響あり」と答えた", TODAY)


def test_r_on_the_list_of_policies_reviews_the_event(make_section, bench, qtbot):
    two_issues(bench)
    touched(bench)
    section = make_section()
    qtbot.keyClick(section.shelf.table, Key.Key_R)
    assert section.guide.issues.isVisible()


def test_one_key_opens_the_issue_in_a_policy_on_event(make_section, bench, qtbot):
    two_issues(bench)
    entry_id = touched(bench)
    section = make_section()
    section.review_for(entry_id)
    assert choices(section) == ["1　服薬が続かない", "2　家計の見通し", "0　新しい課題"]
    assert "影響あり" in section.guide.issues.reason.text()
    qtbot.keyClick(section.guide.issues.list, Key.Key_2)
    given = section.editor.form.so_far()
    assert given.kind is PolicyKind.EVENT
    assert section.editor.form.issue.texts["text"].entered() == "家計の見通し"
    assert not section.editor.has_unsaved()


def test_a_new_issue_is_the_last_choice(make_section, bench, qtbot):
    two_issues(bench)
    touched(bench)
    section = make_section()
    qtbot.keyClick(section.guide.events.list, Key.Key_R)
    qtbot.keyClick(section.guide.issues.list, Key.Key_0)
    issues = section.editor.form.so_far().issues
    assert [one.standing for one in issues] == [
        Standing.CONTINUED,
        Standing.CONTINUED,
        Standing.NEW,
    ]
    assert not section.editor.form.issue.texts["text"].entered()


def test_escape_leaves_and_the_event_stays(make_section, bench, qtbot):
    two_issues(bench)
    touched(bench)
    section = make_section()
    qtbot.keyClick(section.guide.events.list, Key.Key_Return)
    qtbot.keyClick(section.guide.issues.list, Key.Key_Escape)
    assert section.editor is None
    assert section.guide.issues.isHidden()
    assert len(bench.desk.policies.lines(bench.office.household_id)) == 1
    assert section.guide.events.isVisible()


def test_an_open_own_draft_is_written_on(make_section, bench, qtbot):
    two_issues(bench)
    entry_id = touched(bench)
    draft = bench.desk.policies.blank(bench.office.household_id)
    bench.desk.policies.save(draft)
    section = make_section()
    section.review_for(entry_id)
    qtbot.keyClick(section.guide.issues.list, Key.Key_1)
    assert section.editor.form.so_far().policy_id == draft.policy_id


def test_without_a_policy_a_first_one_is_begun(make_section, bench):
    entry_id = touched(bench)
    section = make_section()
    section.review_for(entry_id)
    assert section.editor.form.so_far().kind is PolicyKind.NEW


def test_while_one_is_with_the_approvers_nothing_is_begun(make_section, bench):
    saved = bench.desk.policies.save(written(bench.desk, bench.office.household_id))
    bench.desk.policies.submit(saved.policy_id, saved.version)
    entry_id = touched(bench)
    section = make_section()
    section.review_for(entry_id)
    assert section.editor is None
    assert "決裁のあとで" in section.messages.text()
    assert section.guide.events.isVisible()


def test_who_may_not_write_reads_the_event_only(make_section, bench):
    two_issues(bench)
    touched(bench)
    section = make_section(bench.office.desk(bench.office.head))
    assert section.guide.events.isVisible()
    assert section.guide.events.review_button.isHidden()
