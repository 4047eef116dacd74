"""Elements of Primavera P6 XML and their words -> the tables, columns and codes that P6 has for them in XER files.

A column takes the first of its elements that has a text. Both formats hold hours, amounts and dates alike; a percent
complete is a share in XML.
"""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]
Columns = Mapping[str, tuple[str, ...]]

FLAG: Words = {"1": "Y", "0": "N", "true": "Y", "false": "N"}
RESOURCE_TYPES: Words = {"labor": "RT_Labor", "nonlabor": "RT_Equip", "material": "RT_Mat"}
CONSTRAINTS: Words = {
    "start on": "CS_MSO",
    "start on or after": "CS_MSOA",
    "start on or before": "CS_MSOB",
    "finish on": "CS_MEO",
    "finish on or after": "CS_MEOA",
    "finish on or before": "CS_MEOB",
    "mandatory start": "CS_MANDSTART",
    "mandatory finish": "CS_MANDFIN",
    "as late as possible": "CS_ALAP",
}

WORDS: Mapping[str, Words] = {
    "task_type": {
        "task dependent": "TT_Task",
        "resource dependent": "TT_Rsrc",
        "level of effort": "TT_LOE",
        "start milestone": "TT_Mile",
        "finish milestone": "TT_FinMile",
        "wbs summary": "TT_WBS",
    },
    "status_code": {"not started": "TK_NotStart", "in progress": "TK_Active", "completed": "TK_Complete"},
    "duration_type": {
        "fixed units/time": "DT_FixedRate",
        "fixed duration and units/time": "DT_FixedDrtn",
        "fixed units": "DT_FixedQty",
        "fixed duration and units": "DT_FixedDUR2",
    },
    "complete_pct_type": {"physical": "CP_Phys", "duration": "CP_Drtn", "units": "CP_Units", "scope": "CP_Phys"},
    "cstr_type": CONSTRAINTS,
    "cstr_type2": CONSTRAINTS,
    "driving_path_flag": FLAG,
    "pred_type": {
        "finish to start": "PR_FS",
        "start to start": "PR_SS",
        "finish to finish": "PR_FF",
        "start to finish": "PR_SF",
    },
    "rsrc_type": RESOURCE_TYPES,
    "critical_path_type": {"critical float": "CT_TotFloat", "longest path": "CT_DrivPath"},
    "sched_calendar_on_relationship_lag": {
        "predecessor activity calendar": "rcal_Predecessor",
        "successor activity calendar": "rcal_Successor",
        "24 hour calendar": "rcal_24Hour",
        "project default calendar": "rcal_ProjDefault",
    },
    "sched_retained_logic": {"retained logic": "Y", "progress override": "N", "actual dates": "N"},
    "sched_progress_override": {"retained logic": "N", "progress override": "Y", "actual dates": "N"},
    "sched_use_project_end_date_for_float": FLAG,
    "sched_lag_early_start_flag": FLAG,
    "sched_open_critical_flag": FLAG,
    "sched_use_expect_end_flag": FLAG,
    "sched_outer_depend_type": {"1": "SD_None", "0": "SD_Both", "true": "SD_None", "false": "SD_Both"},
    "sched_float_type": {
        "finish float = late finish - early finish": "FT_FF",
        "start float = late start - early start": "FT_SS",
        "smallest of start float and finish float": "FT_Min",
    },
    "enable_multiple_longest_path_calc": FLAG,
    "logical_data_type": {
        "text": "FT_TEXT",
        "double": "FT_FLOAT_2_DECIMALS",
        "integer": "FT_INT",
        "cost": "FT_MONEY",
        "start date": "FT_START_DATE",
        "finish date": "FT_END_DATE",
        "indicator": "FT_STATICTYPE",
        "code": "FT_TEXT",
    },
    "table_name": {
        "activity": "TASK",
        "wbs": "PROJWBS",
        "project": "PROJECT",
        "resource": "RSRC",
        "resource assignment": "TASKRSRC",
        "activity expense": "PROJCOST",
    },
}
"""What a word (in lower case) stands for, by the column that has it."""

OPEN = frozenset(
    ("complete_pct_type", "critical_path_type", "sched_float_type", "logical_data_type", "table_name", "duration_type")
)
"""Columns whose unknown words are read as none: they change no date."""

OPTIONS: Columns = {
    "sched_calendar_on_relationship_lag": ("RelationshipLagCalendar",),
    "sched_retained_logic": ("OutOfSequenceScheduleType",),
    "sched_progress_override": ("OutOfSequenceScheduleType",),
    "sched_use_project_end_date_for_float": ("CalculateFloatBasedOnFinishDate",),
    "sched_lag_early_start_flag": ("StartToStartLagCalculationType",),
    "sched_open_critical_flag": ("MakeOpenEndedActivitiesCritical",),
    "sched_use_expect_end_flag": ("UseExpectedFinishDates",),
    "sched_outer_depend_type": ("IgnoreOtherProjectRelationships",),
    "sched_float_type": ("ComputeTotalFloatType",),
    "enable_multiple_longest_path_calc": ("MultipleFloatPathsEnabled",),
}

ELEMENTS: Mapping[str, tuple[str, Columns]] = {
    "Currency": (
        "CURRTYPE",
        {"curr_id": ("ObjectId",), "curr_short_name": ("Id",), "base_exch_rate": ("ExchangeRate",)},
    ),
    "Calendar": (
        "CALENDAR",
        {
            "clndr_id": ("ObjectId",),
            "clndr_name": ("Name",),
            "base_clndr_id": ("BaseCalendarObjectId",),
            "clndr_type": ("Type",),
            "day_hr_cnt": ("HoursPerDay",),
            "week_hr_cnt": ("HoursPerWeek",),
            "month_hr_cnt": ("HoursPerMonth",),
            "year_hr_cnt": ("HoursPerYear",),
        },
    ),
    "Resource": (
        "RSRC",
        {
            "rsrc_id": ("ObjectId",),
            "rsrc_short_name": ("Id",),
            "rsrc_name": ("Name",),
            "clndr_id": ("CalendarObjectId",),
            "parent_rsrc_id": ("ParentObjectId",),
            "rsrc_type": ("ResourceType",),
            "guid": ("GUID",),
        },
    ),
    "ResourceRate": (
        "RSRCRATE",
        {
            "rsrc_id": ("ResourceObjectId",),
            "start_date": ("EffectiveDate",),
            "max_qty_per_hr": ("MaxUnitsPerTime",),
            "cost_per_qty": ("PricePerUnit",),
        },
    ),
    "ActivityCodeType": ("ACTVTYPE", {"actv_code_type_id": ("ObjectId",), "actv_code_type": ("Name",)}),
    "ActivityCode": (
        "ACTVCODE",
        {
            "actv_code_id": ("ObjectId",),
            "actv_code_type_id": ("CodeTypeObjectId",),
            "short_name": ("CodeValue",),
            "actv_code_name": ("Description",),
            "parent_actv_code_id": ("ParentObjectId",),
        },
    ),
    "UDFType": (
        "UDFTYPE",
        {
            "udf_type_id": ("ObjectId",),
            "table_name": ("SubjectArea",),
            "udf_type_label": ("Title",),
            "udf_type_name": ("Title",),
            "logical_data_type": ("DataType",),
        },
    ),
    "WBS": (
        "PROJWBS",
        {
            "wbs_id": ("ObjectId",),
            "parent_wbs_id": ("ParentObjectId",),
            "wbs_short_name": ("Code",),
            "wbs_name": ("Name",),
            "guid": ("GUID",),
        },
    ),
    "Activity": (
        "TASK",
        {
            "task_id": ("ObjectId",),
            "wbs_id": ("WBSObjectId",),
            "clndr_id": ("CalendarObjectId",),
            "task_type": ("Type",),
            "duration_type": ("DurationType",),
            "status_code": ("Status",),
            "complete_pct_type": ("PercentCompleteType",),
            "task_code": ("Id",),
            "task_name": ("Name",),
            "guid": ("GUID",),
            "rsrc_id": ("PrimaryResourceObjectId",),
            "target_drtn_hr_cnt": ("PlannedDuration",),
            "remain_drtn_hr_cnt": ("RemainingDuration",),
            "total_float_hr_cnt": ("TotalFloat",),
            "free_float_hr_cnt": ("FreeFloat",),
            "cstr_type": ("PrimaryConstraintType",),
            "cstr_date": ("PrimaryConstraintDate",),
            "cstr_type2": ("SecondaryConstraintType",),
            "cstr_date2": ("SecondaryConstraintDate",),
            "act_start_date": ("ActualStartDate",),
            "act_end_date": ("ActualFinishDate",),
            "early_start_date": ("EarlyStartDate", "RemainingEarlyStartDate"),
            "early_end_date": ("EarlyFinishDate", "RemainingEarlyFinishDate"),
            "late_start_date": ("LateStartDate", "RemainingLateStartDate"),
            "late_end_date": ("LateFinishDate", "RemainingLateFinishDate"),
            "restart_date": ("RemainingEarlyStartDate",),
            "reend_date": ("RemainingEarlyFinishDate",),
            "rem_late_start_date": ("RemainingLateStartDate",),
            "rem_late_end_date": ("RemainingLateFinishDate",),
            "target_start_date": ("PlannedStartDate",),
            "target_end_date": ("PlannedFinishDate",),
            "expect_end_date": ("ExpectedFinishDate",),
            "suspend_date": ("SuspendDate",),
            "resume_date": ("ResumeDate",),
            "external_early_start_date": ("ExternalEarlyStartDate",),
            "external_late_end_date": ("ExternalLateFinishDate",),
            "driving_path_flag": ("IsLongestPath",),
            "phys_complete_pct": ("PhysicalPercentComplete",),
            "act_work_qty": ("ActualLaborUnits",),
            "act_equip_qty": ("ActualNonLaborUnits",),
            "remain_work_qty": ("RemainingLaborUnits",),
            "remain_equip_qty": ("RemainingNonLaborUnits",),
        },
    ),
    "Relationship": (
        "TASKPRED",
        {
            "task_pred_id": ("ObjectId",),
            "task_id": ("SuccessorActivityObjectId",),
            "pred_task_id": ("PredecessorActivityObjectId",),
            "pred_proj_id": ("PredecessorProjectObjectId",),
            "pred_type": ("Type",),
            "lag_hr_cnt": ("Lag",),
        },
    ),
    "ResourceAssignment": (
        "TASKRSRC",
        {
            "taskrsrc_id": ("ObjectId",),
            "task_id": ("ActivityObjectId",),
            "rsrc_id": ("ResourceObjectId",),
            "rsrc_type": ("ResourceType",),
            "target_qty_per_hr": ("PlannedUnitsPerTime",),
            "target_qty": ("PlannedUnits",),
            "remain_qty": ("RemainingUnits",),
            "remain_cost": ("RemainingCost",),
            "target_cost": ("PlannedCost",),
            "act_reg_cost": ("ActualRegularCost",),
            "act_ot_cost": ("ActualOvertimeCost",),
            "act_cost": ("ActualCost",),
        },
    ),
    "ActivityExpense": (
        "PROJCOST",
        {
            "task_id": ("ActivityObjectId",),
            "cost_name": ("ExpenseItem",),
            "act_cost": ("ActualCost",),
            "remain_cost": ("RemainingCost",),
            "target_cost": ("PlannedCost",),
        },
    ),
    "ScheduleOptions": ("SCHEDOPTIONS", OPTIONS),
    "Project": (
        "PROJECT",
        {
            "proj_id": ("ObjectId",),
            "proj_short_name": ("Id",),
            "clndr_id": ("ActivityDefaultCalendarObjectId",),
            "last_recalc_date": ("DataDate",),
            "plan_start_date": ("PlannedStartDate", "StartDate"),
            "plan_end_date": ("MustFinishByDate",),
            "critical_path_type": ("CriticalActivityPathType",),
            "critical_drtn_hr_cnt": ("CriticalActivityFloatLimit", "CriticalActivityFloatThreshold"),
            "guid": ("GUID",),
        },
    ),
}
"""The table that takes the rows of an element, and from which of its children each column comes."""

TABLES: Mapping[str, str] = {table: element for element, (table, _) in ELEMENTS.items()}


def element_of(table: str, column: str) -> str:
    """Return the name of the child from which a column of a table comes; the column itself where it is unknown."""
    columns = ELEMENTS[TABLES[table]][1] if table in TABLES else {}
    return columns[column][0] if column in columns else column
