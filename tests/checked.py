"""Small programs to check: a few activities in one project on the 24-hour calendar, and what one rule finds in them."""

from riskmc.analysis.check.finding import Finding
from riskmc.analysis.check.limits import beyond_the_engine
from riskmc.analysis.check.registry import RULE
from riskmc.analysis.check.survey import Survey
from riskmc.analysis.check.thresholds import read_thresholds
from riskmc.network.compiling import Settings, compile_network
from riskmc.program.program import Program
from riskmc.simulation.engine import simulate

START = "2027-01-04"


def program(activities: dict, **words) -> Program:
    """A program of one project, p; days have 24 hours unless a calendar is named."""
    said = {"program": "Trial", "start": START, "calendar": "24h", "projects": {"p": {"activities": activities}}}
    return Program(**{**said, **words})


def survey(checked: Program, iterations: int = 256, thresholds=None, stored=None) -> Survey:
    """A program looked at as a check does it; ``stored`` are dates of a planning tool by path."""
    left_out = beyond_the_engine(checked)
    network = compile_network(checked, Settings(ignore=left_out))
    trials = simulate(checked, iterations, ignore=left_out, statistics=True)
    return Survey(checked, network, trials, read_thresholds(thresholds), stored or {})


def found(rule: str, checked: Program, iterations: int = 256) -> list[Finding]:
    """What one rule finds in a program."""
    return list(RULE[rule].find(survey(checked, iterations)))


def places(rule: str, checked: Program) -> list[str]:
    """Where one rule finds something."""
    return [finding.place for finding in found(rule, checked)]
