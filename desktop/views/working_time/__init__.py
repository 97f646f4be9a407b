"""The screens 勤務と当番 and 同行と約束."""
