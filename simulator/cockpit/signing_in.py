"""Who may edit? On this machine its user; beyond it, who signs in and is listed. Reading is free."""

import getpass
import importlib.util
import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit import config

from simulator.editors import listed_editors, same_case
from simulator.language import Language, say

NAMING_HEADERS = (
    *("Host", "X-Forwarded-Host", "X-Forwarded-Server", "X-Original-Host", "Origin"),
    *("X-Forwarded-For", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP", "Forwarded"),
)
"""Headers of a request that name the host that was asked, or who asks."""
_FORWARDED = re.compile(r"(?:for|host|by)=\"?([^\";,]+)", re.IGNORECASE)
_PORT = re.compile(r":\d+$")
AUTH = "auth"
NEEDED = frozenset({"client_id", "client_secret", "server_metadata_url"})
NEEDED_ONCE = frozenset({"redirect_uri", "cookie_secret"})


@dataclass(frozen=True)
class Facts:
    """What decides who may edit."""

    address: str
    """Where the server listens; empty for all interfaces."""
    base_path: str
    hosts: tuple[str, ...]
    """What the request's headers name."""
    can_sign_in: bool
    """Whether a provider of identities is configured, and what asks it is installed."""
    signed_in: bool
    email: str
    email_verified: object
    """What the provider says of it; None where it says nothing."""
    editors: frozenset[str] | None
    """Addresses that may edit; None where no list is kept."""
    account: str
    """The operating system's user that runs the server."""


@dataclass(frozen=True)
class Visitor:
    """Who looks at the page, and whether they may change what all see."""

    name: str
    may_edit: bool
    must_sign_in: bool
    """Whether editing needs a sign-in here."""
    can_sign_in: bool


def is_loopback(host: str) -> bool:
    """Whether a host, with or without its port, is this machine by its loopback address."""
    bare = host.strip()
    bare = _PORT.sub("", bare) if bare.count(":") == 1 or "]" in bare else bare
    bare = bare.removeprefix("[").removesuffix("]")
    if bare.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def beyond_loopback(facts: Facts) -> bool:
    """Whether anything says that others than this machine's users can reach the server."""
    named = (facts.address, *facts.hosts)
    return bool(facts.base_path.strip("/")) or not all(is_loopback(host) for host in named)


def decide(facts: Facts) -> Visitor:
    """Who may edit. Where a list is kept it holds on this machine too: a proxy can hide who asks."""
    if not beyond_loopback(facts) and facts.editors is None:
        return Visitor(facts.account, True, False, False)
    known = facts.signed_in and bool(facts.email)
    denied = facts.email_verified is not None and facts.email_verified not in (True, "true")
    listed = facts.editors is not None and same_case(facts.email) in facts.editors
    name = facts.email if known else ""
    return Visitor(name, known and listed and not denied, True, facts.can_sign_in)


def hosts_named(headers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Every host and address that the headers of a request name."""
    wanted = {name.lower() for name in NAMING_HEADERS}
    found: list[str] = []
    for name, value in headers:
        if name.lower() not in wanted:
            continue
        if name.lower() == "forwarded":
            found += _FORWARDED.findall(value) or [value]
        else:
            found += [part.strip().partition("://")[2] or part.strip() for part in value.split(",")]
    return tuple(found)


def visitor() -> Visitor:
    """Who looks at the page now. The only place that asks Streamlit who is there."""
    headers = st.context.headers
    pairs = [(name, value) for name in headers for value in headers.get_all(name)]
    user: Mapping[str, Any] = st.user
    return decide(
        Facts(
            address=str(config.get_option("server.address") or ""),
            base_path=str(config.get_option("server.baseUrlPath") or ""),
            hosts=hosts_named(pairs),
            can_sign_in=provider() is not None,
            signed_in=user.get("is_logged_in") is True,
            email=str(user.get("email") or ""),
            email_verified=user.get("email_verified"),
            editors=listed_editors(),
            account=_account(),
        )
    )


def provider() -> str | None:
    """The provider of identities that is asked; None where none is configured or can be asked."""
    if any(importlib.util.find_spec(needed) is None for needed in ("authlib", "httpx")):
        return None
    if not st.secrets.load_if_toml_exists() or AUTH not in st.secrets:
        return None
    return provider_of(st.secrets[AUTH])


def provider_of(section: Mapping[str, Any]) -> str | None:
    """The provider that a section [auth] configures: its own, or the only one it names."""
    if not section.keys() >= NEEDED_ONCE:
        return None
    if section.keys() >= NEEDED:
        return "default"
    named = [
        name
        for name, part in section.items()
        if isinstance(part, Mapping) and part.keys() >= NEEDED
    ]
    return named[0] if len(named) == 1 else None


def sign_in() -> None:
    """Send the browser to the provider of identities; call it in a button's callback."""
    named = provider()
    st.login(None if named == "default" else named)


def sign_out() -> None:
    """Forget who signed in, in all tabs of this browser."""
    st.logout()


def advice(who: Visitor, language: Language) -> str:
    """What a visitor should know of editing: who they are here, or what it takes."""
    if who.may_edit:
        return say("signin.as", language, name=who.name) if who.must_sign_in else ""
    if who.name:
        return say("signin.not_listed", language, name=who.name)
    return say("signin.needed" if who.can_sign_in else "signin.how", language)


def button_text(who: Visitor, language: Language) -> str:
    """What the button says that signs in or out; empty where there is nothing to do."""
    if not who.must_sign_in or not who.can_sign_in:
        return ""
    return say("signin.sign_out" if who.name else "signin.sign_in", language)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"
