"""監査: the daily report and the verification of the trail."""
