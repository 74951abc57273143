"""Is every text and attribute escaped, whatever it is?"""

from hypothesis import given
from hypothesis import strategies as st

from simulator.cockpit.markup import Markup, join, tag
from tests.cockpit.pages import parsed
from tests.cockpit.sessions import HOSTILE

legible = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


@given(legible, legible)
def test_an_element_says_and_carries_exactly_its_text(text, value):
    (element,) = parsed(tag("p", text, title=value, data_name=value))
    assert element.text == (text or None)
    assert element.attrib == {"title": value, "data-name": value}
    assert len(element) == 0


@given(st.lists(legible | st.none(), max_size=4))
def test_children_stand_one_after_the_other_and_none_is_left_out(texts):
    assert "".join(parsed(join(texts)).itertext()) == "".join(text or "" for text in texts)


@given(legible)
def test_markup_is_not_escaped_twice_and_text_is_escaped_once(text):
    inner = tag("b", text)
    assert tag("p", inner) == f"<p>{inner}</p>"
    assert "".join(parsed(tag("p", inner)).itertext()) == text


def test_what_is_joined_is_markup_but_what_is_added_is_plain_text_again():
    assert isinstance(join((tag("b"), "a")), Markup)
    assert not isinstance(tag("b") + "a", Markup)
    assert parsed(tag("p", f"{tag('b')} & c"))[0].text == "<b></b> & c"


def test_attributes_that_are_none_or_false_are_left_out_and_underscores_drop():
    assert tag("i", hidden=None, open=False, class_="a", aria_label="b") == (
        '<i class="a" aria-label="b"></i>'
    )


def test_nothing_breaks_out():
    html = tag("p", HOSTILE, title=HOSTILE)
    (element,) = parsed(html)
    assert len(element) == 0
    assert set(element.attrib) == {"title"}
