"""Sources: which groups of ranges, drivers, choices and the like a program has, each once."""

import riskmc as rm
from driven import late, program
from riskmc.analysis.drivers.sources import FEW, sources

TWO = {
    "design": {"name": "Design", "activities": {"draw": {"duration": "uniform(5d 9d)"}, "plan": {"duration": "10d"}}},
    "build": {"activities": {"dig": {"duration": "10d"}, "line": {"duration": "10d", "cost": "5k"}}},
}


def told(words: dict, **options) -> dict[str, str]:
    """Name of every source by its identifier."""
    return {source.id: source.name for source in sources(rm.simulate(rm.Program(**words), 20, **options))}


def base(**words) -> dict:
    return {"program": "Trial", "start": "2027-01-04", "calendar": "24h", "projects": TWO, **words}


def test_ranges_are_grouped_by_project_and_by_rule_and_few_ones_stand_alone():
    rules = [
        {"on": "build.*", "duration": "uniform(90% 120%)", "sizes": "own"},
        {"on": "plan", "cost": "uniform(1k 2k)"},
    ]
    assert told(base(ranges=rules)) == {
        "ranges": "All ranges",
        "design": "Ranges of Design",
        "build": "Ranges of build",
        "build.dig": "Range of build.dig",
        "build.line": "Range of build.line",
    }


def test_a_group_of_the_same_activities_stands_under_its_first_name_alone():
    found = told(base(ranges=[{"on": "all", "duration": "uniform(90% 120%)", "sizes": "own"}]))
    assert found["all"] == "Rule all"
    assert "design.draw" not in found  # the only range of its own: it stands as "own"
    assert found["own"] == "Ranges of single activities"


def test_many_ranges_do_not_stand_alone():
    activities = {f"a{n}": {"duration": "uniform(1d 2d)"} for n in range(FEW + 1)}
    assert [source.id for source in sources(rm.simulate(program(activities), 20))] == ["ranges"]


def test_the_default_range_and_correlations_are_sources():
    found = told(base(), default_range="triangular(90% 100% 130%)")
    assert found["default range"] == "Default range"
    assert found["correlations"] == "Correlations"


def test_lags_slips_choices_and_doubtful_work_are_sources_where_there_are_any():
    activities = {
        "dig": {"duration": "10d", "start_no_earlier_than": {"date": "2027-02-01", "slip": "uniform(0d 9d)"}},
        "line": {"duration": "5d", "after": [{"activity": "dig", "lag": "uniform(1d 3d)"}], "exists": "70%"},
    }
    words = {"choices": {"soil": {"clay": "60%", "rock": "40%"}, "sure": {"yes": "100%", "no": "0%"}}}
    found = sources(rm.simulate(program(activities, risks={"rock": late(2)}, **words), 20))
    assert {(source.kind, source.id) for source in found} == {
        ("choice", "soil"),
        ("existence", "p.line"),
        ("lags", "lags"),
        ("slips", "slips"),
    }
