"""How is something sought without holding up the page? One thread a session; told to stop, it stops."""

import threading
from dataclasses import dataclass, field

import numpy as np

from simulator.cockpit.moves import Moves
from simulator.cockpit.question import Question
from simulator.records import InputError, Problem
from simulator.scorecard import Scorecard
from simulator.seek import Sought, seek


class StoppedError(Exception):
    """The planner has stopped the search."""


@dataclass
class Search:
    """A search from one scenario for one question; what it found stays with both."""

    question: Question
    start: Moves
    card: Scorecard
    runs: int = 0
    sought: Sought | None = None
    problems: tuple[Problem, ...] = ()
    stopped: bool = False
    told: bool = False
    """Whether the page has been drawn anew since it ended."""
    _wanted: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def begin(self) -> None:
        """Start to seek beside the page."""
        self._thread = threading.Thread(target=self._seek, name="search", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end after the run that it is at."""
        self._wanted.set()

    def wait(self) -> None:
        """Return when it has ended."""
        if self._thread is not None:
            self._thread.join()

    @property
    def running(self) -> bool:
        """Whether it still seeks."""
        return self._thread is not None and self._thread.is_alive()

    def _seek(self) -> None:
        try:
            with np.errstate(all="ignore"):
                self.sought = seek(
                    self.card, self.question.sought(), self.question.levers, self._follow
                )
        except StoppedError:
            self.stopped = True
        except InputError as error:
            self.problems = error.problems
        except (ValueError, ArithmeticError) as error:
            self.problems = (Problem("seek", None, "", str(error)),)

    def _follow(self, runs: int) -> None:
        self.runs = runs
        if self._wanted.is_set():
            raise StoppedError
