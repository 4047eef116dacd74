"""Capacity drawn: fans lie on each other in order, gains are green, waits end where work begins."""

from functools import cache
from itertools import pairwise

import pytest

import riskmc as rm
from riskmc import plot
from riskmc.analysis.capacity.stints import iteration_at, stints
from riskmc.errors import ArgumentError
from riskmc.plot.palette import LIGHT

PRODUCTS = "docs/method/data/products.yaml"
DAY = 1440


@cache
def trials():
    return rm.simulate(PRODUCTS, 300, engine="discrete-event")


@cache
def products():
    return rm.capacity(trials(), steps=1)


def colours(ax):
    from matplotlib.colors import to_hex

    return [(to_hex(patch.get_facecolor()), patch) for patch in ax.patches]


def test_the_queue_is_that_of_the_pool_for_which_most_is_waited():
    assert plot.caption(plot.queue(products())).title.startswith("Architects: at P80 up to 2 activities wait")
    ax = plot.queue(products(), "testers")
    fan = products().queue("testers")
    drawn = {tuple(line.get_ydata()[:-1]) for line in ax.lines if len(line.get_ydata()) == len(fan) + 1}
    assert {tuple(fan[f"queue_{p}_activities"]) for p in ("p10", "p50", "p80", "p90")} <= drawn
    assert plot.caption(plot.queue(products(), "rigs")).title == "Test rigs: at P80 nothing waits on any day"


def test_one_more_is_green_as_long_as_its_gain():
    found = products()
    bars = [patch for colour, patch in colours(plot.capacity_value(found)) if colour == LIGHT["gain_pale"]]
    gains = sorted(found.gain(pool.id).effect.finish.mean().value for pool in found.pools)
    assert sorted(patch.get_width() for patch in bars) == pytest.approx(gains)


def test_every_period_shows_what_is_held():
    found = products()
    ax = plot.utilisation(found)
    told = sorted(0.8 * value for value in found.by_period()["utilisation_mean"] if value)
    held = [-patch.get_height() for colour, patch in colours(ax) if colour != LIGHT["plan_pale"]]
    assert sorted(held) == pytest.approx(told)


def test_waits_are_pale_and_hatched_and_end_where_the_units_are_taken():
    found = stints(trials(), iteration_at(trials(), at=0.8))
    ax = plot.resource_gantt(trials())
    waits = [patch for colour, patch in colours(ax) if colour == LIGHT["threat_pale"]]
    assert len(waits) == sum(one.waits for one in found) == len(ax.collections) > 0
    taken = {(one.pool, one.path, one.start) for one in found if not one.waits}
    assert all((one.pool, one.path, one.finish) in taken for one in found if one.waits)
    for one in found:
        assert one.start < one.finish


def test_the_hatching_stays_within_its_box():
    ax = plot.resource_gantt(trials())
    boxes = [patch for colour, patch in colours(ax) if colour == LIGHT["threat_pale"]]
    for box, lines in zip(boxes, ax.collections, strict=True):
        assert len(lines.get_segments()) > 0
        for x, y in (point for segment in lines.get_segments() for point in segment):
            assert box.get_x() - 1e-9 <= x <= box.get_x() + box.get_width() + 1e-9
            assert box.get_y() - 1e-9 <= y <= box.get_y() + box.get_height() + 1e-9


def test_the_stints_of_an_iteration_add_up_to_its_waiting():
    one = rm.simulate(PRODUCTS, range(7, 8), engine="discrete-event")
    found = rm.capacity(one, what_ifs=False)
    waited = sum(stint.finish - stint.start for stint in stints(trials(), 7) if stint.waits)
    assert waited == found.queues.sums.pair_wait.sum()


@pytest.mark.parametrize("order", ["sequence", "parallel"])
def test_approvers_hold_and_await_the_units_of_their_board(order):
    approval = {"takes": "exponential(3d)", "by": {"board": 1}, "approvers": 3, "order": order, "reject": "30%",
                "redo": "30%", "at_most": 3}  # fmt: skip
    work = {name: {"duration": "12d", "approval": approval} for name in "ab"}
    board = {"board": {"name": "Board", "capacity": 1}}
    program = rm.Program(program="P", start="2027-01-04", resources=board, projects={"p": {"activities": work}})
    for number in range(12):
        one = rm.simulate(program, range(number, number + 1))
        found = stints(one, number)
        waited = sum(stint.finish - stint.start for stint in found if stint.waits)
        assert waited == rm.capacity(one, what_ifs=False).queues.sums.pair_wait.sum() > 0
        holds = [(stint.start, stint.finish) for stint in found if not stint.waits]
        assert len(holds) >= 6
        assert all(first[1] <= then[0] for first, then in pairwise(sorted(holds)))
    assert "waited for Board" in plot.caption(plot.resource_gantt(one, number)).title


def test_a_fraction_of_the_rows_is_drawn_and_said():
    told = plot.caption(plot.resource_gantt(trials(), 7, rows=2))
    assert told.title.startswith("Iteration 7: ")
    assert told.subtitle.startswith("The 2 that wait longest of 9 uses")


@cache
def seldom():
    """Two projects whose work has the same names; the crane is used in about a tenth of the iterations."""
    work = {"lift": {"name": "Lift", "duration": "5d", "exists": "10%", "uses": {"crane": 1}},
            "dig": {"name": "Dig", "duration": "uniform(5d 40d)", "uses": {"crew": 1}}}  # fmt: skip
    program = rm.Program(
        program="Seldom", start="2027-01-04", projects={"p": {"activities": work}, "q": {"activities": work}},
        resources={"crane": {"name": "Crane", "capacity": 1}, "crew": {"name": "Crew", "capacity": 1}},
    )  # fmt: skip
    return rm.simulate(program, 64)


def unused():
    return next(n for n in range(64) if all(one.pool != "crane" for one in stints(seldom(), n)))


def test_an_iteration_in_which_nobody_uses_the_pool_is_drawn_empty_and_said():
    ax = plot.resource_gantt(seldom(), unused(), pools=["crane"])
    assert plot.caption(ax).title == f"Iteration {unused()}: nobody uses Crane"
    assert not ax.patches
    low, high = ax.get_xlim()
    assert low < high


def test_by_default_the_nearest_iteration_to_the_percentile_is_drawn_in_which_the_pool_is_used():
    order = seldom().finish_minutes.argsort(kind="stable").tolist()
    used = [n for n in range(64) if any(one.pool == "crane" for one in stints(seldom(), n))]
    title = plot.caption(plot.resource_gantt(seldom(), at=0.5, pools=["crane"])).title
    number = int(title.split(",")[0].removeprefix("Iteration "))
    ranks = {n: abs(order.index(n) - 31) for n in used}
    assert 0 < ranks[number] == min(ranks.values())
    assert ", nearest to the P50 finish: " in title


def test_the_default_iteration_is_one_that_ends():
    """From 14 January on one is left of the crew, and most digging lasts longer: these iterations never end."""
    late = {"plan": "3d", "range": "discrete(100%:30% 1200%:70%)"}
    work = {
        "dig": {"duration": late, "uses": {"crane": 1}},
        "lift": {"duration": "2d", "after": "dig", "uses": {"crew": 2}},
    }
    pools = {"crane": {"capacity": 1, "outages": {"after": "exponential(90d)", "lasts": "20d"}},
             "crew": {"capacity": 2, "staffing": {"2027-01-14": 1}}}  # fmt: skip
    left = rm.simulate(
        rm.Program(program="L", start="2027-01-04", projects={"p": {"activities": work}}, resources=pools), 32
    )
    assert left.censored > 16
    ax = plot.resource_gantt(left)
    assert ax.get_xlim()[1] - ax.get_xlim()[0] < 365


def test_equal_names_of_different_projects_carry_their_path():
    texts = {text.get_text() for text in plot.resource_gantt(seldom(), pools=["crew"]).texts}
    assert {"p.dig Dig", "q.dig Dig", "Crew"} <= texts


def test_a_pool_that_is_not_there_is_refused_with_the_nearest():
    with pytest.raises(ArgumentError, match=r"no pool 'crain' limits work; did you mean 'crane'\? Known: crane, crew"):
        plot.resource_gantt(seldom(), pools=["crain"])


@pytest.mark.parametrize("draw", [plot.queue, plot.capacity_value, plot.utilisation])
def test_without_pools_there_is_nothing_to_draw(draw):
    program = rm.Program(program="P", start="2027-01-04", projects={"p": {"activities": {"a": {"duration": "2d"}}}})
    empty = rm.simulate(program, 20, engine="discrete-event")
    with pytest.raises(ArgumentError):
        draw(rm.capacity(empty))
    with pytest.raises(ArgumentError, match="no pool limits work"):
        plot.resource_gantt(empty)


@pytest.mark.parametrize(
    "draw", [lambda: plot.queue(products()), lambda: plot.capacity_value(products()),
             lambda: plot.utilisation(products()), lambda: plot.resource_gantt(trials())]
)  # fmt: skip
def test_the_pictures_are_small_and_can_be_written_light_and_dark(draw, tmp_path):
    ax = draw()
    plot.write_svg(ax, tmp_path / "a.svg")
    plot.write_png(ax, tmp_path / "a.png", dark=True)
    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "var(--" in svg
    assert len(svg) < 60_000
