"""Costs, resources and currency of Primavera P6 plans, on a small plan written by hand."""

from xer_plans import activities, plan


def money(code):
    activity = activities("costs", "MONEY")[code]
    fixed, per_day = activity.cost.fixed, activity.cost.per_day
    return fixed.plan.value if fixed else 0, per_day.value if per_day else 0


def test_fixed_units_make_a_fixed_cost_with_materials_and_expenses():
    assert money("FIXED") == (4000 + 1000 + 250, 0)


def test_fixed_units_per_time_make_a_cost_per_day_beside_fixed_materials():
    assert money("RATE") == (1000, (4000 + 3600) / 5)


def test_level_of_effort_costs_by_the_day():
    assert money("LOE") == (0, 200)


def test_a_started_activity_has_actual_cost_and_what_is_still_to_spend():
    half = activities("costs", "MONEY")["HALF"]
    assert half.progress.actual_cost.value == 3000 + 500 + 100
    assert money("HALF") == (300 * 2, 5000 / 5)


def test_a_complete_activity_costs_what_was_spent():
    done = activities("costs", "MONEY")["DONE"]
    assert (done.progress.actual_cost.value, done.cost) == (4100.5, None)


def test_a_milestone_has_no_days_so_all_its_cost_is_fixed():
    assert money("MILE") == (300, 0)


def test_labour_and_equipment_in_use_are_resources_with_their_latest_limit():
    resources = plan("costs")[0].resources
    assert [(name, found.name, found.capacity, found.calendar) for name, found in resources.items()] == [
        ("CR", "Crane", 1, "Office"),
        ("CREW", "Crew", 6, "Office"),
    ]


def test_activities_say_what_they_use_per_hour():
    assert activities("costs", "MONEY")["RATE"].uses == {"CREW": 2.5, "CR": 1}


def test_money_is_in_the_base_currency():
    assert plan("plain")[0].currency == "EUR"


def test_money_spent_on_work_that_has_not_started_is_part_of_its_cost():
    assert activities("ahead", "AHEAD")["START"].cost.fixed.plan.value == 400 + 500
