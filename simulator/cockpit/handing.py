"""How is a report made without holding up the page? One thread for each, and its bytes at the end."""

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from simulator.language import Language
from simulator.records import InputError, Problem
from simulator.report import Format, file_stem, gather_material, make
from simulator.run import Workshop
from simulator.scenario import Scenario


@dataclass
class Handing:
    """A report of what was on screen when it was asked for."""

    scenarios: Sequence[Scenario]
    shape: Format
    language: Language
    workshop: Workshop
    content: bytes | None = None
    problems: tuple[Problem, ...] = ()
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    """By which the browser tells that it has saved it, and saves it once."""
    told: bool = False
    """Whether the page has been drawn anew since it was made."""
    _thread: threading.Thread | None = None

    def begin(self) -> None:
        """Start to make it beside the page."""
        self._thread = threading.Thread(target=self._make, name="report", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Return when it is made."""
        if self._thread is not None:
            self._thread.join()

    @property
    def running(self) -> bool:
        """Whether it is still being made."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def file(self) -> str:
        """What its file is called."""
        stem = file_stem([scenario.name for scenario in self.scenarios], self.language)
        return f"{stem}.{self.shape.value}"

    def _make(self) -> None:
        try:
            with np.errstate(all="ignore"):
                materials = [
                    gather_material(self.workshop.run(scenario), self.workshop)
                    for scenario in self.scenarios
                ]
                self.content = make(materials, self.shape, self.language)
        except InputError as error:
            self.problems = error.problems
        except (ValueError, ArithmeticError, RuntimeError) as error:
            self.problems = (Problem("report", None, "", str(error)),)
