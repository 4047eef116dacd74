"""Queues of every iteration: by hand, against an oracle that reads the log span by span, and whatever the threads."""

import numpy as np
import pytest
from hypothesis import assume, given, settings

import naive_queues as naive
import riskmc as rm
from behaving_programs import behaving
from riskmc.errors import RiskmcError
from riskmc.forecast.instant import minutes_of
from riskmc.simulation.kept_logs import event_log
from riskmc.simulation.kept_queues import QueueKeeper, kept_queues

HOUR, DAY = 60, 1440


def around_the_clock(activities, resources, **words):
    """Return a program that works round the clock; projects are the first words of activities such as ``p.a``."""
    projects = {}
    for path, activity in activities.items():
        home, name = path.split(".")
        projects.setdefault(home, {"activities": {}})["activities"][name] = activity
    return rm.Program(program="P", start="2027-01-04", calendar="24h", projects=projects, resources=resources, **words)


def queues_of(program, iterations=1, days=10, step=DAY, **options):
    trials = rm.simulate(program, iterations, engine="discrete-event", **options)
    first = minutes_of(trials.start)
    edges = np.array([first, first + 2 * DAY, first + days * DAY])
    return kept_queues(trials.again(), edges, np.arange(first, first + days * DAY, step)), trials


def one_crane(**words):
    """Two projects that share one crane: a works 24 h, then b 12 h, then c 6 h."""
    uses = {"uses": {"crane": 1}}
    return around_the_clock(
        {
            "p.a": {"duration": "24h", **uses},
            "q.b": {"duration": "12h", **uses},
            "q.c": {"duration": "6h", **uses},
        },
        {"crane": {"capacity": 1}},
        **words,
    )


def test_waits_use_and_the_queue_of_one_crane_by_hand():
    found, trials = queues_of(one_crane(), dispatch="file-order")
    sums = found.sums
    assert [found.projects[home] for home, _ in found.pairs] == ["p", "q"]
    assert sums.pair_wait[:, 0].tolist() == [0, (24 + 36) * HOUR]
    assert (sums.waits[0, 0], sums.requests[0, 0]) == (2, 3)
    assert sums.chain[0, 0] == 36 * HOUR  # b and c wait at once for a day, then c alone
    assert sums.busy[0, :, 0].tolist() == [42 * HOUR * 1000, 0]
    assert sums.room[0, :, 0].tolist() == [48 * HOUR * 1000, 8 * DAY * 1000]
    assert (sums.window_busy[0, 0], sums.window_room[0, 0], sums.window[0, 0]) == (42_000 * HOUR, 42_000 * HOUR, 2520)
    assert sums.queued[0, :3, 0].tolist() == [2, 1, 0]
    assert sums.queued_units[0, :3, 0].tolist() == [2000, 1000, 0]
    assert sums.held_up[1, :, 0].tolist() == [48 * HOUR, 12 * HOUR, 0]
    assert trials.finish_minutes[0] - minutes_of(trials.start) == 42 * HOUR


def test_the_pool_that_became_sufficient_last_owns_the_wait():
    program = around_the_clock(
        {
            "p.a": {"duration": "10h", "uses": {"crane": 1}},
            "p.b": {"duration": "30h", "uses": {"crew": 1}},
            "p.c": {"duration": "5h", "uses": {"crane": 1, "crew": 1}},
        },
        {"crane": {"capacity": 1}, "crew": {"capacity": 1}},
    )
    found, _ = queues_of(program, dispatch="file-order")
    told = {found.pools[pool]: int(found.sums.pair_wait[row, 0]) for row, (_, pool) in enumerate(found.pairs)}
    assert told == {"crane": 0, "crew": 30 * HOUR}


def test_utilisation_is_counted_in_the_hours_of_the_pool():
    office = {"week": {"mon-fri": "08:00-12:00 13:00-17:00"}}
    program = rm.Program(
        program="P", start="2027-01-04", calendar="office", calendars={"office": office},
        resources={"crew": {"capacity": 2}},
        projects={"p": {"activities": {"a": {"duration": "3d", "uses": {"crew": 1}}}}},
    )  # fmt: skip
    found, _ = queues_of(program, days=7)
    assert found.sums.busy[0, :, 0].tolist() == [16 * HOUR * 1000, 8 * HOUR * 1000]
    assert found.sums.room[0, :, 0].tolist() == [32 * HOUR * 1000, 48 * HOUR * 1000]
    assert found.sums.window_room[0, 0] == 2 * found.sums.window_busy[0, 0]


def test_more_staff_from_a_day_on_are_more_room():
    program = around_the_clock(
        {"p.a": {"duration": "72h", "uses": {"crew": 1}}},
        {"crew": {"capacity": 1, "staffing": {"2027-01-05": 3}}},
    )
    found, _ = queues_of(program, days=4)
    assert found.sums.room[0, :, 0].tolist() == [(1 + 3) * DAY * 1000, 2 * 3 * DAY * 1000]


def test_approvers_wait_for_their_board_and_use_it():
    approval = {"takes": "6h", "approvers": 2, "by": {"board": 1}}
    program = around_the_clock({"p.a": {"duration": "12h", "approval": approval}}, {"board": {"capacity": 1}})
    found, _ = queues_of(program)
    assert found.sums.pair_wait[:, 0].tolist() == [6 * HOUR]
    assert (found.sums.waits[0, 0], found.sums.requests[0, 0]) == (1, 2)
    assert found.sums.window_busy[0, 0] == 12 * HOUR * 1000
    assert found.demands == (("p.a", 0),)


def test_approvers_for_whom_there_is_room_wait_for_nobody():
    approval = {"takes": "6h", "approvers": 2, "by": {"board": 1}}
    program = around_the_clock({"p.a": {"duration": "12h", "approval": approval}}, {"board": {"capacity": 2}})
    found, _ = queues_of(program)
    assert (found.sums.waiting.sum(), found.sums.waits.sum(), found.sums.requests.sum()) == (0, 0, 2)


def test_a_wait_off_the_driving_chain_owns_no_day_of_it():
    lift = {"duration": "10h", "uses": {"crane": 1}}
    program = around_the_clock({"p.a": {"duration": "100h"}, "p.b": lift, "p.c": lift}, {"crane": {"capacity": 1}})
    found, _ = queues_of(program)
    assert (found.sums.pair_wait.sum(), found.sums.chain.sum()) == (10 * HOUR, 0)


@settings(max_examples=12)
@given(behaving())
def test_the_sums_are_those_of_the_spans_in_the_log(words):
    try:
        trials = rm.simulate(rm.Program(**words), 3, engine="discrete-event", threads=1)
    except RiskmcError:
        assume(False)
    again = trials.again()
    assume(again.network.dynamics.pools)
    first, last = minutes_of(trials.start), int(trials.finish_minutes.max()) + 1
    edges = np.unique(np.linspace(first, max(last, first + 3), 4).astype(np.int64))
    points = np.arange(first, edges[-1], max(1, (int(edges[-1]) - first) // 20))
    found = kept_queues(again, edges, points)
    assume(not found.censored)
    for number in range(3):
        _compare(found, again, number, edges - again.network.axis.unix, points - again.network.axis.unix)


def _compare(found, again, number, edges, points):
    """Assert that the sums of one iteration are those of its spans."""
    network = again.network
    keeper = QueueKeeper(network, edges, points, 1)
    tables, model = keeper.tables, network.dynamics.model
    demands = {
        a: [(int(tables.pool[d]), int(tables.units[d])) for d in range(tables.ptr[a], tables.ptr[a + 1])]
        for a in range(len(network.tasks))
    }
    boards = {
        a: (bool(tables.sequence[a]),
            [(int(tables.pool[d]), int(tables.units[d])) for d in range(tables.board_ptr[a], tables.board_ptr[a + 1])])
        for a in range(len(network.tasks))
    }  # fmt: skip
    spans = naive.spans(event_log(again, number).tolist(), demands, boards, model.pools.capacity.tolist())
    sums, lane = found.sums, number
    for pool in range(len(found.pools)):
        waits = [span for span in spans.waits if span.pool == pool]
        holds = [span for span in spans.holds if span.pool == pool]
        worked = network.axis.calendars[keeper.calendars[tables.clock[pool]]].index
        rows = [row for row, (_, own) in enumerate(found.pairs) if own == pool]
        assert sums.pair_wait[rows, lane].sum() == sum(s.finish - s.start for s in waits if s.finish > 0)
        assert sums.requests[pool, lane] == len(holds)
        for k in range(edges.size - 1):
            ends = int(edges[k]), int(edges[k + 1])
            assert sums.waiting[pool, k, lane] == sum(naive.overlap(span, *ends) for span in waits)
            assert sums.busy[pool, k, lane] == sum(s.units * naive.overlap(s, *ends, worked) for s in holds)
            assert sums.room[pool, k, lane] == naive.room(spans.levels, spans.holds, pool, *ends, worked)
        for j, point in enumerate(points.tolist()):
            there = [span for span in waits if span.start <= point < abs(span.finish)]
            assert sums.queued[pool, j, lane] == len(there)
            assert sums.queued_units[pool, j, lane] == sum(span.units for span in there)
    assert sums.held_up[:, :, lane].sum() == pytest.approx(sums.waiting[:, :, lane].sum())


def test_the_days_on_the_chain_are_those_in_which_a_critical_activity_waits():
    found, trials = queues_of(one_crane(), dispatch="file-order")
    rows = event_log(trials.again(), 0).tolist()
    spans = naive.spans(rows, {a: [(0, 1000)] for a in range(3)}, {}, [1000])
    assert found.sums.chain[0, 0] == naive.union(spans.waits)


def many():
    """A program in which chance decides who waits."""
    work = {f"{home}.{name}": {"duration": "exponential(20h)", "uses": {"crane": 1, "crew": 2}}
            for home in "pq" for name in "abcd"}  # fmt: skip
    return around_the_clock(work, {"crane": {"capacity": 3}, "crew": {"capacity": 4}})


def test_the_same_bits_whatever_the_threads_and_the_chunks():
    whole, _ = queues_of(many(), 600, threads=1)
    threaded, _ = queues_of(many(), 600, threads=3)
    for name, array in whole.sums._asdict().items():
        assert np.array_equal(array, getattr(threaded.sums, name)), name
    parts = [queues_of(many(), part)[0].sums for part in (range(0, 100), range(100, 600))]
    for name in ("pair_wait", "busy", "queued", "held_up", "chain"):
        together = np.concatenate([getattr(part, name) for part in parts], axis=-1)
        assert np.array_equal(together, getattr(whole.sums, name)), name
    for name in ("demand_wait", "demand_squares", "demand_waits"):
        assert np.array_equal(sum(getattr(part, name) for part in parts), getattr(whole.sums, name))


def test_the_queue_over_time_adds_up_to_the_time_waited():
    """Little (1961): every minute that is waited is a minute of the queue, and is held up by someone or nobody."""
    found, _ = queues_of(many(), 300, days=60)
    waited = found.sums.pair_wait.sum(axis=0)
    assert np.array_equal(found.sums.waiting.sum(axis=(0, 1)), waited)
    assert np.allclose(found.sums.held_up.sum(axis=(0, 1)), waited, rtol=1e-12)
    assert found.sums.demand_wait.sum() == waited.sum()
    assert (found.sums.busy <= found.sums.room).all()
