"""The training office (研修用): one command makes a whole office of invented people."""

from desktop.services.training.create import LEAST, MOST, create
from desktop.services.training.report import TrainingReport

__all__ = ["LEAST", "MOST", "TrainingReport", "create"]
