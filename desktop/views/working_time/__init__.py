"""The screen 勤務と当番."""
