"""P6 clndr_data -> working hours, with every quirk met in real files."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmc.io.xer.calendar import working_hours

DAY = (480, 960)


def data(days: str = "", exceptions: str = "", root: str = "CalendarData") -> str:
    return f"(0||{root}()((0||DaysOfWeek()({days}))(0||VIEW(ShowTotal|N)())(0||Exceptions()({exceptions}))))"


def monday(parameters: str) -> str:
    return data(f"(0||1()())(0||2()((0||0({parameters})())))")


def shifts(parameters: str):
    return working_hours(monday(parameters)).week["mon"]


def test_the_first_day_of_the_week_is_sunday():
    everyday = "".join(f"(0||{day}()((0||0(s|0{day}:00|f|16:00)())))" for day in range(1, 8))
    week = working_hours(data(everyday)).week
    assert [week[day][0][0] // 60 for day in ("sun", "mon", "tue", "wed", "thu", "fri", "sat")] == [1, 2, 3, 4, 5, 6, 7]


def test_a_day_without_shifts_is_off():
    assert working_hours(monday("s|08:00|f|16:00")).week == {"sun": (), "mon": (DAY,)}


def test_start_and_finish_come_in_either_order():
    assert shifts("s|08:00|f|16:00") == shifts("f|16:00|s|08:00") == (DAY,)


def test_midnight_to_midnight_is_the_whole_day():
    assert shifts("s|00:00|f|00:00") == ((0, 1440),)


def test_a_finish_at_midnight_is_the_end_of_the_day():
    assert shifts("s|16:00|f|00:00") == ((960, 1440),)


def test_a_finish_before_the_start_is_on_the_next_day():
    assert shifts("s|22:00|f|06:00") == ((1320, 1800),)


def test_clocks_with_morning_and_afternoon_are_read():
    assert shifts("s|8:00 AM|f|4:00 PM") == (DAY,)


def test_a_root_without_a_name_is_read():
    text = data("(0||2()((0||0(s|08:00|f|16:00)())))", root="")
    assert working_hours(text).week == {"mon": (DAY,)}


def test_delete_characters_and_blanks_may_separate_the_parts():
    plain = monday("s|08:00|f|16:00")
    for filler in ("\x7f\x7f", "    ", "\x7f\x7f      ", "\n"):
        assert working_hours(plain.replace("(0||", f"{filler}(0||")) == working_hours(plain)


def test_shifts_that_touch_are_one_and_their_order_does_not_matter():
    text = data("(0||2()((0||0(s|13:00|f|17:00)())(0||1(s|10:00|f|12:00)())(0||2(s|08:00|f|10:00)())))")
    assert working_hours(text).week["mon"] == ((480, 720), (780, 1020))


def test_exception_days_are_spreadsheet_serials_and_a_holiday_where_empty():
    text = data("(0||2()())", "(0||0(d|46389)())(0||1(d|46396)((0||0(s|08:00|f|16:00)())))")
    assert working_hours(text).exceptions == {date(2027, 1, 2): (), date(2027, 1, 9): (DAY,)}


def test_exception_days_in_a_row_with_the_same_hours_become_one_range():
    text = data("(0||2()())", "(0||0(d|46391)())(0||1(d|46389)())(0||2(d|46390)())(0||3(d|46400)())")
    ranges = [(first.day, last.day) for first, last, _ in working_hours(text).exception_ranges()]
    assert ranges == [(2, 4), (13, 13)]


def test_an_exception_with_an_impossible_date_is_passed_over():
    assert working_hours(data("(0||2()())", "(0||0(d|99999999)())(0||1(d|x)())(0||2()())")).exceptions == {}


def test_data_that_names_no_day_is_no_calendar():
    assert [working_hours(text) for text in ("", "(0||CalendarData()(", "nonsense", data())] == [None] * 4


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="(0||123sfd|:)A \x7f", max_size=80))
def test_no_text_whatever_makes_the_reading_fail(text):
    working_hours(text)
    working_hours(data(text, text))
