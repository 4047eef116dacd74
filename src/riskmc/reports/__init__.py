"""Reports: the printed answer, the JSON record, and where they are written."""

from riskmc.reports.answer import tell
from riskmc.reports.destination import STANDARD_OUTPUT, check_destination, write_whole
from riskmc.reports.record import compose, dumps

__all__ = ["STANDARD_OUTPUT", "check_destination", "compose", "dumps", "tell", "write_whole"]
