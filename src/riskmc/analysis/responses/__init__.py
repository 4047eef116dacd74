"""Responses to risks: what each one buys in days and in money, and which of them to buy for a budget."""

from riskmc.analysis.responses.effect import ResponseEffect
from riskmc.analysis.responses.frontier import Portfolio, ResponseFrontier, response_frontier
from riskmc.analysis.responses.overlap import Overlap
from riskmc.analysis.responses.result import Responses, responses

__all__ = [
    "Overlap",
    "Portfolio",
    "ResponseEffect",
    "ResponseFrontier",
    "Responses",
    "response_frontier",
    "responses",
]
