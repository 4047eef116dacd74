"""Critical paths drawn: a column a path with its share, a row an activity that sets them apart, and the edges."""

import pytest

import drawn
import riskmc as rm
from pictured import HOSTILE, RIGHT_TO_LEFT, ferry
from riskmc import plot
from riskmc.forecast.figures import chance


@pytest.fixture(scope="module")
def found():
    return rm.paths(ferry())


def plan(activities):
    return rm.Program(program="Drawn", start="2027-01-04", projects={"p": {"activities": activities}})


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_every_path_shown_has_its_shares(found):
    told = texts(plot.paths(found, top=4))
    for path in found.top(4):
        assert f"Path {path.number}" in told
        assert f"{chance(path.share)} | {chance(path.share_near)}" in told


def test_what_all_have_in_common_is_one_row_and_the_rest_one_each(found):
    shown = [set(path.activities) for path in found.top(4)]
    common, either = set.intersection(*shown), set.union(*shown)
    told = texts(plot.paths(found, top=4))
    names = {found.trials.program.activities()[path].name for path in either - common}
    assert sum(text in names for text in told) == len(names)
    assert f"{len(common)} on every path" in told


def test_bars_are_as_high_as_the_shares(found):
    heights = [abs(bar.get_height()) for bar in plot.paths(found, top=3).patches]
    first, *others = heights
    for height, path in zip(others, found[1:3], strict=True):
        assert height / first == pytest.approx(path.share / found[0].share)


def test_the_title_has_the_numbers_and_the_description_the_paths(found):
    told = plot.caption(plot.paths(found))
    assert told.title.startswith(f"{len(found)} critical paths in 1,000 iterations: the most frequent in ")
    assert "Water permit" in told.description


@pytest.mark.parametrize("name", ["Dig", *HOSTILE, RIGHT_TO_LEFT])
@pytest.mark.parametrize("count", [1, 2, 9])
def test_no_text_lies_on_another_whatever_the_names_and_however_many(name, count):
    told = {f"a{i}": {"name": f"{i} {name}", "duration": "uniform(5d 9d)"} for i in range(count)}
    ax = plot.paths(rm.paths(rm.simulate(plan(told), iterations=300)))
    assert list(drawn.faults(ax)) == []


def test_many_activities_are_cut_and_counted():
    told = {f"a{i}": {"duration": "uniform(5d 9d)"} for i in range(2)}
    for i in range(40):
        for chain in range(2):
            before = f"b{chain}{i - 1}" if i else f"a{chain}"
            told[f"b{chain}{i}"] = {"duration": "1d", "after": [before]}
    ax = plot.paths(rm.paths(rm.simulate(plan(told), iterations=100)))
    assert any(text.endswith("more activities that set them apart") for text in texts(ax))
    assert list(drawn.faults(ax)) == []


def test_it_is_drawn_on_the_callers_axes(found):
    from matplotlib.figure import Figure

    own = Figure().add_subplot()
    assert plot.paths(found, ax=own) is own


def test_where_nothing_is_ever_critical_there_is_nothing_to_draw():
    told = {"m": {"duration": "5d", "margin": True}}
    with pytest.raises(rm.ArgumentError, match="no activity is ever critical"):
        plot.paths(rm.paths(rm.simulate(plan(told), iterations=10)))
