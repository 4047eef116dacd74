"""The printed check and its record: eighty columns, the answer first, complete JSON, and no harm from names."""

import json
from pathlib import Path

import pytest

from checked import program
from riskmc.analysis.check import check
from riskmc.program.origin import Origin, remember
from riskmc.reports import compose_check, dumps_check, tell_check

FERRY = Path(__file__).parents[3] / "models" / "ferry" / "program.yaml"
HOSTILE = {
    "<script>": {"duration": "9d", "name": "<script>alert(1)</script>"},
    "=cmd()": {"duration": "9d", "name": "=cmd()"},
    "x" * 300: {"duration": "9d", "name": "n" * 300, "after": ["=cmd() FS-1d"]},
    "rtl": {"duration": "9d", "name": "\u202eleft\x1b[31m\nand more"},
}


@pytest.fixture(scope="module")
def ferry():
    return check(FERRY, 512)


def leads(count):
    """A chain with leads, so many."""
    work = {f"a{n}": {"duration": "9d", "after": [f"a{n - 1} FS-1d"] if n else []} for n in range(count + 1)}
    return check(program(work), 256)


def test_the_answer_comes_first(ferry):
    lines = tell_check(ferry).split("\n")
    assert lines[0] == "Electric Island Ferry fails the schedule gate: 7 of the 14 DCMA points fail"
    assert lines[3] == "Findings: nothing wrong, 14 doubtful, 38 to know."
    assert lines[4].startswith("P80 of the finish is ")


def test_a_p80_without_queues_is_not_told_as_if_a_forecast_would_confirm_it():
    """Two activities share one unit, which the check does not simulate; without the pool it simulates everything."""
    work = {name: {"duration": "triangular(5d 8d 13d)", "uses": {"crew": 1}} for name in ("left", "right")}
    queued, alone = (
        " ".join(tell_check(check(program(work, resources={"crew": pool}), 256)).split())
        for pool in ({"capacity": 1}, {"cost": "95/h"})
    )
    assert "from 256 iterations, with 1 thing not simulated. " in queued
    assert "from 256 iterations. " in alone


def test_two_reasons_that_begin_alike_are_one_sentence(ferry):
    told = " ".join(tell_check(ferry).split())
    assert "starts on the first day, whatever else slips; or a date alone decides when it starts." in told
    assert told.count("Nothing comes before it") == 1


def test_a_reason_that_says_more_of_some_is_said_once():
    """Float absorbs both risks, and one of them costs money; it read as an either-or of the same words."""
    end = {"milestone": True, "after": ["long", "short"]}
    work = {"long": {"duration": "90d"}, "short": {"duration": "9d"}, "end": end}
    delay = {"on": "p.short", "duration": "+ uniform(1d 3d)"}
    impacts = {"cheap": delay, "dear": {**delay, "cost": "+ 5k"}}
    risks = {name: {"probability": "50%", "impacts": [impact]} for name, impact in impacts.items()}
    told = " ".join(tell_check(check(program(work, risks=risks), 256)).split())
    assert "drives the finish in no iteration: float absorbs it; for some, it still costs money." in told


def test_what_moves_p80_most_is_named_in_order(ferry):
    opening = " ".join(tell_check(ferry).split("\n\n")[0].split())
    told = opening.partition("What moves it most: ")[2].split("; ")
    largest = [effect for effect in ferry.effects().values() if effect.finish_days.told_apart][:3]
    assert [clause.removesuffix(".").partition(" with ")[2] for clause in told] == [
        effect.change.removeprefix("with ") for effect in largest
    ]


def test_p80_at_correlation_0_as_given_and_0_3_is_a_table(ferry):
    rows = [line.split("  ")[0] for line in tell_check(ferry).splitlines()]
    at = rows.index("Correlation")
    assert rows[at + 1 : at + 4] == ["0", "as given", "0.3"]


def test_no_line_is_wider_than_eighty_columns(ferry):
    for found in (ferry, check(program(HOSTILE, program="P" * 400), 256)):
        assert max(map(len, tell_check(found, everything=True).splitlines())) <= 80


def test_rules_stand_under_their_severity_and_those_first_that_move_p80_most(ferry):
    text = tell_check(ferry)
    assert text.index("Doubtful\n") < text.index("2 leads") < text.index("To know\n") < text.index("4 open starts")
    assert text.index("2 leads") < text.index("2 dangling finishes")


def test_five_findings_of_a_rule_are_shown_and_the_rest_on_request():
    found = leads(8)
    short, whole = tell_check(found), tell_check(found, everything=True)
    assert "8 leads" in short
    assert short.count("after a") == 5
    assert "and 3 more: --all shows them." in short
    assert whole.count("after a") == 8
    assert "--all" not in whole


def test_the_effect_stands_beside_the_reason():
    assert "P80 is 2 days later (+2 d) with leads taken out." in tell_check(leads(2))


def test_a_reason_that_all_share_is_said_once(ferry):
    assert tell_check(ferry).count("starts work before what it waits for is done") == 1


def test_a_program_with_nothing_to_find_says_so():
    work = {"a": {"duration": "triangular(8d 10d 15d)"}, "b": {"duration": "triangular(8d 10d 15d)", "after": ["a"]}}
    text = tell_check(check(program(work, elicited_as="min-max"), 256))
    assert "\nFindings: nothing wrong, 0 doubtful, 0 to know.\n" in text
    assert "No finding moves it by more than simulation error." in " ".join(text.split())


def test_a_plan_in_which_nothing_is_random_says_so():
    assert "Nothing is random in it: it finishes on" in " ".join(tell_check(leads(1)).split())


def test_hostile_names_are_printed_as_plain_text():
    text = tell_check(check(program(HOSTILE, program="\x1b]0;title\x07Trial"), 256), everything=True)
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_the_record_is_complete(ferry):
    record = json.loads(dumps_check(ferry))
    assert len(record["findings"]) == len(ferry)
    assert sum(record["counts"].values()) == len(ferry)
    assert record["correlation"].keys() == {"0", "0.3"}
    assert record["effects"]["lead"]["findings"] == 2
    for finding, written in zip(ferry, record["findings"], strict=True):
        assert (finding.rule, finding.severity, finding.place) == (
            written["rule"],
            written["severity"],
            written["place"],
        )
        assert (written["line"], written["reason"]) == (finding.line, finding.reason)
    lead = next(finding for finding in record["findings"] if finding["rule"] == "lead")
    assert lead["effect_days"].keys() == {"value", "low", "high"}
    assert lead["name"]


def test_the_record_has_the_p80_and_the_paired_differences(ferry):
    record = compose_check(ferry)
    assert record["p80"]["finish"] == ferry.p80().isoformat(timespec="minutes")
    for value, variant in ferry.correlations:
        assert record["correlation"][f"{value:g}"]["finish_days"]["value"] == round(variant.finish_days.value, 9)


def test_the_record_of_a_plan_is_json_too():
    assert json.loads(dumps_check(leads(1)))["random"] is False


def test_the_same_check_gives_the_same_bytes(ferry):
    again = check(FERRY, 512, threads=1)
    assert dumps_check(again) == dumps_check(ferry)
    assert tell_check(again) == tell_check(ferry)


def test_what_stands_in_a_table_is_told_with_the_name_of_the_table():
    class Text:
        file = "program.yaml"

        def lines(self):
            return {("projects", "p", "activities", "b"): 7}

    size = {"duration": "triangular(90% 100% 130%)", "sizes": "own"}
    work = {"a": {"duration": "9d"}, "b": {"duration": "9d", "after": ["a FS-1d"]}}
    checked = program(work, ranges=[{"on": "tag:none", **size}])
    remember(checked, Origin(Text()).beside({("ranges", 0): "table.csv:12"}))
    found = check(checked, 64)
    assert (found.of("no-match")[0].file, found.of("no-match")[0].line) == ("table.csv", 12)
    lines = tell_check(found).splitlines()
    assert next(line for line in lines if line.startswith("ranges[0].on")).endswith("  table.csv:12")
    assert next(line for line in lines if line.startswith("p.b ")).endswith("  7")
