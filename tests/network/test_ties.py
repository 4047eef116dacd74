"""Links into and out of work that has begun: from which instant their lags count."""

import pytest

import riskmc as rm

FINISHED = {"started": "2027-01-02 10:00", "finished": "2027-01-02 12:00"}
BEGUN = {"started": "2027-01-02 10:00", "remaining": "30d"}


@pytest.mark.parametrize(
    ("progress", "lag_from"), [(FINISHED, "early_start"), (FINISHED, "actual_start"), (BEGUN, "actual_start")]
)
def test_a_lag_from_an_actual_start_counts_from_that_instant_whoever_works_then(progress, lag_from):
    """Begun on Saturday 2 January at 10:00: 50 hours later it is Monday 12:00, and an hour's work ends at 13:00."""
    dig = {"duration": "1d", "progress": progress}
    pour = {"duration": "1h", "calendar": "24h", "after": "dig SS+50eh"}
    program = rm.Program(
        program="Pier",
        start="2027-01-01",
        data_date="2027-01-03",
        projects={"p": {"lag_from": lag_from, "activities": {"dig": dig, "pour": pour}}},
        finish="p.pour",
    )
    finish = rm.simulate(program, 1).finish().quantile(0.5)
    assert f"{finish:%a %H:%M}" == "Mon 13:00"
