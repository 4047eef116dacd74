"""The tables that the event kernel's inner loops read say the same as those that they are made of."""

import pytest

import riskmc as rm
from rendering import MODELS
from riskmc.kernels.rows import TIGHT
from riskmc.network.compiling import Settings, compile_network
from riskmc.network.dynamics.pools import NOBODY
from riskmc.network.dynamics.steps import REDO_ONLY


@pytest.fixture(scope="module", params=MODELS, ids=lambda file: file.parent.name)
def dynamics(request):
    return compile_network(rm.read(request.param), Settings(engine="discrete-event")).dynamics


def test_every_node_asks_equally_often_and_beyond_its_needs_for_nothing(dynamics):
    demands, n = dynamics.model.demands, dynamics.model.steps.order.size
    assert demands.asked.size == demands.want.size == n * demands.stride
    for a in range(n):
        needed = range(demands.ptr[a], demands.ptr[a + 1])
        needs = [(demands.pool[d], demands.units[d]) for d in needed]
        rest = [(len(dynamics.pools), 0)] * (demands.stride - 1 - len(needs))
        every = slice(a * demands.stride, (a + 1) * demands.stride)
        assert list(zip(demands.asked[every], demands.want[every], strict=True)) == [*needs, *rest, (NOBODY, 0)]


def test_from_the_first_tie_on_a_node_has_no_other_instruction(dynamics):
    steps = dynamics.model.steps
    for begin, ties, end in zip(steps.begin, steps.ties, steps.end, strict=True):
        assert begin <= ties <= end
        assert (steps.code[ties:end, 0] == TIGHT).all()
        assert ties == begin or steps.code[ties - 1, 0] != TIGHT
    assert (steps.ties < steps.end).any()


def test_every_wait_is_certain_or_doubtful_or_of_work_done_again(dynamics):
    waits = dynamics.model.waits
    for w, certain in enumerate(waits.certain):
        doubtful = w in waits.doubtful
        assert doubtful == (waits.finish[w] != REDO_ONLY and (not waits.strict[w] or waits.ends[w] > 0))
        assert certain == (0 if doubtful or waits.finish[w] == REDO_ONLY else 1 + waits.finish[w])
    for a, least in enumerate(waits.least):
        assert least == (waits.certain[waits.ptr[a] : waits.ptr[a + 1]] > 0).sum()
    assert waits.tied == (waits.certain == 1).sum()
