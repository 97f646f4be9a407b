"""The type of the forms: which face and size stands for what, the same on all of them."""

from __future__ import annotations

from desktop.reports.fonts import FontRole
from desktop.reports.page import Style

TITLE = Style(FontRole.BOLD, 16)
HEADING = Style(FontRole.BOLD, 10.5)
LABEL = Style(FontRole.GOTHIC, 8.5)
VALUE = Style(FontRole.MINCHO, 10.5)
BODY = Style(FontRole.MINCHO, 11)
SMALL = Style(FontRole.GOTHIC, 7.5)
NAME = Style(FontRole.MINCHO, 13)
MARK = Style(FontRole.BOLD, 17)
TRAINING = Style(FontRole.BOLD, 10)

#: From one line to the next in parts of the type size.
LEADING = 1.5
#: Height of the ink of a full-width character above its baseline, in parts of the type size.
ASCENT = 0.88
#: Grey of what is behind a label (1 is white).
SHADE = 0.93
#: Text in a cell is set smaller until it fits, but never smaller than this (points): then it goes to a sheet of its own (別紙).
FLOOR = 7.0
