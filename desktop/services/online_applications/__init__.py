"""Applications made online (電子申請), taken in from the export of another system as received papers."""

from desktop.services.online_applications.mapping import (
    load_application_mapping,
    shipped_application_mappings,
)
from desktop.services.online_applications.service import OnlineApplicationService

__all__ = [
    "OnlineApplicationService",
    "load_application_mapping",
    "shipped_application_mappings",
]
