"""支援要請 in a household's file over real services. On both databases."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.domain.activity_forms import ReferralAsked
from desktop.domain.forms import FormMark
from desktop.domain.referrals import ReferralMove
from desktop.jobs.activity_printing import support_sheet_job
from desktop.models.issued_forms import IssuedFormRecord
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import ActivityPrinting
from desktop.views.papers.following_scroll import FollowingScroll
from desktop.views.referrals.file_referrals import FileReferralsView
from tests.support.desk import small_office
from tests.support.factories import CLOCK, days_ago
from tests.support.fakes import FakeDialogs
from tests.support.issued_forms import issued_forms
from tests.support.qt import InlineRunner
from tests.support.support_acts import a_request

Key = Qt.Key


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def opened(qtbot, look, office):
    def open_for(staff):
        view = FileReferralsView(
            office.household_id,
            office.desk(staff).referrals,
            InlineRunner(),
            look=look,
            dialogs=FakeDialogs(answer=True),
            today=CLOCK.today,
            make_paper=lambda *_: pytest.fail("no paper was asked for"),
        )
        qtbot.addWidget(view)
        view.resize(1100, 800)
        view.show()
        with qtbot.waitActive(view):
            view.activateWindow()
        view.activate()
        return view

    return open_for


def asked(office, **changes):
    given = a_request(office.household_id, office.person_id, **changes)
    office.desk(office.caseworker).referrals.ask(given)
    return given


def kept(office):
    desk = office.desk(office.caseworker)
    return desk.referrals.of_household(office.household_id).referrals


def test_a_request_is_written_with_its_consent(office, opened, qtbot):
    view = opened(office.caseworker)
    assert "同意を得てから" in view.nothing.words
    qtbot.keyClick(view.new_button, Key.Key_N)
    form = view.form
    assert form.person.editor().hasFocus()
    form.request.show_value("求人の紹介をお願いします。")
    form.act_button.click()
    assert form.consent_on.error()
    form.consent_on.show_value(days_ago(1))
    form.act_button.click()
    (request,) = kept(office)
    assert request.words.request == "求人の紹介をお願いします。"
    assert view.pages.currentWidget() is view.list_page
    assert "回答待ち" in view.model.index(0, 4).data()


def test_tab_comes_from_the_last_field_to_the_buttons(office, opened, qtbot):
    view = opened(office.caseworker)
    qtbot.keyClick(view.new_button, Key.Key_N)
    view.form.health_consent_on.editor().setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert view.form.act_button.hasFocus()
    qtbot.keyClick(view.form.act_button, Key.Key_Tab)
    assert view.form.back_button.hasFocus()


def test_the_reply_is_noted_and_only_what_can_come_next_is_offered(office, opened, qtbot):
    asked(office)
    view = opened(office.caseworker)
    assert "期限を過ぎています" in view.model.index(0, 4).data()
    assert "印刷しません" in view.words.words
    qtbot.keyClick(view.table, Key.Key_D)
    form = view.step_form
    labels = [form.what_came.editor().itemText(n) for n in range(form.what_came.editor().count())]
    assert labels == ["受理（支援開始）", "受理されなかった", "要請の取下げ"]
    form.act_button.click()
    assert form.until.error()
    form.until.show_value(CLOCK.today())
    form.act_button.click()
    (request,) = kept(office)
    assert request.state is ReferralMove.ACCEPTED
    assert view.model.index(0, 4).data() == "受理（支援開始）"


def test_half_written_requests_are_asked_about(office, opened, qtbot):
    view = opened(office.caseworker)
    view.new_button.click()
    assert not view.has_unsaved()
    qtbot.keyClicks(view.form.number.editor(), "12")
    assert view.has_unsaved()
    qtbot.keyClick(view.form.number.editor(), Key.Key_Escape)
    assert not view.has_unsaved()
    assert view.pages.currentWidget() is view.list_page


def test_who_may_only_read_sees_no_acts(office, opened):
    asked(office)
    view = opened(office.records)
    assert view.new_button.isHidden()
    assert view.step_button.isHidden()


@pytest.mark.parametrize("agreed", [False, True])
def test_health_goes_to_paper_only_with_consent(office, agreed):
    given = asked(office, health_consent_on=days_ago(21) if agreed else None)
    desk = office.desk(office.caseworker)
    service = ActivityPrinting(desk.work, CLOCK, desk.staff, desk.referrals.reading)
    which = ReferralAsked(household_id=office.household_id, referral_id=given.referral_id)
    letter = service.referral_letter(which)
    assert bool(letter.health_limits) is agreed
    assert letter.partner.startswith("見本公共職業安定所")
    fonts = FontSet.of_office(resource_path("fonts"), search=())
    job = support_sheet_job("S-10", service, issued_forms(office, office.caseworker), lambda: fonts)
    run = job.draw(job.choose(which), FormMark.PLAIN)
    assert run.issue is not None
    official = run.issue(None, None)
    job.finish(official)
    with office.work() as session:
        (issue,) = session.query(IssuedFormRecord).all()
        assert (issue.form_code, issue.id) == ("S-10", official.issued_ids[0])


def test_a_long_form_begins_with_its_title_and_keeps_its_buttons_in_view(office, opened, qtbot):
    view = opened(office.caseworker)
    view.resize(900, 480)
    qtbot.keyClick(view.new_button, Key.Key_N)
    form = view.form
    title = form.findChild(QLabel, "section_title")
    bar = form.findChild(FollowingScroll).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)  # it is longer than the window
    for part in (title, form.what, form.act_button):
        assert part.visibleRegion().boundingRect().size() == part.size()
    form.health_consent_on.editor().setFocus()
    assert bar.value() > 0
    assert form.act_button.visibleRegion().boundingRect().size() == form.act_button.size()


def test_a_reply_asks_only_what_belongs_to_it(office, opened):
    asked(office)
    view = opened(office.caseworker)
    view.step_button.click()
    form = view.step_form
    form.what_came.show_value(ReferralMove.ACCEPTED)
    assert (form.until.isHidden(), form.result.isHidden()) == (False, True)
    form.what_came.show_value(ReferralMove.WITHDRAWN)
    assert (form.until.isHidden(), form.result.isHidden()) == (True, True)
