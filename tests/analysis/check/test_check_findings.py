"""Findings as data: their order, words, frame, card, lines, and that the same check gives the same answer."""

import pickle
import re
from pathlib import Path

import pytest

import riskmc as rm
from checked import program
from riskmc.analysis.check import Finding, check
from riskmc.analysis.check.registry import RULES
from riskmc.reports import compose_check

FERRY = Path(__file__).parents[3] / "models" / "ferry" / "program.yaml"
HOSTILE = {
    "<script>alert(1)</script>": {"duration": "9d", "name": "<script>alert(1)</script>"},
    "=cmd()": {"duration": "9d", "name": '=cmd()|"calc"'},
    "x" * 300: {"duration": "9d", "name": "n" * 300, "after": ["=cmd() FS-1d"]},
    "\u05d0\u05d1": {"duration": "9d", "name": "\u202eright to left\x1b[31m"},
}


@pytest.fixture(scope="module")
def sound():
    """A program with nothing to find but open questions."""
    work = {
        "a": {"duration": "triangular(8d 10d 15d)"},
        "b": {"duration": "triangular(8d 10d 15d)", "after": ["a"]},
    }
    return check(program(work, elicited_as="min-max"), 256)


def test_a_program_without_faults_has_no_findings(sound):
    assert repr(sound).startswith("<Findings 'Trial': Wrong 0, Doubtful 0, To know 0; ")
    assert list(sound) == []
    assert sound.to_frame().empty


def test_findings_are_counted_in_words_one_and_many():
    work = {
        "a": {"duration": "9d"},
        "b": {"duration": "9d", "after": ["a FS-1d"]},
        "c": {"duration": "9d", "after": ["b"]},
    }
    one = check(program(work), 256)
    assert "3 activities without uncertainty 3 days later, 1 lead 1 day later; " in repr(one)
    work["c"]["after"] = ["b FS-1d"]
    assert "2 leads " in repr(check(program(work), 256))


def test_they_are_a_sequence_that_can_be_asked_by_rule():
    found = check(program({"a": {"duration": "9d"}, "b": {"duration": "9d", "after": ["a FS-1d"]}}), 256)
    assert isinstance(found[0], Finding)
    assert len(found) == len(found[:]) == 3
    assert [finding.rule for finding in found.of("lead")] == ["lead"]
    assert found.counts() == {"lead": 1, "no-range": 2}


def test_the_gravest_come_first_and_in_a_rule_the_largest_figure():
    work = {
        "a": {"duration": "9d"},
        "b": {"duration": "9d", "after": ["a FS-1d"]},
        "c": {"duration": "9d", "after": ["b FS-3d"]},
        "d": {"duration": "9d", "after": ["c FS-2d"]},
    }
    words = {
        "ranges": [{"on": "tag:none", "duration": "uniform(90% 110%)"}],
        "calendars": {"idle": {"week": {"mon-fri": "08:00-16:00"}}},
    }
    found = check(program(work, **words), 256)
    assert [finding.severity for finding in found] == ["wrong"] + 7 * ["doubtful"] + ["to know"]
    assert [lead.value for lead in found.of("lead")] == [-3, -2, -1]


def test_the_frame_has_one_row_a_finding_with_its_effect():
    found = check(program({"a": {"duration": "9d"}, "b": {"duration": "9d", "after": ["a FS-1d"]}}), 256)
    frame = found.to_frame()
    assert len(frame) == 3
    lead = frame[frame.rule == "lead"].iloc[0]
    assert (lead.place, lead.value, lead.effect_days, lead.effect_low) == ("p.b", -1, 1, 1)
    assert lead.effect_of == "with leads taken out"
    assert lead.threshold == 0
    assert frame.alone_days.isna().all()


@pytest.mark.parametrize("value, unit, text", [
    (-10.0, "d", "\u221210 d"), (1.5, "d", "1.5 d"), (0.0, "share", "0%"), (0.0004, "share", "<1%"),
    (0.9996, "share", ">99%"), (1.0, "share", "100%"), (0.284, "%", "28%"), (-0.05, "%", "\u22125%"),
    (1200.0, "", "1,200"), (None, "d", ""), (float("nan"), "d", ""),
])  # fmt: skip
def test_a_figure_is_written_as_people_write_it(value, unit, text):
    assert Finding("lead", "doubtful", "p.b", "", "", value, unit).figure == text


def test_a_finding_knows_the_line_of_its_file():
    found = check(FERRY, 256)
    lines = FERRY.read_text(encoding="utf-8").splitlines()
    for lead in found.of("lead"):
        assert lead.file == str(FERRY)
        assert "FS-10d" in lines[lead.line - 1]
        assert lead.where == f"{FERRY}:{lead.line}"


def test_lines_survive_a_scenario():
    assert check(FERRY, 256, scenario="double_shift").of("lead")[0].line is not None


def test_a_program_made_in_python_has_no_lines():
    (lead,) = check(program({"a": {"duration": "9d"}, "b": {"duration": "9d", "after": ["a FS-1d"]}}), 256).of("lead")
    assert (lead.file, lead.line, lead.where) == (None, None, "")


def test_the_line_is_that_of_the_item_where_the_word_itself_is_not_in_the_file(tmp_path):
    file = tmp_path / "program.yaml"
    file.write_text(
        "riskmc: 1\nprogram: P\nstart: 2027-01-04\nprojects:\n  p:\n    activities:\n      a: {duration: 9d}\n"
        "      b:\n        duration: pert(9d 9d 12d)\n        after: [a]\n",
        encoding="utf-8",
    )
    found = check(file, 256)
    assert found.of("mode-at-low")[0].line == 9
    assert found.of("no-range")[0].line == 7
    assert found.of("low-and-high")[0].line is None


def test_an_activity_of_the_plan_below_has_no_line_of_the_overlay(tmp_path):
    plan = FERRY.parents[2] / "tests" / "data" / "xer" / "plain.xer"
    file = tmp_path / "overlay.yaml"
    own = "projects: {BRIDGE: {activities: {B: {tags: [mine]}}}}\n"
    file.write_text(f"riskmc: 1\nprogram: P\nplan: {plan}\n{own}", encoding="utf-8")
    lines = {finding.place: finding.line for finding in check(file, 64).of("no-range")}
    assert lines["BRIDGE.B"] == 4
    assert lines["BRIDGE.C"] is None


def test_the_card_begins_with_what_is_wrong_then_with_what_moves_p80_most():
    ranges = [{"on": "tag:none", "duration": "uniform(90% 110%)"}]
    work = {
        "a": {"duration": "9d"},
        "b": {"duration": "9d", "after": ["a FF"]},
        "c": {"duration": "9d", "after": ["b FS-1d"]},
    }
    card = check(program(work, ranges=ranges), 256)._repr_html_()
    told = [
        "1 pattern without a match",
        "3 activities without uncertainty",
        "1 lead<",
        "1 dangling",
    ]
    assert [card.index(words) for words in told] == sorted(card.index(words) for words in told)


def test_the_card_says_how_many_and_what_moves_p80_most():
    card = check(FERRY, 512)._repr_html_()
    assert "Electric Island Ferry" in card
    assert "P80 with it put right" in card
    assert '<bdi>2 leads</bdi></td><td class="s"><b>' in card
    assert "4 of 11 DCMA points pass, 3 cannot be told" in card
    assert card.count("<div") == card.count("</div>")


def test_hostile_names_do_no_harm_in_the_card():
    found = check(program(HOSTILE), 256)
    assert "<script>" not in found._repr_html_()
    assert "<script>" not in repr(found)


def test_the_same_check_gives_the_same_answer_on_any_number_of_threads():
    one, two = (check(FERRY, 512, threads=threads) for threads in (1, 2))
    assert one.items == two.items
    assert [(rho, v.finish_days, v.cost) for rho, v in one.correlations] == [
        (rho, v.finish_days, v.cost) for rho, v in two.correlations
    ]


def test_another_seed_gives_other_effects():
    assert check(FERRY, 512).effects() != check(FERRY, 512, seed=2).effects()


def test_options_reach_every_run():
    pre = check(FERRY, 512, mitigation="pre")
    assert pre.trials.mitigation == "pre"
    assert dict(pre.correlations)[0.0].trials.mitigation == "pre"
    assert check(FERRY, 512, default_range="triangular(90% 100% 130%)").of("no-range") == ()
    assert check(FERRY, 512, scenario="permit_in_hand").trials.scenario == "permit_in_hand"


def test_progress_counts_runs():
    heard = []
    check(program({"a": {"duration": "9d"}, "b": {"duration": "9d", "after": ["a FS-1d"]}}), 256,
          progress=lambda done, total: heard.append((done, total)))  # fmt: skip
    assert heard == [(2, 3), (3, 3)]


def test_a_plan_in_which_nothing_is_random_is_checked_too():
    found = check(program({"a": {"duration": "9d"}, "b": {"duration": "9d", "after": ["a FS-1d"]}}), 256)
    assert not found.trials.random
    assert found.correlations == []
    assert [lead.effect_days for lead in found.of("lead")] == [1.0]


def test_too_few_iterations_leave_effects_without_an_interval():
    work = {"a": {"duration": "uniform(9d 12d)"}, "b": {"duration": "uniform(9d 12d)", "after": ["a FS-1d"]}}
    (spread,) = check(program(work), 10).of("low-and-high")
    assert (spread.effect.finish_days.low, spread.effect.finish_days.high) == (None, None)


def test_a_program_that_cannot_be_simulated_is_refused_as_by_simulate():
    with pytest.raises(rm.ProgramError, match=r"p\.a -> p\.b -> p\.a"):
        check(program({"a": {"duration": "9d", "after": ["b"]}, "b": {"duration": "9d", "after": ["a"]}}))


def test_a_program_that_was_pickled_remembers_its_lines():
    again = pickle.loads(pickle.dumps(rm.read(FERRY)))
    assert check(again, 256).of("lead")[0].line == check(FERRY, 256).of("lead")[0].line


def test_rules_have_identifiers_of_their_own():
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.id == rule.id.lower() and " " not in rule.id for rule in RULES)


def test_a_thousand_activities_are_checked():
    work = {
        f"a{n}": {"duration": "triangular(9d 10d 14d)", "after": [f"a{n - 10} FS-1d"] if n > 9 else []}
        for n in range(1_000)
    }
    found = check(program(work), 256)
    assert found.counts()["lead"] == 990
    assert found.counts()["open-end"] == 10
    assert all(lead.effect.findings == 990 for lead in found.of("lead"))


def test_every_rule_and_every_key_of_the_record_is_explained_in_the_guide():
    guide = (FERRY.parents[2] / "docs" / "guide" / "check.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([a-z-]+)` \|", guide, re.MULTILINE))
    assert {rule.id for rule in RULES} <= explained
    record = compose_check(check(FERRY, 64))
    words = set(re.findall(r"`(\w+)`", guide.partition("## The record")[2]))
    assert {*record, *record["findings"][0], *next(iter(record["effects"].values()))} <= words
