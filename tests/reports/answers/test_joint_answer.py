"""The printed joint confidence: the chance together first, curves, needs, commitments, and what the money is."""

import fabricated
import riskmc as rm
from riskmc.forecast.figures import chance
from riskmc.reports import tell_joint
from riskmc.reports.document.layout import WIDTH


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_chance_of_both_stands_first_beside_those_alone():
    curves = rm.joint_curves(fabricated.trials())
    date, amount = curves.pair()
    both, on_time = curves.confidence(date, amount), curves.finish.probability(date)
    opening = flat(tell_joint(curves).split("\n\n")[0])
    assert opening.startswith(f"{chance(both)} chance (")
    assert "30 Jun 2030 and EUR 420M are met together" in opening
    assert opening.endswith(f"{chance(on_time)} and {chance(curves.cost.probability(amount))} alone.")


def test_a_date_and_a_budget_can_be_asked_for():
    text = flat(tell_joint(rm.joint_curves(fabricated.trials()), "2030-10-31", "450M"))
    assert "that 31 Oct 2030 and EUR 450M are met together" in text
    assert "by 31 Oct 2030" in text


def test_where_no_budget_is_enough_it_is_said_why():
    text = flat(tell_joint(rm.joint_curves(fabricated.trials())))
    assert "70% none" in text
    assert "None: the date alone is met in 14% of the iterations, less than is asked for." in text


def test_commitments_and_all_targets_together_have_their_chances():
    curves = rm.joint_curves(fabricated.trials())
    text = tell_joint(curves)
    (one,) = curves.commitments()
    assert {True: "met", False: "missed", None: "not told"}[one.met] in text
    assert f"All dates together              finish  {chance(curves.together().dates):>6}" in text


def test_it_says_what_the_money_is_and_that_a_curve_is_no_exchange_rate():
    text = flat(tell_joint(rm.joint_curves(fabricated.trials())))
    assert "constant money, without escalation" in text
    assert "not an exchange rate: spending more does not move a program along it" in text


def test_without_targets_the_pair_of_the_highest_level_is_told():
    text = flat(tell_joint(rm.joint_curves(fabricated.trials(program=fabricated.program(targets=[])))))
    assert text.startswith("80% joint confidence takes ")
    assert "no date and budget is promised here to judge it by" in text


def test_lines_fit_and_hostile_names_do_no_harm():
    names = ["\x1b[31m<script>", "=cmd()" + "y" * 300]
    targets = [{"name": name, "finish": "2030-10-31", "cost": "450M", "joint": "70%"} for name in names]
    text = tell_joint(rm.joint_curves(fabricated.trials(program=fabricated.program(targets=targets))))
    assert "\x1b" not in text
    assert all(len(line) <= WIDTH for line in text.splitlines())
