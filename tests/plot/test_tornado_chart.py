"""Tornado: shares and removal effects in two pictures, in colours and in words, with names of any kind."""

import pytest

import riskmc as rm
from driven import chain, late, program
from pictured import HOSTILE, RIGHT_TO_LEFT
from riskmc import plot
from riskmc.analysis.paired import Difference
from riskmc.errors import ArgumentError
from riskmc.plot import tornado_chart
from riskmc.plot.lettering import SMALL, width_of
from riskmc.plot.palette import LIGHT

RISKS = {"rock": late(9, "40%", cost="+ 20k"), "water": late(6, "50%"), "luck": late(-3, "30%"), "idle": late(1, "0%")}


@pytest.fixture(scope="module")
def found() -> rm.Drivers:
    return rm.drivers(rm.simulate(chain(RISKS), 500))


def texts(ax) -> dict[str, str]:
    return {text.get_text(): text.get_color() for text in ax.texts}


def test_the_bars_are_the_shares_and_their_labels_the_printed_digits(found):
    ax = plot.tornado(found)
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == pytest.approx([risk.finish_days.value for risk in found.risks])
    whole = found.whole_shares("finish")
    drawn = texts(ax)
    assert drawn[f"+{whole['rock']} d"] == LIGHT["threat"]
    assert drawn[f"−{-whole['luck']} d"] == LIGHT["gain"]
    assert drawn["0 d"] == LIGHT["quiet"]


def test_the_title_tells_the_sum_and_the_largest_share_and_the_subtitle_that_it_is_no_saving(found):
    caption, whole = plot.caption(plot.tornado(found)), found.whole_shares("finish")
    total = f"{sum(whole.values())} days later"
    assert caption.title == f"The risks make P80 of the finish {total}; “rock” is +{whole['rock']} d of that"
    assert caption.subtitle.startswith("Share of the delay, not the saving")


def test_beside_each_share_stands_what_becomes_of_p80_without_the_risk(found):
    value, interval = found.texts("finish", found["rock"].removal_finish_days.turned())
    assert f"{value} ({interval})" in texts(plot.tornado(found))
    assert "P80 without it (95%)" in texts(plot.tornado(found))


def test_removal_effects_are_drawn_of_ranges_and_drivers_too(found):
    ax = plot.tornado(found, show="removal")
    assert "All ranges" in texts(ax)
    assert min(bar.get_width() for bar in ax.patches) == pytest.approx(
        -max(driver.removal_finish_days.value for driver in found.drivers)
    )
    assert plot.caption(ax).title.startswith("Without “All ranges”, P80 of the finish moves by −")


def test_the_rest_is_counted_in_one_row_with_the_sum_of_its_shares(found):
    ax, whole = plot.tornado(found, top=2), found.whole_shares("finish")
    rest = sum(whole[risk.id] for risk in found.risks[2:])
    assert rest < 0
    assert "2 more" in texts(ax)
    assert ax.patches[-1].get_width() == rest


@pytest.mark.parametrize("name", [*HOSTILE, RIGHT_TO_LEFT])
def test_names_of_any_kind_are_drawn(name):
    named = rm.drivers(rm.simulate(chain({"rock": {**late(9, "40%"), "name": name}}), 100))
    told = plot.to_svg(plot.tornado(named), "one")
    assert "<script" not in told
    assert plot.to_svg(plot.tornado(named), "one") == told


def test_without_risks_it_says_so():
    empty = rm.drivers(rm.simulate(chain({}), 100))
    assert plot.caption(plot.tornado(empty)).title.startswith("No risk is in the program")


def test_what_cannot_be_drawn_is_refused(found):
    free = program({"dig": {"duration": "uniform(10d 20d)"}}, risks={"rock": late(9, "40%")})
    with pytest.raises(ArgumentError, match="no money is spent"):
        plot.tornado(rm.drivers(rm.simulate(free, 50)), "cost")
    with pytest.raises(ArgumentError, match="made without shares"):
        plot.tornado(rm.drivers(rm.simulate(free, 50), shares=False))
    with pytest.raises(ArgumentError, match="show is share or removal, got 'both'"):
        plot.tornado(found, show="both")
    with pytest.raises(ArgumentError, match="by is finish or cost, got 'time'"):
        plot.tornado(found, "time")


def test_it_draws_on_axes_of_the_caller(found):
    from matplotlib.figure import Figure

    ax = Figure(figsize=(12, 5)).add_axes((0.3, 0.1, 0.45, 0.75))
    assert plot.tornado(found, ax=ax) is ax


def test_long_labels_stand_at_the_right_of_zero_and_the_right_column_has_the_room_it_needs(found, monkeypatch):
    amount, beside = "0,57 Mio. EUR", "−531 Tsd. EUR (−691 bis −385 Tsd. EUR)"
    bars = [
        tornado_chart.TornadoBar(
            sign, Difference(value, None, None), sign + amount, beside, value, value, sign + amount
        )
        for sign, value in (("+", 5.0), ("−", -0.4))
    ]
    assert all(text.get_ha() == "right" for text in plot.tornado(found).texts if text.get_text().startswith("−3 d"))
    monkeypatch.setattr(tornado_chart, "tornado_bars", lambda *_: bars)
    ax = plot.tornado(found)
    assert width_of(beside, SMALL) + 14 <= (1 - ax.get_position().x1) * plot.FULL
    labels = [text for text in ax.texts if "→" in text.get_text()]
    assert [text.get_ha() for text in labels] == ["left", "left"]


def test_what_is_left_afterwards_stands_inside_each_bar_and_behind_its_label(found):
    calmer = rm.drivers(rm.simulate(chain({**RISKS, "rock": late(9, "10%", cost="+ 20k")}), 500))
    ax = plot.tornado(found, after=calmer)
    now, then = found.whole_shares("finish"), calmer.whole_shares("finish")
    assert texts(ax)[f"+{now['rock']} d → {then['rock']:+d} d".replace("+0", "0").replace("-", "−")] == LIGHT["threat"]
    inner = [bar.get_width() for bar in ax.patches if bar.get_height() < 0.3]
    assert sorted(inner) == pytest.approx(sorted(float(then[risk.id]) for risk in found.risks))
    assert "solid: with what is proposed" in plot.caption(ax).subtitle


def test_a_risk_that_is_gone_leaves_nothing(found):
    left = {name: risk for name, risk in RISKS.items() if name != "water"}
    ax = plot.tornado(found, after=rm.drivers(rm.simulate(chain(left), 500)))
    assert f"+{found.whole_shares('finish')['water']} d → 0 d" in texts(ax)
