"""What policies did, as the answer and the record tell it, the same by both implementations."""

from datetime import datetime

import numpy as np
import pytest

import riskmc as rm
from arriving import program
from riskmc.network.compiling import Settings, compile_network
from riskmc.reports.document.policy_table import policies
from riskmc.reports.records.forecast import compose
from riskmc.simulation.discrete_event.reference_block import ReferenceBlock
from riskmc.simulation.event_block import EventBlock


def shop(duration, later_than="2027-01-15", **words):
    """Return work of ten planned days, at which a policy looks every five; it buys overtime until all is well."""
    more = {"overtime": {"on": ["p.a"], "rate": "150%"}}
    react = {"review": "5d", "when": {"later_than": later_than}, "do": more, **words}
    return program({"a": {"duration": {"plan": "10d", "range": duration}}}, policies={"react": react})


def test_a_policy_that_always_acts_once_says_so_with_the_day():
    """Planned to the end of the 13th; the review ten days on finds it not done, so a tenth is believed to be left."""
    trials = rm.simulate(shop("uniform(40d 60d)", later_than="2027-01-13"), 64)
    acted = trials.acted["react"]
    assert (acted.share, acted.times, acted.first) == (1.0, 1.0, datetime(2027, 1, 14))
    (row,) = policies(trials).rows
    assert row == ("react (overtime)", "always", "1.0", "14 Jan 2027")
    assert compose(trials)["policies"] == [
        {"id": "react", "acted": 1.0, "mean_times": 1.0, "mean_first": "2027-01-14T00:00"}
    ]


def test_a_policy_that_never_acts_has_no_first_time():
    acted = rm.simulate(shop("uniform(4d 6d)"), 64).acted["react"]
    assert (acted.share, acted.times, acted.first) == (0.0, 0.0, None)


def test_it_acts_in_the_share_of_iterations_in_which_work_lasts_longer_than_was_planned():
    """Uniform from 5 to 15 days: still not done on day 10 in half of them; one in a million beyond 4.9 deviations."""
    trials = rm.simulate(shop("uniform(5d 15d)", later_than="2027-01-13"), 4096)
    assert trials.acted["react"].share == pytest.approx(0.5, abs=4.9 * 0.5 / 64)
    assert trials.acted["react"].first == datetime(2027, 1, 14)


def test_both_implementations_count_the_same():
    network = compile_network(shop("uniform(5d 60d)", later_than="2027-01-13"), Settings(engine="discrete-event"))
    kernel, reference = EventBlock(network, 1), ReferenceBlock(network, 1)
    for block in (kernel, reference):
        block.run(0, 0, 64)
    assert np.array_equal(kernel.sums.acts, reference.sums.acts)
    assert kernel.sums.acts[0, 0] > 0


def test_a_program_without_policies_says_nothing_of_them():
    bare = rm.simulate(program({"a": {"duration": "uniform(1d 2d)"}}), 64)
    assert "policies" not in compose(bare)
    assert policies(bare).rows == ()
