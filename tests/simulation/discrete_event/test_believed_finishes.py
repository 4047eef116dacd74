"""What managers believe may lie past the calendars, though nothing that happens does."""

from datetime import datetime

import pytest

import riskmc as rm
from riskmc.kernels.discrete_event.codes import ACTED
from riskmc.network.compiling import Settings
from riskmc.simulation.agreement import compare_events
from riskmc.simulation.discrete_event.reference_block import ReferenceBlock
from riskmc.simulation.event_block import EventBlock
from riskmc.simulation.stretching import stretched

START = datetime(2027, 1, 1)
DAY = 1440


def believed(a, b, by, review, slow="300%"):
    """Return work that takes ``slow`` of its plan, and before the last work that takes a hundredth of its plan."""
    work = {
        "a": {"duration": {"plan": a, "range": f"discrete({slow}:100%)"}},
        "b": {"duration": {"plan": b, "range": "discrete(1%:100%)"}, "after": "a", "calendar": "standard"},
        "c": {"duration": "5d", "after": "b"},
    }
    when = {"later_than": "2027-01-02", "by": by}
    react = {"review": review, "when": when, "do": {"overtime": {"on": ["p.c"], "rate": "120%"}}, "at_most": 1}
    return rm.Program(
        program="Believed", start="2027-01-01", calendar="24h", projects={"p": {"activities": work}},
        policies={"react": react},
    )  # fmt: skip


def acts(program, kind):
    """Return the day and the reason, in days, of what the policy does, and the network on which it did."""

    def answer(network):
        block = kind(network, 1, logs=True)
        block.run(0, 0, 1)
        first = network.axis.minute(START)
        rows = [(minute, value) for minute, event, _, value in block.log(0).tolist() if event == ACTED]
        return [((minute - first) / DAY, value / DAY) for minute, value in rows], network

    return stretched(program, Settings(engine="discrete-event"), answer)


@pytest.mark.parametrize("kind", [EventBlock, ReferenceBlock])
def test_a_finish_that_is_believed_past_the_calendars_is_that_of_longer_ones(kind):
    """On day 600 the last tenth of a's 365 days is believed to remain, then b's 440 weeks of five days, then 5 days.

    That is day 3,721.5, and 3,719.5 after the end of 2 January; the calendars end on day 3,653 at first.
    """
    told, network = acts(believed("365d", "2200d", by="3700d", review="50d"), kind)
    assert told == [(600, 600 + 36.5 + 7 * 440 + 5 - 2)]
    assert network.dynamics.model.limits.final == 0


@pytest.mark.parametrize("by", ["3500d", "3640d", "3660d", "3700d"])
def test_both_implementations_act_alike_on_what_is_believed_past_the_calendars(by):
    program = believed("365d", "2200d", by=by, review="50d")
    found = stretched(program, Settings(engine="discrete-event"), lambda network: compare_events(network, 1, 2))
    assert found.first is None


def test_past_the_longest_calendars_the_believed_finish_is_their_end():
    program = believed("55y", "26000d", by="159y", review="5y", slow="130%")
    for kind in (EventBlock, ReferenceBlock):
        told, network = acts(program, kind)
        axis, limits = network.axis, network.dynamics.model.limits
        assert limits.final == 1
        assert [late for _, late in told] == [(limits.last_minute - axis.minute(datetime(2027, 1, 3))) / DAY]


def test_a_policy_in_python_sees_finishes_past_the_first_calendars():
    seen = []

    @rm.policy("look", every="600d")
    def look(view, memory):
        seen.append(view.forecast("p.c"))
        return []

    rm.simulate(believed("365d", "2200d", by="3700d", review="50d"), 1, policies=[look])
    assert max(seen).year == 2027 + 10
