"""Command line of riskmc: the commands and their options, and how the terminal is spoken to."""

from riskmc.cli.commands import main

__all__ = ["main"]
