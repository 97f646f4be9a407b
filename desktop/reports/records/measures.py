"""Measures of the ケース記録票 in millimetres (A4 portrait; the wide left edge is for the binder) and its type styles."""

from __future__ import annotations

from desktop.reports.fonts import FontRole
from desktop.reports.page import Style

LEFT = 22.0
RIGHT = 198.0
HEADING_TOP = 23.0
STAMP_SIDE = 18.0
STAMP_LABEL = 4.5
HEADING_BOTTOM = HEADING_TOP + STAMP_LABEL + STAMP_SIDE
TABLE_TOP = HEADING_BOTTOM + 2.5
BODY_TOP = TABLE_TOP + 6.5
BODY_BOTTOM = 281.0
BODY_HEIGHT = BODY_BOTTOM - BODY_TOP
FOOTER = 286.5

DATE_WIDTH = 23.0
KIND_WIDTH = 35.0
KIND_LEFT = LEFT + DATE_WIDTH
ARTICLE_LEFT = KIND_LEFT + KIND_WIDTH
#: Space between a rule and text.
PADDING = 2.0
#: Above and below the text of an entry.
ROW_PADDING = 1.3

ARTICLE = Style(FontRole.MINCHO, 10.5)
ARTICLE_LABEL = Style(FontRole.GOTHIC, 9.5)
SUBJECT = Style(FontRole.BOLD, 10.5)
ARTICLE_LEADING = 5.6
#: Thirty full-width characters; what is left to the rule is room for a hanging full stop.
ARTICLE_WIDTH = 30 * ARTICLE.em

SIDE = Style(FontRole.MINCHO, 9.5)
SIDE_LABEL = Style(FontRole.GOTHIC, 7.5)
SIDE_BOLD = Style(FontRole.BOLD, 9.5)
SIDE_LEADING = 4.7
SIDE_LABEL_LEADING = 4.2
NOTICE = Style(FontRole.GOTHIC, 8.5)
TAG = Style(FontRole.BOLD, 8.5)
TAG_LEADING = 6.4

#: One electronic stamp beneath an entry.
ROW_STAMP_WIDTH = 27.7
ROW_STAMP_LABEL = 3.8
ROW_STAMP_HEIGHT = 9.6
#: Most stamps beside each other beneath an entry.
STAMPS_IN_ROW = 4
