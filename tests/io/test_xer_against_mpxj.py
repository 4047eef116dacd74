"""XER files of ours, read and scheduled by mpxj's own P6 scheduler, against the engine: early and late dates."""

import random
from datetime import datetime

import numpy as np
import pytest

import mpxj_oracle
import mpxj_schedule
from converted import trip
from mpxj_programs import FAMILIES, plan
from rendering import MODELS
from riskmc.io.xer import reader as xer
from riskmc.simulation.recomputation import DATES

PLANS = 8  # of each family


def theirs(found, dates) -> dict[str, list[float]]:
    """Return mpxj's dates in working minutes of each activity's calendar, by code."""
    axis = found.network.axis
    calendars = {task.path.partition(".")[2]: axis.calendars[task.calendar] for task in found.tasks}
    return {
        code: [int(calendars[code].index(int(axis.minute(datetime.fromisoformat(at))))) for at in instants]
        for code, instants in dates.items()
    }


def ours(found) -> dict[str, list[float]]:
    columns = np.transpose([found.computed[field] for field in DATES])
    return {task.path.partition(".")[2]: list(row) for task, row in zip(found.tasks, columns, strict=True)}


def test_random_plans_land_on_the_dates_of_mpxjs_p6_scheduler(tmp_path):
    trips = {
        (family, seed): trip(plan(random.Random(seed), FAMILIES[family]), tmp_path, "xer", f"{number}-{seed}")
        for number, family in enumerate(FAMILIES)
        for seed in range(PLANS)
    }
    told = mpxj_schedule.schedule([found.file for found in trips.values()])
    for (key, found), dates in zip(trips.items(), told, strict=True):
        again = found.again()
        wanted = theirs(again, dates)
        off = {code: np.abs(np.subtract(at, wanted[code])).max() for code, at in ours(again).items()}
        assert max(off.values()) <= 1, (key, off)  # a late start in a break is the minute before it here


@pytest.mark.parametrize("model", [model for model in MODELS if model.parent.name == "tunnel"])
def test_mpxj_reads_the_tunnels_plan_file(model):
    file = model.parent / "plan.xer"
    codes = {path.partition(".")[2] for path in xer.read(file).activities()}
    assert {found["code"] for found in mpxj_oracle.ask(file)} == codes
