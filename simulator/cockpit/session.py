"""What does one planner's session hold? Moves and their history, language, notices, scorecards.

Nothing here knows Streamlit, and nothing is shared between sessions but the workshop, the trend's
scorecard, which never change, and the gallery, where each scorecard follows from its moves.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any
from urllib.parse import urlencode

from simulator.batch import shell_line
from simulator.cockpit.address import from_address, to_address
from simulator.cockpit.answers import Answers
from simulator.cockpit.board_view import Row, row
from simulator.cockpit.events import Event
from simulator.cockpit.gallery import Gallery
from simulator.cockpit.handing import Handing
from simulator.cockpit.lever_actions import (
    load_file,
    move_lever,
    redo,
    reset_levers,
    type_baseline,
    undo,
)
from simulator.cockpit.moves import (
    History,
    Moves,
)
from simulator.cockpit.notices import Notice, clamped
from simulator.cockpit.question import (
    LEVEL,
    Question,
    level_of,
    question_of,
)
from simulator.cockpit.report_actions import begin_report, end_report
from simulator.cockpit.search import Search
from simulator.cockpit.seek_actions import change_question, search_for
from simulator.cockpit.shelf import SHOWN, TREND, Shelf, shelf_of
from simulator.cockpit.shelf_actions import change_shelf
from simulator.cockpit.splits import Comparison, LeverSplit, Splits, compared, together
from simulator.cockpit.strip_view import has_effect
from simulator.cockpit.uploads import uploaded_moves
from simulator.cockpit.year import NOBODY, Editor, Year, year_of
from simulator.cockpit.year_actions import change_year
from simulator.cockpit.year_books import Books, Log
from simulator.cockpit.year_learning import Learned, Lessons
from simulator.drawing.fund_words import Denominator
from simulator.explain import Measure, attributing
from simulator.language import Language
from simulator.ledger import open_ledger
from simulator.plan import Plan
from simulator.projection import Projection, project
from simulator.records import read_text
from simulator.run import Workshop, product_version
from simulator.scenario import Scenario, dump
from simulator.scenario_file import shipped_scenarios
from simulator.scorecard import Scorecard, TargetScore, score
from simulator.seek import Sought
from simulator.sensitivity import Tornado
from simulator.solve import PlanSolution, solve_plan

CARDS_KEPT = 3
NEIGHBOURS = ("late_funds", "full_disbursement")
"""Shipped scenarios beside the trend where no lever has moved."""


@dataclass
class Session:
    """The state of one browser session, changed only by the events that it handles."""

    workshop: Workshop
    plan_name: str
    trend: Scorecard
    language: Language = "vi"
    gallery: Gallery = field(default_factory=Gallery)
    """Scenarios of comparisons that were run before."""
    history: History = field(default_factory=History)
    earlier: Moves = field(default_factory=Moves)
    """What was shown before the last move."""
    notices: list[Notice] = field(default_factory=list)
    indicator: str = ""
    denominator: Denominator = "allocation"
    """What disbursement is measured against."""
    shelf: Shelf = field(default_factory=Shelf)
    """What the comparison puts side by side."""
    question: Question = field(default_factory=lambda: Question({}, {}))
    search: Search | None = None
    handing: Handing | None = None
    """A report that was asked for and has not arrived yet."""
    level: float = LEVEL
    """The chance that an indicator's page asks for."""
    books: Books = field(default_factory=lambda: Books(open_ledger))
    """The log of what was observed, one for all sessions of a server."""
    visitor: Callable[[], Editor] = NOBODY
    """Who is there, asked anew whenever something is to be entered."""
    zone: tzinfo = UTC
    """Where the reader's clock stands."""
    year: Year = field(default_factory=Year)
    """What is shown and typed on the page of the year."""
    going_to: str = ""
    """A page that an event asks for."""
    ack: int = 0
    version: int = 0
    _cards: OrderedDict[str, Scorecard] = field(default_factory=OrderedDict)
    _rows: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    _answers: Answers = field(default_factory=Answers)
    _splits: Splits = field(default_factory=Splits)
    _lessons: Lessons = field(default_factory=Lessons)

    @property
    def plan(self) -> Plan:
        """The plan in use."""
        return self.workshop.plan(self.plan_name)

    @property
    def moves(self) -> Moves:
        """The moves that are shown."""
        return self.history.now

    def open_address(self, address: Mapping[str, str]) -> None:
        """Take over what an address holds; what had to be clamped is told."""
        if address.get("language") in {"vi", "en"}:
            self.language = "en" if address["language"] == "en" else "vi"
        if address.get("indicator") in self.plan.targets:
            self.indicator = address["indicator"]
        self.denominator = _denominator(address.get("denominator"))
        baselines = self.workshop.vocabulary(self.plan_name).baselines
        moves, changed = from_address(address, self.plan.catalogue, baselines)
        self.history = History(moves)
        self.earlier = Moves()
        self.shelf, left = shelf_of(address, shipped_scenarios(), self.plan.catalogue, baselines)
        self.question, unasked = question_of(address, self.plan)
        self.level = level_of(address.get("level"))
        sectors = frozenset(row.sector for row in self.plan.targets.values())
        self.year, unseen = year_of(address, sectors)
        told = (*changed, *left, *unasked, *unseen)
        self.notices = [clamped(entry, self.plan) for entry in told]

    def address(self, *, indicator: bool = False) -> str:
        """The query of the address that brings back what is shown."""
        found = to_address(self.moves) | self.shelf.to_address() | self.question.to_address()
        found |= self.year.to_address()
        if self.level != LEVEL:
            found["level"] = f"{self.level:g}"
        if indicator and self.indicator:
            found["indicator"] = self.indicator
        if self.denominator != "allocation":
            found["denominator"] = self.denominator
        if self.language != "vi":
            found["language"] = self.language
        return urlencode(found)

    def handle(self, event: object) -> None:
        """Do what an event of the page asks for; an unknown or broken one changes nothing."""
        if not isinstance(event, Mapping):
            return
        self.ack = max(self.ack, _whole(event.get("number")))
        action = _ACTIONS.get(str(event.get("kind")))
        if action is not None:
            action(self, event)

    def scenario(self, moves: Moves | None = None) -> Scenario:
        """The scenario of some moves, as the batch runner would take it."""
        chosen = self.moves if moves is None else moves
        sheet = self.plan.sheet
        return Scenario(
            "levers",
            dict(chosen.changes),
            dict(chosen.typed_baselines),
            sheet.draws,
            sheet.seed,
            self.plan_name,
        )

    def card(self, moves: Moves | None = None) -> Scorecard:
        """The scorecard of some moves, run again from the nearest one only where they differ."""
        chosen = self.moves if moves is None else moves
        if not chosen.changes and not chosen.typed_baselines:
            return self.trend
        key = urlencode(to_address(chosen))
        if key not in self._cards:
            self._cards[key] = self._run(chosen, next(reversed(self._cards.values()), self.trend))
        self._cards.move_to_end(key)
        while len(self._cards) > CARDS_KEPT:
            self._cards.popitem(last=False)
        return self._cards[key]

    def _run(self, moves: Moves, previous: Scorecard) -> Scorecard:
        """Run some moves again only where they differ from another run, or from the trend."""
        model = self.workshop.model(self.plan_name, moves.typed_baselines)
        near = [card for card in (previous, self.trend) if card.projection.model is model][:1]
        projection = project(
            model, self.scenario(moves), previous=near[0].projection if near else None
        )
        return score(projection, previous=near[0] if near else None)

    def compared_card(self, name: str) -> Scorecard:
        """The scorecard of a scenario of the comparison; its draws may have been let go."""
        moves = self.moves_of(name)
        if moves in (self.moves, Moves()):
            return self.card(moves)
        key = f"{self.plan_name}?{urlencode(to_address(moves))}"
        return self.gallery.card(key, lambda: self._run(moves, self.trend))

    def central(self, card: Scorecard | None = None) -> Projection:
        """The central run of what is shown, or of another scorecard."""
        projection = (card or self.card()).projection
        return project(projection.model, projection.scenario, deterministic=True)

    def side_by_side(self) -> dict[str, Moves]:
        """What is compared, by name: what was chosen, or the trend beside what is on the levers."""
        chosen = self.shelf.chosen
        if not chosen:
            chosen = (TREND, SHOWN) if self.moves != Moves() else (TREND, *NEIGHBOURS)
        return {name: self.moves_of(name) for name in chosen}

    def moves_of(self, name: str) -> Moves:
        """The moves behind a name of the comparison."""
        if name == SHOWN:
            return self.moves
        if name in self.shelf.kept:
            return self.shelf.kept[name].moves

        def read() -> Moves:
            text = read_text(shipped_scenarios()[name])
            return uploaded_moves(self.workshop, self.plan_name, name, text)[0]

        return self.gallery.moves(f"{self.plan_name}/{name}", read)

    def tornado(self) -> Tornado:
        """What each assumption does alone to what is shown."""
        return self._answers.tornado(self.card())

    def log(self) -> Log:
        """What was entered of the plan's year, as it stands or stood on the day that is replayed."""
        return self.books.read(self.plan_name, self.year.replay.until(self.zone))

    def learned(self, log: Log) -> Learned:
        """What a log teaches of what is on the levers; kept until either is another."""
        return self._lessons.of(
            self.card(),
            log.observations,
            self.year.replay.spoken,
            lambda typed: self.workshop.model(self.plan_name, typed),
        )

    def before(self) -> Scorecard | None:
        """The scorecard before the last move, or None before the first."""
        return None if self.earlier == self.moves else self.card(self.earlier)

    def comparison(self) -> Comparison | None:
        """What the strip splits by lever: nothing on the way of a drag, or without an effect."""
        before = None if self.history.settled else self.before()
        if before is None or not has_effect(self.card(), before):
            return None
        return compared(self.moves, self.earlier, self.plan.catalogue)

    def split(self) -> LeverSplit | None:
        """The split by lever that belongs to what is shown, where it is there."""
        comparison = self.comparison()
        return None if comparison is None else self._splits.made(comparison)

    def awaits_split(self) -> bool:
        """Whether a turn of work on the split would bring it nearer."""
        comparison = self.comparison()
        return comparison is not None and self._splits.made(comparison) is None

    def changed_rows(self, seen: int) -> list[Row]:
        """The rows that differ from what a browser that has seen a version shows.

        A version from before this session says nothing about what the browser shows.
        """
        seen = seen if seen <= self.version else 0
        before = self.before()
        card = self.card()
        self.version += 1
        changed: list[Row] = []
        for name, now in card.rows.items():
            then: TargetScore | None = before.rows.get(name) if before else None
            known = self._rows.get(name)
            if (
                known is None
                or known[0] is not now
                or known[1] is not then
                or known[2] != self.language
            ):
                made = row(now, then, card, self.language)
                same = known is not None and known[3] == made
                version = known[4] if known is not None and same else self.version
                known = self._rows[name] = (now, then, self.language, made, version)
            if known[4] > seen:
                changed.append(known[3])
        return changed

    def hash(self) -> str:
        """The hash that the command line prints for the same run."""
        return self.scenario().hash(self.workshop.hashes[self.plan_name], product_version())

    def command(self) -> str:
        """The shell line that reproduces what is shown, bit for bit."""
        return shell_line(self.scenario(), self.plan)

    def yaml(self) -> str:
        """What is shown, as a scenario file."""
        return dump(self.scenario())

    def show(self, history: History) -> None:
        """Show other moves; what was shown before stays to be compared with."""
        if history.now != self.history.now or history.settled is None:
            self.earlier = history.settled or self.history.settled or self.history.now
        self.history = history

    def _split(self, _event: Event) -> None:
        comparison = self.comparison()
        if comparison is None:
            return
        before, after = self.scenario(comparison.before), self.scenario(comparison.after)
        model = self.workshop.model(self.plan_name, after.typed_baselines)
        self._splits.turn(
            comparison,
            lambda: attributing(
                model,
                before,
                after,
                [Measure("number_met")],
                together=together(comparison.before, comparison.after, self.plan.catalogue),
                nearest=self.card().projection,
            ),
        )

    def _language(self, event: Event) -> None:
        self.language = "en" if event.get("language") == "en" else "vi"

    def _denominate(self, event: Event) -> None:
        self.denominator = _denominator(event.get("denominator"))

    def _page(self, event: Event) -> None:
        self.going_to = str(event.get("page", ""))

    def _open(self, event: Event) -> None:
        name = str(event.get("name"))
        if name in self.plan.targets:
            self.indicator = name
            self.going_to = "indicator"

    def _refresh(self, _event: Event) -> None:
        """Send every row again: an event of a page that was left may have claimed them as seen."""
        self._rows = {}

    def _dismiss(self, _event: Event) -> None:
        self.notices = []

    def is_current(self, search: Search | None) -> bool:
        """Whether a search was asked what is asked now, from what is shown now."""
        return search is not None and (search.question, search.start) == (self.question, self.moves)

    def needed(self, name: str) -> dict[str, Sought]:
        """What each front lever alone would have to be for a target's chance, from what is shown."""
        return self._answers.needed(self.card(), name, self.level)

    def plan_solution(self) -> PlanSolution:
        """What would have to be true for the plan to come out, beside what the levers say."""
        scenario = self.scenario()
        return solve_plan(self.workshop.model(self.plan_name, scenario.typed_baselines), scenario)


_ACTIONS = {
    "move": move_lever,
    "reset": reset_levers,
    "split": Session._split,
    "undo": undo,
    "redo": redo,
    "language": Session._language,
    "denominator": Session._denominate,
    "page": Session._page,
    "open": Session._open,
    "refresh": Session._refresh,
    "dismiss": Session._dismiss,
    "baseline": type_baseline,
    "upload": load_file,
    "compare": change_shelf,
    "ask": change_question,
    "seek": search_for,
    "report": begin_report,
    "handed": end_report,
    "year": change_year,
}


def _denominator(value: object) -> Denominator:
    return "investment" if value == "investment" else "allocation"


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
