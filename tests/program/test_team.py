"""Teams and backlogs as words: how they are read, written and refused, and what the hash of a program makes of them."""

import pytest
import yaml

from riskmc.errors import ProgramError
from riskmc.io.program_file import read, write
from riskmc.program import Program, Stage, Team

HISTORY = {"throughput": "empirical(5 7 3 8)"}
DEV, TEST = {"name": "dev", "takes": "exponential(2d)"}, {"name": "test", "takes": "1d", "wip": 3}


def program(team=HISTORY, backlog=(("team", "alpha"), ("items", 120)), **activity):
    words = {"backlog": dict(backlog), **activity}
    return Program(
        program="Case", start="2027-01-04", teams={"alpha": team}, projects={"p": {"activities": {"work": words}}}
    )


@pytest.mark.parametrize(("per", "written"), [("day", "1d"), ("week", "1w"), ("month", "1mo"), ("2w", "2w")])
def test_a_period_is_a_word_or_a_duration(per, written):
    assert Team(**HISTORY, per=per).model_dump()["per"] == written


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({}, "either a `throughput` per period or `stages`"),
        ({**HISTORY, "stages": [DEV]}, "either a `throughput` per period or `stages`"),
        ({**HISTORY, "wip": 3}, "`wip` limits the items in the `stages`"),
        ({**HISTORY, "arrivals": "1/w", "growth": "2%/mo"}, "by `arrivals` (items) or by `growth` (a share)"),
        ({**HISTORY, "growth": "0.6/d"}, "growth is a share of the scope, as 2%/mo; items per time are `arrivals`"),
        ({**HISTORY, "per": "0d"}, "a period longer than nothing"),
        ({"throughput": "5d"}, "a number of items is needed"),
        ({"throughput": "uniform(-2 5)"}, "low >= 0 must hold"),
        ({"stages": [DEV, DEV]}, "stages need names of their own, got dev, dev"),
        ({"stages": [{**DEV, "servers": 0}]}, "servers"),
        (
            {"stages": [{**DEV, "takes": "exponential(2ed)"}]},
            "in the working time of its backlog, as 2d, got exponential(2ed)",
        ),
    ],
)
def test_a_team_that_makes_no_sense_is_refused_in_plain_words(words, told):
    with pytest.raises(ProgramError, match=told.replace("(", r"\(").replace(")", r"\)")):
        Team(**words)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"backlog": {"team": "alfa", "items": 5}}, "unknown team 'alfa'; did you mean 'alpha'"),
        ({"milestone": True}, "only work has a backlog"),
        ({"margin": True}, "only work has a backlog"),
    ],
)
def test_a_backlog_that_no_team_can_work_off_is_refused(given, told, tmp_path):
    file = tmp_path / "program.yaml"
    words = {"backlog": {"team": "alpha", "items": 5}, **given}
    whole = {"riskmc": 1, "program": "Case", "start": "2027-01-04", "teams": {"alpha": HISTORY}}
    file.write_text(yaml.safe_dump({**whole, "projects": {"p": {"activities": {"work": words}}}}))
    with pytest.raises(Exception, match=told):
        read(file)


def test_teams_are_written_and_read_as_the_same(tmp_path):
    for team in (
        {**HISTORY, "per": "2w", "arrivals": "3/w", "split": "uniform(0% 20%)"},
        {"stages": [{**DEV, "servers": 3, "when_blocked": "release"}, TEST], "wip": 9, "growth": "2%/mo"},
    ):
        one = program(team)
        write(one, tmp_path / "program.yaml")
        again = read(tmp_path / "program.yaml")
        assert again == one
        assert again.hash() == one.hash()


def test_the_order_of_the_stages_counts_and_their_names_do():
    there, back = (program({"stages": stages}) for stages in ([DEV, TEST], [TEST, DEV]))
    assert there.hash() != back.hash()
    assert there.hash() != program({"stages": [DEV, {**TEST, "name": "check"}]}).hash()
    assert there.hash() == program({"stages": [DEV, TEST], "name": "The team"}).hash()


def test_a_scenario_sets_the_words_of_teams_and_backlogs():
    changes = {"teams.alpha.throughput": "empirical(8 9)", "p.work.backlog.items": 90}
    changed = program().but(scenarios={"more": {"set": changes}}).scenario("more")
    assert changed.teams["alpha"].model_dump()["throughput"] == "empirical(8 9)"
    assert changed.activities()["p.work"].backlog.model_dump()["items"] == "90"


def test_one_stage_may_stand_alone():
    assert Team(stages=DEV).stages == (Stage(**DEV),)
