"""The sheets of a workbook, word by word: Program, Projects, Activities, Links, Calendars, Risks and all the others."""

from __future__ import annotations

from riskmc.io.workbook.layout import EACH, Column, Form, Key, Layout, column

_ID = Key("ID", ("Identifier", "Code", "Key"))
_PROJECT = Key("Project", ("Project ID", "Project name"))
_NAME = column("name", "prose", "Title", "Description", "Display name")
_ITEM = ()

PROGRAM = Layout(
    "Program",
    (),
    (
        column("riskmc", "number", "Format"),
        column("program", "prose", "Program name", "Name", "Title"),
        column("start", "date", "Program start"),
        column("data_date", "date", "Status date"),
        column("currency"),
        column("calendar", "text", "Default calendar"),
        column("finish", "text", "The finish"),
        column("plan", "text", "Plan file"),
        column("elicited_as"),
        column("confidence.expect"),
        column("confidence.commit"),
        column("cost_of_delay"),
        column("management_reserve", "money"),
        column("lag_calendar"),
        column("out_of_sequence"),
        column("fiscal_year_starts"),
        column("register", "text", "Risk register"),
        column("scales"),
        column("discount_rate.real", "share"),
        column("discount_rate.nominal", "share"),
        column("payments.lag", "days"),
        column("payments.retention", "share"),
        column("payments.advance", "share"),
    ),
    ("General", "Settings", "Programme"),
)

_CONSTRAINTS = tuple(
    column(word, "date")
    for word in (
        "finish_no_earlier_than", "start_no_later_than", "finish_no_later_than", "start_on", "finish_on",
        "mandatory_start", "mandatory_finish",
    )
)  # fmt: skip
ACTIVITY = (
    column("name", "prose", "Task name", "Task", "Activity name", "Activity", "Description", "Title"),
    column("duration.plan", "days", "Planned duration", "Plan", heading="Duration"),
    column("duration.range", "text", "Range", heading="Duration range"),
    Column("Low", ("~low",), "point", ("Minimum", "Min", "Optimistic", "Minimum duration", "Best case")),
    Column("Most likely", ("~mode",), "point", ("Likely", "Mode", "Most likely duration", "Expected case")),
    Column("High", ("~high",), "point", ("Maximum", "Max", "Pessimistic", "Maximum duration", "Worst case")),
    Column("Distribution", ("~family",), "point", ("Shape", "Family")),
    Column("Predecessors", ("after",), "links", ("After", "Predecessor", "Depends on")),
    column("calendar", "text", "Task calendar"),
    column("cost.fixed.plan", "money", "Fixed cost", "Budget", heading="Cost"),
    column("cost.fixed.range", "text", heading="Cost range"),
    column("cost.per_day", "money", "Daily cost", heading="Cost per day"),
    column("cost.escalation", "text", heading="Cost escalation"),
    column("wbs", "text", "WBS code"),
    column("tags", "names", "Tag"),
    column("milestone", "flag"),
    column("margin", "flag", "Schedule margin", "Buffer"),
    column("level_of_effort", "flag"),
    column("level_of_effort.from", "names"),
    column("level_of_effort.to", "names"),
    column("start_no_earlier_than.date", "date", heading="Start no earlier than"),
    column("start_no_earlier_than.slip", "text", heading="Start no earlier than, slip"),
    *_CONSTRAINTS,
    column("as_late_as_possible", "flag"),
    column("elicited_as"),
    column("spend"),
    column("progress.started", "date", "Actual start", heading="Started"),
    column("progress.finished", "date", "Actual finish", heading="Finished"),
    column("progress.remaining", "days", "Remaining duration", heading="Remaining"),
    column("progress.actual_cost", "money", heading="Actual cost"),
    column("progress.percent", "share", "% complete", "Physical % complete", heading="Percent complete"),
    column("exists", "share", "Probability of existence"),
    column("when", "text", "Condition"),
    column("uses", "pairs", "Resources", "Resource names", "Resource"),
    column("quality_gate.fail", "share"),
    column("quality_gate.redo"),
    column("quality_gate.at_most", "number"),
    column("unscheduled", "flag"),
    column("guid", "text", "Unique ID"),
)
_LINK = (
    column("activity", "text", "From", "Before", heading="Predecessor"),
    column("type", "text", "Link type", "Relationship"),
    column("lag", "days", "Lag time"),
    column("lag_calendar"),
)
_ACTS = tuple(column(word, "text") for word in ("duration", "cost", "cost_per_day", "cost_total"))
_AIM = (column("on", "names", "Activities", "Applies to"), column("except", "names"))
_CALENDAR_ID = Key("Calendar", ("Calendar ID", "Calendar name"))
_RESPONSE = Key("Response", ("Response ID", "Measure"))
_RISK = Key("Risk", ("Risk ID",))
_SCENARIO = Key("Scenario", ("Scenario ID",))
_RULED = (column("use", "text", "Template"), column("sizes"), column("elicited_as"))

SHEETS = Form((
    Layout("Projects", ("projects", _ID), (
        _NAME,
        column("start", "date"),
        column("data_date", "date", "Status date"),
        column("calendar"),
        column("must_finish_by", "date"),
        column("lag_calendar"),
        column("out_of_sequence"),
        column("float_to"),
    )),
    Layout("Activities", ("projects", _PROJECT, "activities", Key("ID", (
        "Identifier", "Activity ID", "Task ID", "Key",
    ))), ACTIVITY, ("Tasks", "Schedule", "Activity"), coded=True),
    Layout("Links", ("projects", _PROJECT, "activities", Key("Successor", ("To", "Activity")), "after", EACH), _LINK,
           ("Relationships", "Dependencies", "Logic")),
    Layout("Calendars", ("calendars", _ID), (
        column("based_on", "text", "Base calendar"),
        column("holidays"),
        *(Column(name, ("week", name.lower()), "text", (full,)) for name, full in (
            ("Mon", "Monday"), ("Tue", "Tuesday"), ("Wed", "Wednesday"), ("Thu", "Thursday"), ("Fri", "Friday"),
            ("Sat", "Saturday"), ("Sun", "Sunday"))),
        column("hours_per_day", "number"),
        column("hours_per_week", "number"),
        column("hours_per_month", "number"),
        column("weather_allowance", "names"),
    )),
    Layout("Calendar exceptions", ("calendars", _CALENDAR_ID, "exceptions", EACH), (
        column("first", "date", "Date", "From", "Start", heading="First day"),
        column("last", "date", "To", "Finish", heading="Last day"),
        column("shifts", "text", "Hours", heading="Working time"),
    ), ("Exceptions",)),
    Layout("Holidays", ("calendars", _CALENDAR_ID, "holiday_dates", EACH),
           (Column("Date", _ITEM, "date", ("Holiday", "Day")),)),
    Layout("Weather", ("calendars", _CALENDAR_ID, "weather", Key("Month")), (
        column("lost", "share", "Days lost"), column("persistence", "share"), column("leaves", "share"),
    )),
    Layout("Choices", ("choices", Key("Choice"), Key("Outcome")),
           (Column("Probability", _ITEM, "share", ("Chance",)),)),
    Layout("Resources", ("resources", _ID), (
        _NAME, column("capacity", "number", "Max units", "Units"), column("cost", "text", "Rate"), column("calendar"),
        column("from_plan", "flag"),
    )),
    Layout("Costs", ("costs", _ID), (
        _NAME,
        column("fixed.plan", "money", "Amount", "Cost", heading="Fixed"),
        column("fixed.range", "text", heading="Fixed range"),
        column("per_day", "money"),
        column("span.from", "names", heading="From"),
        column("span.to", "names", heading="To"),
        column("project"),
        column("spend"),
        column("escalation"),
        column("cbs"),
        column("contingency", "flag"),
    )),
    Layout("Targets", ("targets", EACH), (
        column("name", "prose", "Target", "Title"), column("at", "text", "Activity", "Milestone"),
        column("finish", "date", "Date"), column("cost", "money", "Budget"), column("joint", "share", "Confidence"),
    )),
    Layout("Templates", ("templates", _ID), (column("duration"), column("cost"), column("elicited_as"))),
    Layout("Ranges", ("ranges", EACH),
           (*_AIM, column("duration"), column("cost"), *_RULED, column("id"), column("csv"))),
    Layout("Drivers", ("drivers", _ID), (_NAME, *_AIM, *_ACTS)),
    Layout("Correlations", ("correlations", EACH), (
        column("group", "names"),
        Column("First of pair", ("pair", 0)),
        Column("Second of pair", ("pair", 1)),
        column("duration", "number"), column("cost", "number"), column("occurrence", "number"),
    )),
    Layout("Risks", ("risks", _ID), (
        _NAME,
        *(column(word, "prose") for word in ("cause", "event", "effect")),
        column("owner", "prose"), column("category", "prose"), column("status"),
        column("probability", "share"), column("given", "pairs"), column("parallel_group"),
        column("arrivals.rate", "text", heading="Arrivals"),
        column("arrivals.while", "text", heading="Arrivals while"),
        column("arrivals.at_most", "number", heading="Arrivals at most"),
    ), ("Risk register",)),
    Layout("Impacts", ("risks", _RISK, "impacts", EACH), (
        column("id"), *_AIM, *_ACTS, column("spread"), column("own_size", "flag"), column("calendars", "names"),
        column("lost"),
    ), ("Risk impacts",)),
    Layout("Responses", ("responses", _ID), (
        _NAME, column("status"), column("cost", "money"), column("works", "share"),
        column("secondary", "names", "Secondary risks"),
    ), ("Measures", "Mitigations")),
    Layout("Response effects", ("responses", _RESPONSE, "acts_on", _RISK), (
        column("probability", "share"), column("given", "pairs"), column("duration"), column("cost"),
    )),
    Layout("Response activities", ("responses", _RESPONSE, "activities", _ID),
           (*ACTIVITY, column("before", "links", "Successors")), coded=True),
    Layout("Scenarios", ("scenarios", _ID), (
        _NAME, column("remove", "names"), column("add_cost", "money"), column("approve", "names"),
        column("withdraw", "names"),
    )),
    Layout("Scenario changes", ("scenarios", _SCENARIO, "set", Key("Path", ("Word", "What"))),
           (Column("Value", _ITEM, "any", ("New value",)),)),
    Layout("Benefits", ("benefits", EACH), (column("at"), column("per_year", "money"), column("for"))),
    Layout("Escalation", ("escalation", _ID), (
        column("rate", "share"), column("years"), column("from", "number", "From year"),
    )),
    Layout("Funding", ("funding", Key("Year", ("Fiscal year",))), (Column("Amount", _ITEM, "money", ("Money",)),)),
    Layout("Renamed", ("renamed", Key("Old", ("Old name", "From"))),
           (Column("New", _ITEM, "text", ("New name", "To")),)),
    *(Layout(name, (word, EACH), (Column("Text", _ITEM, "prose", (name.rstrip("s"), name)),)) for name, word in (
        ("Assumptions", "assumptions"), ("Not in the model", "not_in_the_model"), ("Notes", "notes"))),
))  # fmt: skip

OTHER = Layout("Other words", (), (Column("Path", ("path",)), Column("Value", ("value",))))
UNREAD = ("read me", "readme", "help", "explanations", "sheets and columns")
