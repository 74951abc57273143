"""Does the course of a year rise along what is usual to what is expected, whatever was seen?"""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.insight.course import courses
from simulator.track import track
from simulator.track.quantities import drawn, fund_groups
from tests.track.years import prior, ten_months_of_2019, told, told_observations

few = settings(max_examples=15)


@few
@given(st.lists(told_observations(), min_size=1, max_size=4))
def test_every_course_rises_from_nothing_to_the_years_end(seen):
    tracked = track(prior(256), seen)
    found = courses(tracked)
    assert {course.pace for course in found} == {pace for pace in tracked.paces if pace.whole}
    for course in found:
        assert course.usual[0] == 0
        assert course.usual[-1] == pytest.approx(1)
        assert all(later >= earlier for earlier, later in itertools.pairwise(course.usual))
        assert course.low <= course.middle <= course.high
        assert course.by_month(course.high)[-1] == pytest.approx(course.high)
        assert course.months[0] == 0 <= course.asked <= course.months[-1]


def test_a_figure_on_the_usual_course_lies_on_the_curve_that_it_implies():
    tracked = track(prior(), ten_months_of_2019())
    for course in courses(tracked):
        for point in course.seen:
            assert point.share == pytest.approx(course.pace.seen_share)
            usual = np.interp(point.month, course.months, course.usual)
            assert usual == pytest.approx(course.pace.usual_share, abs=0.02)


def test_only_funds_and_flows_that_were_seen_have_points_and_the_rest_still_a_course():
    tracked = track(prior(), ten_months_of_2019())
    seen = {course.pace.fund for course in courses(tracked) if course.seen}
    assert seen == {row.quantity.removesuffix("_disbursement") for row in ten_months_of_2019()}


def test_an_earlier_running_total_stays_a_point_though_it_teaches_nothing_more():
    early, late = (told("visitors", value, day=day) for value, day in _two_totals())
    found = {course.pace.name: course for course in courses(track(prior(), [late, early]))}
    assert [point.day for point in found["visitors"].seen] == [early.date, late.date]
    assert found["visitors"].pace.seen == late.value


def _two_totals():
    day = ten_months_of_2019()[0].date
    return ((430.0, day.replace(month=6)), (700.0, day))


def test_before_is_the_priors_median_as_a_part_of_the_whole():
    card = prior()
    groups = fund_groups(card.projection.model)
    for course in courses(track(card, ten_months_of_2019())):
        if course.pace.fund:
            name = f"{course.pace.fund}_disbursement"
            share = np.median(drawn(name, card.projection.values, groups))
        else:
            share = np.median(card.projection.values[course.pace.name]) / course.pace.whole
        assert course.before == pytest.approx(float(share))
