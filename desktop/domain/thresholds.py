"""Limits that rules and marks use (しきい値). The values are office data; the names here are their keys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The limits in force on a day, by rule of section 5.2. Days unless the name says otherwise.

    `r01_days_a` to `_e` belong to the visit grades, `r01_days_default` to households without one of these.
    `r06_percent` is the share of a body that must agree, `look_back_days` how far back the rules about
    the quality of written records look. `reading_…` and `usual_…` belong to the reading of files (A01–A03; hours of
    the office's clock), `login_…` and `idle_…` to the scheduled command of the server.
    `password_characters` is the least length of an own password,
    `password_hours` how long one that somebody else gave is valid; `policy_review_months` after how many months a
    support policy is reviewed, `review_notice_days` how many days before that the desk tells; the `e…` limits belong
    to declarations, `e22_days` and `e23_days` to support plans, the `b…` limits to households that left protection: from when and
    until when a grant is asked about. `p05_percent` is the share of a policy's words that must agree. `paper_draft_days`: until when a
    decision is drafted from a received paper; `paper_slip_sheets`: 1 puts slip and receipt on one sheet, 2 on a sheet
    each. `attachment_pages` is how many pages an attached file may have. The `transfer_…` limits are how long each step of a
    transfer may take: until it is decided, sent and acknowledged.
    The `i…` and `inquiry_…` limits belong to
    inquiries: the days until an answer is asked for, and within how many the same question is pointed out.
    `carry_alert_time` is a time of day as it is written without its colon (1715), `carry_needs_approval` and
    `carry_second_person` are 1 for yes; the `pack_…` limits belong to reading packs (`pack_with_shielded` is 1 for yes); the `incident_…` limits are calendar days of the law on personal information.
    `e05_from` and `e05_deadline` are a month and day as they are written without a stroke (831 = 31 August); `e07_…` how long an assessment may be missing: after
    protection began here, and after a household was taken over; `e12_…` how many days after a birthday or a disability the radar begins and
    stops to ask about pensions.
    `referral_reply_days`: how many days Hello Work usually has to answer a request; `s01_days` to `s03_days`: how many days after the
    term the radar asks about a request without an answer, a check whether somebody still works, a next step.
    `effort_shown` is 1 where the office uses estimates of working time; `effort_least_staff`: how many caseworkers a team must have for figures of its own; `effort_silent_months` and `effort_home_visits`:
    when people of the groups that get less are named (visits a year); `kpi_meeting_days`: within how many days after a decision somebody
    is to be met; `kpi_few`: figures of fewer cases only give an idea; `kpi_raise_yen`: by how much more than so many yen a month the mean has to rise to be
    a raise, `kpi_raise_recognised`: 1 where recognised incomes are compared, 0 for gross ones. `change_recent_days`: how many days after its
    first day a change of the rules is called a new one. `saved_search_months`: for how many months a search may be saved (12 at most); `saved_search_empty_days`:
    how many days after its last day its words are still kept.
    The `v…` limits belong to visits: `v07_percent` of the grade's interval, `v15_days` how far back times of visits are looked at.
    `disclosure_days`: how many days after the request a copy for disclosure is due, `j01_days` how many days before that the radar asks.
    The `h…` limits belong to medical matters.
    The `v…` limits belong to visits, `grade_notice_days` is how many days before its term the desk tells of a grade to review.
    """

    r01_days_default: int
    r01_days_a: int
    r01_days_b: int
    r01_days_c: int
    r01_days_d: int
    r01_days_e: int
    r02_days: int
    r04_days: int
    r05_characters: int
    r06_percent: int
    r06_months: int
    r06_characters: int
    r10_days: int
    r10_alarm_days: int
    r12_days: int
    r16_days: int
    o01_households: int
    o01_alarm_households: int
    o04_items: int
    o04_days: int
    look_back_days: int
    late_entry_days: int
    instruction_reply_days: int
    absence_revisit_days: int
    promise_notice_days: int
    duty_notice_days: int
    idle_lock_minutes: int
    reading_files_an_hour: int
    reading_outside_files_a_day: int
    usual_from_hour: int
    usual_to_hour: int
    login_failures: int
    login_failure_minutes: int
    login_lock_minutes: int
    idle_transaction_minutes: int
    password_characters: int
    password_hours: int
    policy_review_months: int
    p01_days: int
    p02_months: int
    p03_days: int
    p04_days: int
    review_notice_days: int
    p05_percent: int
    p07_from_age: int
    p09_days: int
    p10_days: int
    p11_from_age: int
    p11_to_age: int
    p12_days: int
    b01_days: int
    b01_most_days: int
    e01_days: int
    e02_months: int
    e03_months: int
    e04_days: int
    e22_days: int
    e23_days: int
    declaration_letter_days: int
    inquiry_due_days: int
    inquiry_again_days: int
    i01_days: int
    i02_days: int
    i03_days: int
    referral_reply_days: int
    effort_shown: int
    effort_least_staff: int
    effort_silent_months: int
    effort_home_visits: int
    kpi_meeting_days: int
    kpi_few: int
    kpi_raise_yen: int
    kpi_raise_recognised: int
    change_recent_days: int
    saved_search_months: int
    saved_search_empty_days: int
    s01_days: int
    s02_days: int
    s03_days: int
    paper_draft_days: int
    paper_slip_sheets: int
    attachment_pages: int
    r14_days: int
    transfer_decide_days: int
    transfer_send_days: int
    transfer_acknowledge_days: int
    disclosure_days: int
    j01_days: int
    v01_days: int
    v17_days: int
    grade_notice_days: int
    visit_minutes: int
    plan_month_days: int
    plan_year_days: int
    visit_letter_days: int
    brief_paper_days: int
    call_letter_days: int
    v02_days: int
    v10_days: int
    v18_percent: int
    v18_months: int
    k03_days: int
    carry_alert_time: int
    carry_block_days: int
    carry_needs_approval: int
    carry_second_person: int
    carry_most_households: int
    pack_most_hours: int
    pack_most_households: int
    pack_with_shielded: int
    pack_idle_minutes: int
    incident_quick_from_days: int
    incident_quick_days: int
    incident_full_days: int
    incident_malicious_days: int
    incident_near_days: int
    v07_percent: int
    v08_days: int
    v09_days: int
    v11_absences: int
    v12_absences: int
    v12_days: int
    v13_days: int
    v15_days: int
    v15_gap_minutes: int
    v15_from_hour: int
    v15_to_hour: int
    v16_visits: int
    v21_absences: int
    v19_days: int
    v19_months: int
    v22_months: int
    v23_days: int
    v22_to_age: int
    h01_days: int
    h02_days: int
    h03_days: int
    e15_days: int
    e05_from: int
    e05_deadline: int
    e06_days: int
    e07_days: int
    e07_take_over_months: int
    e12_days: int
    e12_back_days: int
    e14_days: int
    e14_most_days: int
    e16_months: int
    e19_days: int

    def silent_days(self, grade: str) -> int:
        """Days without an entry that rule R01 allows for a visit grade."""
        days = {
            "A": self.r01_days_a,
            "B": self.r01_days_b,
            "C": self.r01_days_c,
            "D": self.r01_days_d,
            "E": self.r01_days_e,
        }
        return days.get(grade.upper(), self.r01_days_default)
