"""Files attached to received papers (添付ファイル): looked into, stored, shown inside the program."""

from desktop.services.attachments.service import AttachmentService

__all__ = ["AttachmentService"]
