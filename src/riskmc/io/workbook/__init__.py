"""Workbooks that say all a program file can: reading, writing, the template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.doors import door

if TYPE_CHECKING:
    from riskmc.io.workbook import template

SUFFIXES = (".xlsx", ".xlsm", ".csv")

__all__ = ["SUFFIXES", "template"]

if not TYPE_CHECKING:
    __getattr__ = door(__name__, {}, globals(), ("template",))
