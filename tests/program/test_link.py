"""Links, conditions and moments as text and back."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskmc.errors import ArgumentError, ProgramError
from riskmc.program import Activity, Condition, Link, Moment, Quantity
from riskmc.program.moment import as_moment


@pytest.mark.parametrize(
    ("text", "activity", "kind", "lag"),
    [
        ("dig", "dig", "FS", None),
        ("permits SS+5d", "permits", "SS", Quantity(5.0, "d")),
        ("build.dig FS-2ed", "build.dig", "FS", Quantity(-2.0, "ed")),
        ('"A 10.2" SS+5d', "A 10.2", "SS", Quantity(5.0, "d")),
        ("dig ff + 3d", "dig", "FF", Quantity(3.0, "d")),
        ("dig +3d", "dig", "FS", Quantity(3.0, "d")),
        ("dig SF", "dig", "SF", None),
        ("dig SS+0d", "dig", "SS", None),
        ("dig-2", "dig-2", "FS", None),
    ],
)
def test_a_link_means_its_predecessor_type_and_lag(text: str, activity: str, kind: str, lag: Quantity | None) -> None:
    link = Link.model_validate(text)
    assert (link.activity, link.type) == (activity, kind)
    assert (link.lag.value if link.lag else None) == lag
    assert Link.model_validate(link.model_dump()) == link


def test_a_sampled_lag_is_written_as_a_mapping_and_may_be_read_as_text() -> None:
    link = Link.model_validate("dig SS+triangular(10d 15d 40d)")
    assert link.model_dump() == {"activity": "dig", "type": "SS", "lag": "triangular(10d 15d 40d)"}


def test_a_lead_that_varies_is_refused_with_the_way_out() -> None:
    with pytest.raises(ProgramError, match="negative values after a plus"):
        Activity(after=["dig SS-pert(1d 2d 3d)"])


@given(code=st.text(min_size=1, max_size=10).filter(lambda c: c == c.strip() and c.isprintable()))
def test_any_code_can_be_linked_to(code: str) -> None:
    link = Link(activity=code, type="SS", lag="5d")
    assert Link.model_validate(str(link)) == link


@pytest.mark.parametrize(
    "text",
    ["foundation = piled", "risk soil", "not risk soil", "dig finish > 2027-09-01", '"A 1" start <= 2027-09-01T08:00'],
)
def test_a_condition_is_written_as_it_was_read(text: str) -> None:
    assert str(Condition.model_validate(text)) == text


def test_a_condition_from_words_must_be_whole() -> None:
    assert Condition(risk="soil", occurs=False) == Condition.model_validate("not risk soil")
    with pytest.raises(ProgramError, match="exactly one of"):
        Condition(choice="foundation")
    with pytest.raises(ProgramError, match="exactly one of"):
        Condition(choice="foundation", outcome="piled", risk="soil")


def test_a_bare_date_means_its_beginning_or_its_end() -> None:
    day = as_moment("2027-06-30")
    assert day.start_like() == datetime.datetime(2027, 6, 30)
    assert day.finish_like() == datetime.datetime(2027, 7, 1)
    instant = as_moment("2027-06-30 08:00")
    assert instant.start_like() == instant.finish_like() == datetime.datetime(2027, 6, 30, 8)
    assert as_moment("2027-06-30T24:00") == Moment(datetime.datetime(2027, 7, 1))


def test_moments_come_from_python_too() -> None:
    assert as_moment(datetime.date(2027, 6, 30)) == as_moment("2027-06-30")
    assert as_moment(datetime.datetime(2027, 6, 30, 8)) == as_moment("2027-06-30T08:00")
    for wrong in (
        datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC),
        datetime.datetime(2027, 1, 1, 8, 0, 30),
        5,
        "30/6/27",
    ):
        with pytest.raises(ArgumentError):
            as_moment(wrong)
