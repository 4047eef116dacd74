"""Primavera P6 files that cannot be read as a program: file, line, what was expected; never a traceback."""

import pytest

from riskmc.errors import InputError
from riskmc.io.xer import reader as xer
from xer_plans import DATA


def refusal(tmp_path, content: str) -> list[str]:
    file = tmp_path / "plan.xer"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        xer.read(file)
    return [str(problem).removeprefix(f"{file}") for problem in raised.value.problems]


def changed(old: str, new: str, name: str = "plain") -> str:
    text = (DATA / f"{name}.xer").read_bytes().decode().replace("\r\n", "\n")
    assert old in text
    return text.replace(old, new)


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read: No such file"):
        xer.read(tmp_path / "absent.xer")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        xer.read(tmp_path)


def test_a_file_without_activities_is_refused(tmp_path):
    [problem] = refusal(tmp_path, "ERMHDR\t8.4\n%T\tPROJECT\n%F\tproj_id\n%R\t1\n%E\n")
    assert problem == ": no activities: expected a TASK table with at least one activity, found no TASK table"


def test_a_truncated_file_is_refused(tmp_path):
    [problem] = refusal(tmp_path, changed("%E", "")[:2000])
    assert "is truncated" in problem


@pytest.mark.parametrize(
    "old, new, message",
    [
        (
            "\tPR_SS\t20.5",
            "\tPR_XX\t20.5",
            "TASKPRED pred_type: expected one of PR_FS, PR_SS, PR_FF, PR_SF, found 'PR_XX'",
        ),
        ("\tPR_SS\t20.5", "\tPR_SS\ttwo", "TASKPRED lag_hr_cnt: expected a number, found 'two'"),
        (
            "2027-01-04 00:00\t2027-01-04 08:00",
            "someday\t2027-01-04 08:00",
            "expected a date like 2027-01-04 08:00, found 'someday'",
        ),
        (
            "\tTK_NotStart\tC\tWork C\t20.5",
            "\tTK_NotStart\tC\tWork C\t-8",
            "TASK C remain_drtn_hr_cnt: expected hours of 0 or more, found -8",
        ),
        (
            "\tTT_Rsrc\t",
            "\tTT_Odd\t",
            "TASK NIGHT task_type: expected one of TT_Task, TT_Rsrc, TT_Mile, TT_FinMile, TT_LOE, found 'TT_Odd'",
        ),
        (
            "TK_NotStart\tD\t",
            "TK_Odd\tD\t",
            "TASK D status_code: expected one of TK_NotStart, TK_Active, TK_Complete, found 'TK_Odd'",
        ),
        ("%R\t2\t10\t101\t1", "%R\t1\t10\t101\t1", "TASK B task_id: expected a new number, found 1 again"),
    ],
)
def test_fields_that_make_no_sense_are_refused_at_their_line(tmp_path, old, new, message):
    [problem] = refusal(tmp_path, changed(old, new))
    assert message in problem
    assert problem.split(":")[1].isdecimal()


def test_a_constraint_that_p6_does_not_have_is_refused(tmp_path):
    [problem] = refusal(tmp_path, changed("CS_MSOB", "CS_ODD", "constraints").replace("CS_ODD\tWork", "OK\tWork"))
    assert "cstr_type: expected one of CS_MSO" in problem


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    text = changed("\tPR_SS\t20.5", "\tPR_XX\t20.5").replace("\tTT_Rsrc\t", "\tTT_Odd\t")
    assert len(refusal(tmp_path, text)) == 2


def test_a_plan_without_any_date_to_start_from_is_refused(tmp_path):
    task = "%T\tTASK\n%F\ttask_id\tproj_id\ttask_type\tstatus_code\ttask_code\n%R\t1\t1\tTT_Task\tTK_NotStart\tA\n"
    text = f"ERMHDR\n{task}%E\n"
    assert refusal(tmp_path, text) == [
        ": PROJECT: expected a planned start (plan_start_date) or a data date (last_recalc_date), found none"
    ]


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.xer")))
def test_a_plan_cut_anywhere_is_refused_and_never_fails_otherwise(tmp_path, name):
    content = (DATA / f"{name}.xer").read_bytes()
    for length in range(0, len(content) - 4, 97):
        (tmp_path / "cut.xer").write_bytes(content[:length])
        with pytest.raises(InputError):
            xer.read(tmp_path / "cut.xer")
