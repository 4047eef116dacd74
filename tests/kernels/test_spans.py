import numpy as np
import pytest

from riskmc.kernels import effects, spans
from riskmc.network.durations import DurationTable

COLUMNS = np.array([3, 3, 0, 1, 1, 1, 3, 3], np.int32)  # the lane of each column


def divided(columns):
    starts, lanes = np.zeros(columns.size + 1, np.int32), np.zeros(columns.size, np.int32)
    count = spans.divide(columns, starts, lanes)
    return starts[: count + 1], lanes[:count]


def table(base, constant, factors, additions):
    """Return the durations of two nodes: of base x factors, and of base + weighted additions, at least 5 minutes."""
    none = np.zeros(0, np.int32)
    return DurationTable(
        np.array(base, np.int32), np.array(constant, np.float32), np.full(2, 5, np.int32),
        np.array([0, len(factors), len(factors)], np.int32), np.array(factors, np.int32),
        np.array([0, 0, len(additions)], np.int32), np.array(additions, np.int32),
        np.full(len(additions), 0.5, np.float32), none, none, np.zeros(1, np.int32), none,
        np.zeros(0, np.float32), none, none,
    )  # fmt: skip


def test_columns_are_divided_where_their_lane_changes():
    starts, lanes = divided(COLUMNS)
    assert starts.tolist() == [0, 2, 3, 6, 8]
    assert lanes.tolist() == [3, 0, 1, 3]
    assert [part.tolist() for part in divided(np.array([7], np.int32))] == [[0, 1], [7]]


@pytest.mark.parametrize("kind", [np.int32, np.float32])
def test_a_span_has_what_its_lane_has_in_the_rows_chosen_and_no_others(kind):
    rows, out = np.arange(12, dtype=kind).reshape(3, 4), np.full((3, 8), 99, kind)
    spans.spread(rows, np.array([2, 0]), *divided(COLUMNS), out)
    assert out.tolist() == [[3, 3, 0, 1, 1, 1, 3, 3], [99] * 8, [11, 11, 8, 9, 9, 9, 11, 11]]


@pytest.mark.parametrize("base", [(0, 1), (1, -1), (-1, -1)])
def test_durations_of_spans_are_those_of_columns_with_the_sizes_of_their_lanes(base):
    rng = np.random.default_rng(1)
    found = table(base, [40.0, 60.0], [0, 2], [1, 1])
    values, struck = rng.uniform(1, 90, (2, 4)).astype(np.float32), rng.uniform(-1, 2, (3, 8)).astype(np.float32)
    out, work = np.full((4, 8), -1, np.int32), np.zeros(8, np.float32)
    spans.durations(found, np.array([3, 1]), values, struck, *divided(COLUMNS), work, out)
    naive = np.zeros((2, 8), np.int32)
    effects.durations(found, values[:, COLUMNS], struck, work, 0, 0, naive, np.zeros(2, np.int64))
    assert out.tolist() == [[-1] * 8, naive[1].tolist(), [-1] * 8, naive[0].tolist()]
