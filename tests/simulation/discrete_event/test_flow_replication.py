"""The readable reference and the kernel of a team's board: the same events of every generated team, one by one."""

import numpy as np
import pytest

from riskmc.kernels.discrete_event import flow as board
from riskmc.kernels.discrete_event.codes import CENSORED, FINE, MORE_DRAWS, MORE_LOG
from riskmc.network.backlogs import crossings, flow_state
from riskmc.network.teams import flow_table
from riskmc.program import Stage
from riskmc.simulation.discrete_event.flow import FlowReplication

DRAWN, ROWS, LIMIT = 400, 20_000, 100_000
NO_LOG = np.zeros((0, 4), np.int64)


def generated(seed):
    """Return a random team and all its draws: many ties, narrow limits, every kind of growth."""
    chance = np.random.default_rng(seed)
    names = [f"s{i}" for i in range(chance.integers(1, 5))]
    stages = [
        Stage(
            name=name,
            takes="1d",
            servers=int(chance.integers(1, 4)),
            wip=[None, 1, 2, 5][chance.integers(4)],
            when_blocked=["hold", "release"][chance.integers(2)],
        )
        for name in names
    ]
    kind = int(chance.integers(3))
    table = flow_table(stages, [None, 1, 3, 6][chance.integers(4)], kind)
    table = table._replace(crossing=crossings(1 / chance.uniform(1000, 5000), DRAWN + 1))
    longest = chance.choice([3, 30, 300])
    takes = chance.uniform(0, longest, (len(names), DRAWN)).astype(np.float32)
    gaps = chance.exponential(chance.uniform(1, 4) * longest, DRAWN).astype(np.float32)
    split = int(chance.choice([0, 100_000, 370_000, 1_500_000]))
    return table, int(chance.integers(1, 25)), split, takes, gaps


def by_kernel(table, items, split, takes, gaps, limit=LIMIT, rows=ROWS):
    """Return how the kernel's replication ended, after how many minutes, and its log."""
    state, out = flow_state(table, takes.shape[1]), np.zeros((3, 1), np.int64)
    log, lanes = np.zeros((rows, 4), np.int64), np.array([0, 1])
    starts = np.array([items]), np.array([split])
    board.flow(table, limit, *starts, takes[:, :, None], gaps[:, None], lanes, state, log, out)
    return int(out[1, 0]), int(out[0, 0]), [tuple(row) for row in log[: out[2, 0]].tolist()]


@pytest.mark.parametrize("hundred", range(5))
def test_the_kernel_writes_the_log_of_the_reference_event_by_event(hundred):
    ended = 0
    for seed in range(100 * hundred, 100 * hundred + 100):
        team = generated(seed)
        status, minutes, log = by_kernel(*team)
        reference = FlowReplication(*team)
        if status == MORE_DRAWS:
            with pytest.raises(IndexError):
                reference.run(LIMIT)
            continue
        assert reference.run(LIMIT) == (minutes if status == FINE else None)
        assert reference.log == log
        ended += status == FINE
    assert ended > 60


def test_no_limit_of_a_board_is_ever_broken():
    for seed in range(60):
        table, items, split, takes, gaps = generated(seed)
        _, _, log = by_kernel(table, items, split, takes, gaps)
        cards, busy = np.zeros((2, len(table.stages)), np.int64)
        for _, kind, stage, _ in log:
            if kind == board.ENTERED:
                cards[stage] += 1
                cards[stage - 1] -= stage > 0
            elif kind == board.BEGAN:
                busy[stage] += 1
            elif kind == board.WORKED:
                busy[stage] -= 1
            elif kind == board.OUT:
                cards[-1] -= 1
            assert (cards <= table.stages[:, board.PLACES]).all()
            assert (busy <= table.stages[:, board.LAST] - table.stages[:, board.FIRST]).all()
            assert cards.sum() <= table.total


def test_every_item_goes_through_all_stages_once_and_in_order():
    for seed in range(60):
        table, items, split, takes, gaps = generated(seed)
        status, _, log = by_kernel(table, items, split, takes, gaps)
        came = sum(kind == board.CAME for _, kind, _, _ in log)
        known = board.pieces(items, split) + came
        through = {item: [] for item in range(known)}
        for _, kind, stage, item in log:
            if kind == board.ENTERED:
                through[item].append(stage)
        if status == FINE:
            assert all(stages == [*range(len(table.stages))] for stages in through.values())


def one_stage(**words):
    return flow_table([Stage(name="do", takes="1d", **words)], None, board.STEADY)


def certain(stages, items, minutes):
    return np.full((stages, items), minutes, np.float32)


def test_one_server_takes_the_items_one_after_the_other():
    assert by_kernel(one_stage(), 5, 0, certain(1, 5, 60), NO_GAPS)[:2] == (FINE, 300)


def test_three_servers_take_seven_items_in_three_rounds():
    assert by_kernel(one_stage(servers=3), 7, 0, certain(1, 7, 60), NO_GAPS)[:2] == (FINE, 180)


def test_work_on_an_item_takes_at_least_a_minute():
    assert by_kernel(one_stage(), 5, 0, certain(1, 5, 0), NO_GAPS)[:2] == (FINE, 5)


def test_half_of_the_items_split_in_two():
    assert by_kernel(one_stage(), 4, 500_000, certain(1, 6, 10), NO_GAPS)[:2] == (FINE, 60)


NO_GAPS = np.zeros(0, np.float32)


def line(first, second):
    return flow_table([Stage(name="a", takes="1d", **first), Stage(name="b", takes="1d", **second)], None, 0)


def test_a_blocked_item_holds_its_server_or_releases_it():
    """Stage a takes 10, b 30 minutes and has one place. Held, an item of a begins when the one before has moved on:
    0, 10, 40, 70. Released, with two places in a: 0, 10, 20, 40."""
    takes = np.array([[10] * 4, [30] * 4], np.float32)

    def begun(when_blocked):
        table = line({"wip": 2, "when_blocked": when_blocked}, {"wip": 1})
        _, _, log = by_kernel(table, 4, 0, takes, NO_GAPS)
        return [minute for minute, kind, stage, _ in log if kind == board.BEGAN and stage == 0]

    assert begun("hold") == [0, 10, 40, 70]
    assert begun("release") == [0, 10, 20, 40]


def test_a_backlog_that_takes_longer_than_the_limit_is_censored():
    team = (one_stage(), 5, 0, certain(1, 5, 60), NO_GAPS)
    assert by_kernel(*team, limit=299)[:2] == (CENSORED, 299)
    assert by_kernel(*team, limit=300)[:2] == (FINE, 300)
    assert FlowReplication(*team).run(299) is None
    assert FlowReplication(*team).run(300) == 300


def test_too_few_draws_and_too_short_a_log_are_told():
    team = (one_stage(), 5, 0, certain(1, 4, 60), NO_GAPS)
    assert by_kernel(*team)[0] == MORE_DRAWS
    assert by_kernel(one_stage(), 5, 0, certain(1, 5, 60), NO_GAPS, rows=7)[0] == MORE_LOG


def test_new_items_of_the_last_minute_are_not_waited_for():
    """The last item is done at minute 60, when a new one would come (D4: completions first)."""
    table = one_stage()._replace(growth=np.int64(board.BY_COUNT))
    assert by_kernel(table, 1, 0, certain(1, 4, 60), np.array([60, 999], np.float32))[:2] == (FINE, 60)
    assert by_kernel(table, 1, 0, certain(1, 4, 60), np.array([59, 999], np.float32))[:2] == (FINE, 120)
