"""What was entered of a plan's year, by whom and when? A log to which entries are only added."""

from typing import TYPE_CHECKING, Any

from simulator.ledger.entry import Entry

if TYPE_CHECKING:
    from simulator.ledger.log import Ledger

__all__ = ["DATABASE", "Entry", "Ledger", "open_ledger"]

DATABASE = "SIMULATOR_DATABASE"
"""The environment variable that says where the database is: an address as SQLAlchemy writes it."""


def open_ledger(address: str | None = None, *, make: bool = True) -> "Ledger":
    """The ledger at an address, else where `SIMULATOR_DATABASE` says, else this user's own file.

    The database is brought to this version where needed, and with `make` made. Raises InputError
    where the address is none, nothing answers there, or a newer version of the product wrote it.
    """
    from simulator.ledger.opening import opened

    return opened(address, make=make)


def __getattr__(name: str) -> Any:
    """The class of an open ledger, which needs SQLAlchemy: imported by who asks for it."""
    if name == "Ledger":
        from simulator.ledger.log import Ledger

        return Ledger
    raise AttributeError(name)
