"""What screens show and hold: item models and form state. QtCore and QtGui, no widgets, no database."""
