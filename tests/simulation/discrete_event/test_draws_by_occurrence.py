"""Draws by occurrence: as many as are needed, the same bits however many, no more than there is room for (D6)."""

import numpy as np
import pytest

import riskmc as rm
from arriving import SETTINGS, program, risk, told
from riskmc.errors import RiskmcError
from riskmc.network.compiling import compile_network
from riskmc.network.dynamics import occurrences
from riskmc.simulation.discrete_event.reference_block import ReferenceBlock

OFTEN = program(
    {"code": {"duration": "40d"}},
    risks={"noise": risk([{"on": ["code"], "duration": "+ uniform(0h 1h)"}], every="exponential(6h)")},
)


@pytest.mark.parametrize("first", [1, 64, 130])
def test_later_draws_are_the_same_as_if_all_had_been_drawn_at_once(first):
    drawn = compile_network(OFTEN, SETTINGS).dynamics.occurrences
    assert np.array_equal(drawn.draw(1, 3, 150, first), drawn.draw(1, 3, 150)[:, :, first:])
    assert (np.ptp(drawn.draw(1, 3, 150), axis=2) > 0).all()


def test_how_many_were_drawn_ahead_changes_nothing(monkeypatch):
    few = told(OFTEN, 8)
    assert max(map(len, few)) > 100
    monkeypatch.setattr("riskmc.simulation.event_block.FIRST_OCCURRENCES", 512)
    assert told(OFTEN, 8) == few


def test_what_happens_without_end_is_refused_in_clear_words(monkeypatch):
    monkeypatch.setattr(occurrences, "MOST_OCCURRENCES", 16)
    with pytest.raises(RiskmcError, match=r"iteration 0: risks.noise happens more than 16 times; look for arrivals"):
        rm.simulate(OFTEN, 4)
    more = {"arrivals": {"rate": "2/d", "while": "w"}, "impacts": [{"on": "w", "duration": "+ 1d"}]}
    request = {"on": "w", "rate": "2/d", "size": "1d"}
    for sections, name in (({"risks": {"more": more}}, "risks.more"), ({"scope": {"ask": request}}, "scope.ask")):
        with pytest.raises(RiskmcError, match=rf"iteration \d+: {name} happens more than 16 times"):
            rm.simulate(program({"w": {"duration": "9d"}}, **sections), 4)
    with pytest.raises(RiskmcError, match="more than 16 times"):
        ReferenceBlock(compile_network(OFTEN, SETTINGS), 1).run(0, 0, 4)


def test_of_many_variables_fewer_are_drawn(monkeypatch):
    drawn = compile_network(OFTEN, SETTINGS).dynamics.occurrences
    assert drawn.most == occurrences.MOST_OCCURRENCES
    monkeypatch.setattr(occurrences, "MOST_NUMBERS", 256 * len(drawn.names) * 100)
    assert drawn.most == 100
