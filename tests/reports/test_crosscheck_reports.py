"""The crosscheck as text and as JSON, by itself and as a line of the forecast."""

import dataclasses
import json

import pytest

import riskmc as rm
from happening import program
from recorded import DOCS, keys_of, listed_on
from riskmc import reports
from riskmc.analysis.crosscheck import EngineAgreement
from riskmc.simulation.agreement import Divergence, EventAgreement


@pytest.fixture(scope="module")
def found():
    return rm.crosscheck(program(), 20)


def broken(found):
    parted = Divergence(1, (60, 1, 0, -1), None)
    return dataclasses.replace(
        found, engines=EngineAgreement(20, 19, (), first=1), implementations=EventAgreement(20, 19, 10, parted)
    )


def test_the_page_lists_every_key_of_the_record_and_no_other(found):
    made = reports.compose_crosscheck(found)
    shared = set(reports.compose(found.trials)) | {"confidence"}
    own = {key for key in keys_of(made) if key.partition(".")[0].removesuffix("[]") not in shared}
    assert own == listed_on(DOCS / "crosscheck.md")


def test_the_record_reads_back_and_says_the_same_as_the_text(found):
    record = json.loads(reports.dumps_crosscheck(found))
    assert record["agrees"] is True
    assert record["told"] == list(found.sentences())
    text = " ".join(reports.tell_crosscheck(found).split())
    assert "computed twice" in text
    assert f"{found.implementations.events:,}" in text


def test_a_difference_is_called_a_fault_and_placed(found):
    text = " ".join(reports.tell_crosscheck(broken(found)).split())
    assert "do not agree" in text
    assert "differ first in iteration 1" in text
    assert "simpy: nothing more" in text
    assert reports.compose_crosscheck(broken(found))["implementations"]["first_difference"] == 1


def test_the_lines_are_the_first_notes_of_a_forecast_and_a_key_of_its_record(found):
    trials = rm.simulate(program(), 20)
    text = " ".join(reports.tell(reports.with_crosscheck(trials, found)).split())
    assert "engines agree on 20 of 20 iterations" in text
    record = json.loads(reports.dumps(trials, found))
    assert record["crosscheck"]["engines"]["agree"] == 20
    assert record["notes"] == list(trials.notes)
    assert "crosscheck" not in json.loads(reports.dumps(trials))
