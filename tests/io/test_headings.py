"""Headings of registers: the usual names are understood with stage, part and unit, and nothing else is guessed."""

from __future__ import annotations

import pytest

from riskmc.io.sheets.headings import Heading, heading

KNOWN = [
    ("Risk ID", Heading("id")),
    ("RISK NO.", Heading("id")),
    ("Risk", Heading("title")),
    ("Risk Owner", Heading("owner")),
    ("Likelihood (%)", Heading("probability", unit="%")),
    ("Probability score", Heading("probability")),
    ("Schedule impact (days)", Heading("schedule", unit="d")),
    ("Time impact [calendar days]", Heading("schedule", unit="ed")),
    ("Delay low (weeks)", Heading("schedule", "", "low", "w")),
    ("Impact (days)", Heading("schedule", unit="d")),
    ("Impact (EUR)", Heading("cost")),
    ("Cost Impact (k€)", Heading("cost", unit="k")),
    ("Max. cost (MEUR)", Heading("cost", "", "high", "M")),
    ("Cost impact (% of budget)", Heading("cost", unit="%")),
    ("Pre-mitigation Probability", Heading("probability", "inherent")),
    ("Residual likelihood", Heading("probability", "residual")),
    ("Target cost impact (€m), most likely", Heading("cost", "target", "mode", "M")),
    ("Mitigation Cost (EUR k)", Heading("response_cost", unit="k")),
    ("Action status", Heading("response_status")),
    ("Consequence", Heading("effect")),
    ("Activity IDs", Heading("activities")),
    ("Likelihood (1-5)", Heading("probability")),
    ("Pre-mitigation schedule impact [VL – VH]", Heading("schedule", "inherent")),
    ("Cost impact (L/M/H)", Heading("cost")),
    ("Status (Y/N)", Heading("status")),
    ("Start of exposure", Heading("from")),
]


@pytest.mark.parametrize(("text", "said"), KNOWN, ids=[text for text, _ in KNOWN])
def test_a_usual_heading_is_understood(text: str, said: Heading) -> None:
    assert heading(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Impact",
        "Score",
        "Risk score",
        "Expected value",
        "High",
        "Pre",
        "Frequency",
        "Comment",
        "",
        "Low priority",
        "🙂",
    ],
)
def test_what_may_mean_something_else_is_not_guessed(text: str) -> None:
    assert heading(text) is None


def test_a_column_is_named_in_the_words_of_the_program_file() -> None:
    assert Heading("cost", "target", "low", "k").name == "target_cost_low"
    assert Heading("owner").name == "owner"
