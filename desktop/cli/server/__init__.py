"""`banso-admin server …`."""

from desktop.cli.server.setting_up import add_parser

__all__ = ["add_parser"]
