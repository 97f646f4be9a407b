"""The vocabulary of the forms: what a form's file may ask for, from top to bottom, in millimetres."""

from desktop.reports.blocks.codes import BarCode, CutLine, QrCode
from desktop.reports.blocks.grid import ROW, Cell, Grid, checks
from desktop.reports.blocks.head import Envelope, Letterhead, Stamps, Title
from desktop.reports.blocks.place import At, NewSheet, Space, Together
from desktop.reports.blocks.reading import Reading
from desktop.reports.blocks.table import Column, Table
from desktop.reports.blocks.text import Heading, LongText, Note, Said, Signature

__all__ = [
    "ROW",
    "At",
    "BarCode",
    "Cell",
    "Column",
    "CutLine",
    "Envelope",
    "Grid",
    "Heading",
    "Letterhead",
    "LongText",
    "NewSheet",
    "Note",
    "QrCode",
    "Reading",
    "Said",
    "Signature",
    "Space",
    "Stamps",
    "Table",
    "Title",
    "Together",
    "checks",
]
