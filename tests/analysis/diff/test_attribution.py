"""How much of the movement each change is: parts that add up, whatever the order, by counting over all orders."""

from itertools import permutations

import numpy as np
import pytest

import riskmc as rm
from changed_programs import WORDS, program, words
from riskmc.analysis.diff.differing import diff, program_changes
from riskmc.analysis.diff.mixing import mixed
from riskmc.analysis.diff.pieces import Piece
from riskmc.analysis.diff.program_diff import COST, FINISH, MEASURES
from riskmc.analysis.diff.renaming import under_new_names
from riskmc.forecast.interval import quantile_rank
from riskmc.program.program import Program

BASE = program()
N = 400
THREE = {
    "risks__clay__probability": "80%",
    "projects__works__activities__deck__duration": "triangular(25d 35d 60d)",
    "projects__site__activities__dig__cost__per_day": "9k",
}


def assert_adds_up(found: rm.ProgramDiff) -> None:
    """The parts of every movement add up to it, to a thousandth of a minute and of a cent."""
    for outcome, unit in ((FINISH, 1 / 1440), (COST, 0.01)):
        for measure in MEASURES:
            parts = sum(group.share(outcome, measure).value for group in found.groups)
            assert parts == pytest.approx(found.moved(outcome, measure).value, abs=unit / 1000)


def p80(trials: rm.Trials, outcome: str) -> float:
    samples = trials.finish_minutes / 1440 if outcome == FINISH else trials.cost_cents / 100
    return float(np.sort(samples)[quantile_rank(len(samples), 0.80) - 1])


def test_the_movement_is_exactly_the_difference_of_the_two_forecasts():
    new = program(**THREE)
    found = diff(BASE, new, N, seed=3)
    before, after = rm.simulate(BASE, N, seed=3), rm.simulate(new, N, seed=3)
    apart = after.finish().quantile(0.80) - before.finish().quantile(0.80)
    assert found.moved().value == apart.total_seconds() / 86_400
    assert found.moved(COST).value == pytest.approx(p80(after, COST) - p80(before, COST), abs=1e-6)
    assert_adds_up(found)


def test_the_shares_of_three_changes_are_those_of_all_six_orders():
    """The oracle: make the changes one after the other in every order, and average what each adds."""
    found = diff(BASE, program(**THREE), N)
    values = {}
    for count in range(8):
        chosen = {path: value for bit, (path, value) in enumerate(THREE.items()) if count >> bit & 1}
        values[frozenset(chosen)] = rm.simulate(program(**chosen), N)
    names = {"risks__clay__probability": "risk Clay", "projects__works__activities__deck__duration": "works.deck"}
    for path in THREE:
        (group,) = [one for one in found.groups if names.get(path, "site.dig") in one.name]
        for outcome in (FINISH, COST):
            gains = []
            for order in permutations(THREE):
                before = frozenset(order[: order.index(path)])
                gains.append(p80(values[before | {path}], outcome) - p80(values[before], outcome))
            assert group.share(outcome).value == pytest.approx(np.mean(gains), abs=1e-4)


def test_one_change_is_all_of_the_movement():
    found = diff(BASE, program(risks__clay__probability="80%"), N)
    (group,) = found.groups
    assert group.share().value == found.moved().value
    assert group.share(COST).value == pytest.approx(found.moved(COST).value, abs=1e-6)


def test_turned_round_every_part_has_the_opposite_sign():
    there, back = diff(BASE, program(**THREE), N), diff(program(**THREE), BASE, N)
    forth = {group.name: group.share().value for group in there.groups}
    assert forth == pytest.approx({group.name: -group.share().value for group in back.groups}, abs=1e-9)
    assert there.moved().value == -back.moved().value


def test_equal_programs_and_words_alone_have_no_parts():
    same = diff(BASE, program(), N)
    assert same.equal
    assert (same.groups, same.changes, same.moved()) == ((), (), (0, 0, 0))
    named = diff(BASE, program(program="Long pier", risks__clay__owner="Geologist"), N)
    assert (named.groups, len(named), named.equal) == ((), 0, False)
    assert len(named.words_only) == 2


def inserted() -> Program:
    """The program with an activity between two others, and the link it takes the place of gone."""
    told = words()
    told["projects"]["works"]["activities"]["paint"] = {"duration": "8d", "after": ["deck"], "cost": "80k"}
    told["projects"]["works"]["activities"]["rail"]["after"] = ["paint"]
    told["risks"]["rain"] = {"probability": "50%", "impacts": [{"on": "paint", "duration": "+ 10d"}]}
    told["risks"]["clay"]["probability"] = "60%"
    return Program(**told)


def test_an_activity_added_takes_its_links_and_the_risk_that_strikes_it_along():
    found = diff(BASE, inserted(), N)
    groups = {group.name: {change.piece for change in group.changes} for group in found.groups}
    assert groups == {
        "activity works.paint added, and 2 more": {
            Piece("activities", "works.paint"), Piece("links", "works.paint"), Piece("links", "works.rail"),
            Piece("risks", "rain"),
        },
        "risk Clay: probability": {Piece("risks", "clay")},
    }  # fmt: skip
    assert_adds_up(found)
    assert_adds_up(diff(inserted(), BASE, N))


def test_changes_of_one_activity_are_one_and_all_progress_is_one():
    told = words(data_date="2027-01-18")
    site = told["projects"]["site"]["activities"]
    site["survey"]["progress"] = {"started": "2027-01-04", "finished": "2027-01-15", "actual_cost": "120k"}
    site["dig"]["progress"] = {"started": "2027-01-15"}
    site["piles"] |= {"duration": "18d", "calendar": "night", "after": ["dig FS+1d"]}
    found = diff(BASE, Program(**told), N)
    assert sorted(group.name for group in found.groups) == ["activity site.piles", "progress since last time"]
    assert len(next(group for group in found.groups if group.name == "activity site.piles").changes) == 3
    assert_adds_up(found)


def test_a_link_turned_round_is_made_together_with_the_one_that_would_close_a_loop():
    told = words()
    works = told["projects"]["works"]["activities"]
    works["deck"]["after"], works["rail"]["after"] = ["rail"], ["site.piles"]
    works["open"]["after"] = ["deck", "rail"]
    found = diff(BASE, Program(**told), N)
    (turned,) = [g for g in found.groups if Piece("links", "works.deck") in {c.piece for c in g.changes}]
    assert Piece("links", "works.rail") in {change.piece for change in turned.changes}
    assert_adds_up(found)


def test_a_project_added_is_one_change():
    told = words()
    told["projects"]["road"] = {
        "activities": {
            "level": {"duration": "9d", "after": ["site.dig"]},
            "pave": {"duration": "9d", "after": ["level"]},
        }
    }
    told["projects"]["works"]["activities"]["open"]["after"] = ["rail", "road.pave"]
    found = diff(BASE, Program(**told), N)
    assert [group.name for group in found.groups] == ["project road added, and 3 more"]
    assert_adds_up(found)


def test_many_changes_are_shared_out_over_orders_and_gathered_beyond_a_limit():
    told = words()
    for number in range(14):
        told["projects"]["site"]["activities"][f"a{number}"] = {"duration": "5d", "after": ["survey"], "cost": "10k"}
    old = Program(**told)
    later = words()
    for number in range(14):
        later["projects"]["site"]["activities"][f"a{number}"] = {"duration": "60d", "after": ["survey"], "cost": "20k"}
    later["risks"]["clay"]["probability"] = "70%"
    found = diff(old, Program(**later), 200)
    assert len(found.groups) == 15
    assert "pairs of orders" in found.method
    assert_adds_up(found)
    fewer = diff(old, Program(**later), 200, groups=5)
    assert [group.name for group in fewer.groups] == ["changes of activities in Site", "risk Clay: probability"]
    assert (fewer.separate, len(fewer.groups[0].changes)) == (15, 28)
    assert_adds_up(fewer)


def progressed() -> Program:
    """The program a fortnight later, with work changed that has begun."""
    told = words(data_date="2027-01-18")
    site = told["projects"]["site"]["activities"]
    site["survey"]["progress"] = {"started": "2027-01-04", "finished": "2027-01-15", "actual_cost": "120k"}
    site["dig"] |= {"duration": "26d", "after": ["survey FS+1d"], "progress": {"started": "2027-01-15"}}
    site["piles"]["after"] = ["dig", "survey FS+40d"]
    return Program(**told)


@pytest.mark.parametrize("new", [inserted(), progressed()], ids=["inserted", "progressed"])
def test_with_no_piece_chosen_the_old_program_stays_bit_for_bit_and_with_all_it_is_the_new_one(new):
    changes, _ = program_changes(BASE, new)
    for chosen, same in (((), BASE), ({change.piece for change in changes}, new)):
        one, other = rm.simulate(mixed(BASE, new, chosen), N), rm.simulate(same, N)
        assert (one.finish_minutes == other.finish_minutes).all()
        assert (one.cost_cents == other.cost_cents).all()


def test_one_piece_of_an_activity_is_taken_without_the_others():
    new = progressed()
    for section, word in (("activities", "duration"), ("links", "after"), ("progress", "progress")):
        dig = mixed(BASE, new, {Piece(section, "site.dig")}).activities()["site.dig"]
        for field in ("duration", "after", "progress"):
            source = new if field == word else BASE
            assert getattr(dig, field) == getattr(source.activities()["site.dig"], field)


def test_the_old_program_has_the_same_numbers_under_its_new_names():
    told = words(renamed={"site.dig": "site.excavation", "works": "pier"})
    site = told["projects"]["site"]["activities"]
    site["excavation"] = site.pop("dig")
    site["piles"]["after"] = ["excavation"]
    told["risks"]["clay"]["impacts"][0]["on"] = "excavation"
    told["projects"]["pier"] = told["projects"].pop("works")
    told["correlations"][0]["pair"] = ["pier.deck", "site.survey"]
    told["scenarios"] = {}
    renamed = under_new_names(BASE, Program(**told))
    assert set(renamed.activities()) == set(Program(**told).activities())
    one, other = rm.simulate(BASE, N), rm.simulate(renamed, N)
    assert (one.finish_minutes == other.finish_minutes).all()
    assert (one.cost_cents == other.cost_cents).all()
    assert diff(BASE, Program(**told), N).moved() == (0, 0, 0)


def test_a_plan_without_anything_random_is_compared_exactly():
    told = {"program": "Plan", "start": "2027-01-04", "projects": {"p": {"activities": {"a": {"duration": "5d"}}}}}
    longer = {**told, "projects": {"p": {"activities": {"a": {"duration": "6d"}}}}}
    found = diff(Program(**told), Program(**longer), 50)
    assert found.moved() == (3.0, 3.0, 3.0)  # Friday's work is done on the Monday after
    assert found.groups[0].share().value == 3.0
    assert not found.has_cost


def test_files_are_read_and_a_wrong_number_of_groups_is_refused(tmp_path):
    file = tmp_path / "pier.yaml"
    file.write_text(rm.io.program_file.dumps(BASE), encoding="utf-8")
    assert diff(file, str(file), 50).equal
    with pytest.raises(rm.ArgumentError, match="groups: at least one, got 0"):
        diff(BASE, BASE, 50, groups=0)


def test_tables_have_units_in_their_columns_and_reprs_name_the_largest_changes():
    found = diff(BASE, program(**THREE, risks__clay__owner="Geologist"), N)
    frame = found.to_frame()
    assert list(frame["change"])[-1] == "movement"
    assert {"finish_p80_days", "finish_mean_days_low", "cost_p50_EUR", "cost_p80_EUR_high"} <= set(frame.columns)
    assert frame["finish_p80_days"].iloc[:-1].sum() == pytest.approx(frame["finish_p80_days"].iloc[-1])
    assert list(found.changes_frame().columns) == ["section", "id", "what", "word", "old", "new", "reach", "group"]
    assert repr(found).startswith("<ProgramDiff 'Pier': 3 changes, P80 finish +")
    assert "Shares add up" in found._repr_html_()


def test_under_latin_hypercube_sampling_the_parts_add_up_too():
    found = diff(BASE, program(**THREE), 5_120, sampling="lhs")
    assert_adds_up(found)
    assert found.groups[0].share().low is not None


def test_too_few_iterations_have_shares_without_intervals():
    found = diff(BASE, program(**THREE), 15)
    assert all(group.share().low is None for group in found.groups)
    assert_adds_up(found)
    assert WORDS["program"] in repr(found)
