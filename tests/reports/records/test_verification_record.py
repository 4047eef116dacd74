"""The record of a verification: counts by field and every difference, in the same bytes for the same plan."""

import json
import re
from pathlib import Path

from riskmc.reports import compose_verification, dumps_verification
from stored_plans import CHAIN, at, chain, verified

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "verify.md"
LATER = {"early_start_date": at("13 08:00"), "early_end_date": at("15 17:00")}


def record(folder, **wrong):
    return compose_verification(verified(folder, chain(**wrong), CHAIN))


def keys(value, path=""):
    """Yield every key of a record, ``differences[].stored``."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from keys(item, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for item in value:
            yield from keys(item, f"{path}[]")
    else:
        yield path


def test_the_counts_stand_by_field(tmp_path):
    found = record(tmp_path, B=LATER)
    assert (found["activities"], found["compared"], found["matched"]) == (3, 3, 2)
    assert found["fields"]["early_start"] == {"matched": 2, "compared": 3}
    assert found["fields"]["total_float"] == {"matched": 3, "compared": 3}
    assert list(found["fields"]) == ["early_start", "early_finish", "late_start", "late_finish", "total_float"]
    assert found["driving"] == {"matched": 3, "compared": 3}


def test_dates_are_iso_float_is_in_working_hours_and_a_path_is_yes_or_no(tmp_path):
    wrong = {"late_end_date": at("14 17:00"), "total_float_hr_cnt": "8", "driving_path_flag": "N"}
    found = {one["field"]: one for one in record(tmp_path, B=wrong)["differences"]}
    late, slack, path = found["late_finish"], found["total_float"], found["driving"]
    assert (late["stored"], late["computed"], late["unit"]) == ("2027-01-14T17:00", "2027-01-13T17:00", "date")
    assert (slack["stored"], slack["computed"], slack["unit"]) == (8.0, 0.0, "working hours")
    assert (path["stored"], path["computed"], path["unit"]) == (False, True, "on the driving path")
    assert (late["off_working_days"], path["off_working_days"]) == (1.0, None)


def test_delays_stand_by_activity_and_in_all(tmp_path):
    found = record(tmp_path, B=LATER)
    assert found["delays"] == [{"activity": "PLAN.B", "working_days": 2.0, "stated_elapsed_days": 0.0}]
    assert found["delay_days"] == 2.0


def test_the_text_is_the_record_and_the_same_for_the_same_plan(tmp_path):
    first, second = (dumps_verification(verified(tmp_path, chain(B=LATER))) for _ in range(2))
    assert first == second
    assert json.loads(first) == record(tmp_path, B=LATER)


def test_the_guide_explains_every_key_and_invents_none(tmp_path):
    explained = set(re.findall(r"^\| `([^`]+)` \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
    found = set(keys(record(tmp_path, B=LATER)))
    counts = {key for key in found if key.startswith("fields.")}
    assert {f"fields.{{field}}.{word}" for word in ("matched", "compared")} <= explained
    assert found - counts == {key for key in explained if not key.startswith("fields.")}
