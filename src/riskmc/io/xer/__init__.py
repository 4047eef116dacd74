"""Primavera P6 XER files: reading, writing, and results in user fields of a copy."""

from riskmc.io.xer.reader import read, read_with_notes

__all__ = ["read", "read_with_notes"]
