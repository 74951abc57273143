"""May anybody edit who should not? Every fact that says others reach the server needs a sign-in."""

import re
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from simulator.cli import app
from simulator.cockpit import signing_in
from simulator.cockpit.signing_in import (
    NAMING_HEADERS,
    Facts,
    Visitor,
    advice,
    beyond_loopback,
    button_text,
    decide,
    hosts_named,
    is_loopback,
    provider_of,
)
from simulator.language import texts

HOME = Facts("127.0.0.1", "", ("localhost:8501",), False, False, "", None, None, "lan")
LOOPBACK = ("localhost", "LOCALHOST:8501", "127.0.0.1", "127.8.9.1:80", "[::1]:8501", "::1")
ELSEWHERE = (
    *("", "0.0.0.0", "::", "192.168.1.7", "plan.dienbien.gov.vn", "localhost.evil.org"),
    *(
        "127.0.0.1.evil.org",
        "evil.org:8501",
        "unix:///run/plan.sock",
        "null",
        "[::2]:80",
        "unknown",
    ),
    *("localhost@evil.org", "2130706433", "::ffff:10.0.0.1"),
)
EMAILS = ("lan@example.org", "Lan@Example.org", "hoa@example.org", "", "lan@example.org ", "lan")
loopbacks = st.sampled_from(LOOPBACK)
elsewheres = st.sampled_from(ELSEWHERE) | st.text(max_size=12).filter(lambda t: not is_loopback(t))
hosts = loopbacks | elsewheres


def facts() -> st.SearchStrategy[Facts]:
    return st.builds(
        Facts,
        address=hosts,
        base_path=st.sampled_from(["", "/", "plan", "/plan/"]),
        hosts=st.lists(hosts, max_size=3).map(tuple),
        can_sign_in=st.booleans(),
        signed_in=st.booleans(),
        email=st.sampled_from(EMAILS),
        email_verified=st.sampled_from([None, True, False, "true", "false", "False", 0, ""]),
        editors=st.none() | st.frozensets(st.sampled_from(["lan@example.org", "an@example.org"])),
        account=st.just("root"),
    )


def says_elsewhere(told: Facts) -> bool:
    named = (told.address, *told.hosts)
    return any(host not in LOOPBACK for host in named) or "plan" in told.base_path


@given(facts())
@example(replace(HOME, address=""))
@example(replace(HOME, hosts=("127.0.0.1:8501", "plan.dienbien.gov.vn")))
def test_beyond_this_machine_only_who_is_listed_and_verified_may_edit(told: Facts) -> None:
    assume(says_elsewhere(told))
    who = decide(told)
    assert who.must_sign_in
    if who.may_edit:
        assert told.signed_in
        assert told.email_verified in (None, True, "true")
        assert told.editors is not None
        assert told.email.lower() in told.editors
        assert who.name == told.email


@given(facts())
def test_who_is_listed_may_edit_wherever_the_server_is(told: Facts) -> None:
    signed = replace(
        told,
        signed_in=True,
        email="LAN@example.org",
        email_verified=True,
        editors=frozenset({"lan@example.org"}),
    )
    assert decide(signed).may_edit


@given(facts())
def test_a_list_that_is_kept_holds_on_this_machine_too(told: Facts) -> None:
    assume(told.editors is not None)
    assert decide(told).must_sign_in
    assert not decide(replace(told, signed_in=False)).may_edit


@given(facts(), elsewheres)
def test_one_more_host_never_lets_anybody_edit(told: Facts, host: str) -> None:
    more = replace(told, hosts=(*told.hosts, host))
    assert beyond_loopback(more)
    if decide(more).may_edit:
        assert decide(told).may_edit


def test_on_this_machine_its_user_edits_without_a_sign_in() -> None:
    assert decide(HOME) == Visitor("lan", True, False, False)
    assert decide(replace(HOME, signed_in=True, email="x@example.org")).name == "lan"


@pytest.mark.parametrize("host", LOOPBACK)
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ELSEWHERE)
def test_nothing_else_passes_for_this_machine(host: str) -> None:
    assert not is_loopback(host)


@given(st.sampled_from(NAMING_HEADERS), elsewheres.filter(lambda t: not re.search(r'[,;"=]', t)))
def test_every_header_that_names_a_host_is_heard(header: str, host: str) -> None:
    assume(host.strip() and "://" not in host)
    shown = f'proto=https;for="{host}"' if header == "Forwarded" else f"127.0.0.1, {host}"
    named = hosts_named([("Host", "localhost"), (header.upper(), shown)])
    assert not all(is_loopback(each) for each in named)


def test_where_a_page_comes_from_is_a_host() -> None:
    assert hosts_named([("Origin", "https://plan.dienbien.gov.vn")]) == ("plan.dienbien.gov.vn",)
    assert hosts_named([("Forwarded", "for=10.0.0.1, for=127.0.0.1")]) == ("10.0.0.1", "127.0.0.1")
    assert hosts_named([("Accept", "10.0.0.1")]) == ()


ONE = {"client_id": "a", "client_secret": "b", "server_metadata_url": "c"}
ONCE = {"redirect_uri": "d", "cookie_secret": "e"}


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ({}, None),
        (ONE, None),
        (ONCE, None),
        (ONCE | ONE, "default"),
        (ONCE | {"entra": ONE}, "entra"),
        (ONCE | {"entra": ONE, "google": ONE}, None),
        (ONCE | {"entra": {"client_id": "a"}}, None),
    ],
)
def test_a_provider_counts_once_all_of_it_is_configured(
    section: dict[str, Any], expected: str | None
) -> None:
    assert provider_of(section) == expected


@given(facts())
def test_who_may_not_edit_is_told_what_it_takes(told: Facts) -> None:
    who = decide(told)
    for language in ("vi", "en"):
        if not who.may_edit:
            assert advice(who, language)
        if button_text(who, language):
            assert who.can_sign_in
    if not who.may_edit and not who.can_sign_in and not who.name:
        assert advice(who, "en") == texts()["signin.how"][1]


def test_without_streamlit_configured_nobody_edits() -> None:
    """A server whose address is not told listens on all interfaces."""
    with patch.object(signing_in, "provider", return_value=None):
        assert decide(replace(HOME, address="")) == Visitor("", False, True, False)


def test_the_command_refuses_a_list_that_is_none(tmp_path: Any) -> None:
    file = tmp_path / "editors.txt"
    file.write_text("lan\n")
    result = CliRunner().invoke(app, ["app", "--editors", str(file)])
    assert result.exit_code == 2
    assert "editors.txt:1: lan: is no e-mail address" in result.stderr


def _page() -> None:
    import streamlit as st

    from simulator.cockpit.signing_in import visitor

    who = visitor()
    st.write(f"{who.may_edit} {who.must_sign_in} {who.can_sign_in}")


@pytest.mark.parametrize(
    ("address", "expected"), [("127.0.0.1", "True False"), (None, "False True")]
)
def test_a_page_asks_streamlit_where_it_listens(address: str | None, expected: str) -> None:
    config = signing_in.config
    before = config.get_option("server.address")
    config.set_option("server.address", address)
    try:
        page = AppTest.from_function(_page).run()
    finally:
        config.set_option("server.address", before)
    assert not page.exception
    assert page.markdown[0].value == f"{expected} False"
