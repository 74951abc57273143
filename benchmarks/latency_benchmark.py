"""Goal 5: from a slider to the screen, against a page of as many sliders and one line of text."""

import collections
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page
from serving import COCKPIT, bare, browser, served
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from timing import verdict

from simulator.batch import default_plan
from simulator.cockpit.lever_panel import panel
from simulator.run import Workshop

MOVES = 40
SPLITS = 12
WARM = 4
PAUSE = 60
"""Milliseconds between moves, so that one does not wait for the last."""
UNDERWAY = 150
"""Milliseconds after which the split of the last move has begun."""
QUIET = "!window.simulatorBoard?.unsplit"
DRAG_SECONDS = 3
WINDOW = {"width": 1366, "height": 768}
LEVER = "industry_growth"
OTHERS = (
    "v=1&services_growth=0.08&drought_severity=0.2&foreign_capital_disbursement=0.6",
    "v=1&agriculture_growth=0.03&services_growth=0.08&price_growth=0.03&revenue_growth=0.06"
    "&drought_severity=0.2&pig_biosecurity=0.6&foreign_capital_disbursement=0.6"
    "&local_balance_disbursement=0.9&retail_growth=0.1",
)
"""Levers that are changed beside the one that moves: four are split by lever then, or ten."""
SLIDERS = sum(
    len(group["levers"]) for group in panel(Workshop().plan(default_plan()), "vi")["groups"]
)

PAGE = f"""
import streamlit as st
values = [st.slider(f"Slider {{at}}", 0, 200, 100, key=f"slider{{at}}") for at in range({SLIDERS})]
st.text(f"sum {{sum(values)}}")
"""

CLOCK = (
    "() => window.addEventListener('keydown', () => { window.pressed = performance.now(); }, true)"
)
BOARD = """() => new Promise((resolve) => {
  const heard = (event) => {
    if (event.detail.ack <= window.ackBefore) return;
    window.removeEventListener('simulator-board', heard);
    window.answered = performance.now();
    resolve();
  };
  window.ackBefore = window.simulatorBoard.ack;
  window.addEventListener('simulator-board', heard);
  window.waiting = true;
})"""
SPLIT = BOARD.replace("<= window.ackBefore", "<= window.ackBefore || event.detail.unsplit")
"""The board of the move with its split by lever, which comes after the first."""
TEXT = """() => new Promise((resolve) => {
  const text = document.querySelector('[data-testid=stText]');
  const before = text.textContent;
  const observer = new MutationObserver(() => {
    if (document.querySelector('[data-testid=stText]')?.textContent === before) return;
    observer.disconnect();
    window.answered = performance.now();
    resolve();
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
})"""
DRAG = """async (input) => {
  let answers = 0, values = 0;
  const count = () => { answers += 1; };
  window.addEventListener('simulator-board', count);
  const start = performance.now();
  const from = +input.value;
  await new Promise((done) => {
    const timer = setInterval(() => {
      const part = (performance.now() - start) / (1000 * SECONDS);
      if (part >= 1) { clearInterval(timer); done(); return; }
      input.value = from + (0.95 - from) * part;
      input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      values += 1;
    }, 16);
  });
  window.removeEventListener('simulator-board', count);
  input.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  return [answers, values];
}""".replace("SECONDS", str(DRAG_SECONDS))


def pressed(page: Page, answer: str, key: str, pause: int = PAUSE) -> float:
    """Milliseconds from a key press on the focused slider to the answer on the page."""
    page.evaluate(f"() => {{ window.answer = ({answer})(); }}")
    page.keyboard.press(key)
    page.evaluate("() => window.answer")
    taken: float = page.evaluate("() => window.answered - window.pressed")
    page.wait_for_timeout(pause)
    return taken


def back_and_forth(at: int) -> str:
    """The key of a move: four steps up, four steps down."""
    return "ArrowRight" if at % 8 < 4 else "ArrowLeft"


def told(name: str, times: list[float]) -> float:
    """Print how long the moves took; their median."""
    median = statistics.median(times)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{name}: median {median:.0f} ms, p95 {p95:.0f} ms, {len(times)} moves")
    return median


def native(chromium: Browser, address: str) -> Page:
    """The bare page, its first slider focused."""
    page = chromium.new_page(viewport=WINDOW)
    page.goto(address)
    page.get_by_text("sum ").wait_for()
    page.get_by_role("slider").first.focus()
    return page


def cockpit(chromium: Browser, address: str, frames: list[bytes], query: str = "") -> Page:
    """The first screen, one lever focused; what it is sent is kept."""

    def keep(payload: bytes) -> None:
        frames.append(payload)

    page = chromium.new_page(viewport=WINDOW)
    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    page.goto(f"{address}?{query}")
    page.wait_for_function("window.simulatorBoard?.version > 0 && !window.simulatorBoard.unsplit")
    page.locator(f"input[name={LEVER}]").focus()
    return page


def sent(frames: list[bytes], moves: int) -> None:
    """What the server sent for some moves: elements by component, and how many bytes."""
    sizes: collections.Counter[str] = collections.Counter()
    numbers: collections.Counter[str] = collections.Counter()
    for frame in frames:
        message = ForwardMsg.FromString(frame)
        kind = message.WhichOneof("type") or "nothing"
        if kind == "delta":
            element = message.delta.new_element
            kind = element.WhichOneof("type") or message.delta.WhichOneof("type") or "delta"
            kind = element.bidi_component.component_name or kind
        sizes[kind] += len(frame)
        numbers[kind] += 1
    print(f"sent a move: {sum(sizes.values()) / moves:,.0f} bytes")
    for kind, size in sizes.most_common():
        print(f"  {kind}: {numbers[kind] / moves:.2f} messages, {size / moves:,.0f} bytes")


def measure(chromium: Browser, bare_page: str, our_page: str, query: str = "") -> None:
    """Moves on both pages in turn, so that a drifting machine hurts both alike; then a drag."""
    frames: list[bytes] = []
    theirs, ours = native(chromium, bare_page), cockpit(chromium, our_page, frames, query)
    print(f"first screen: {sum(map(len, frames)):,} bytes in {len(frames)} messages")
    frames.clear()
    times: tuple[list[float], list[float]] = ([], [])
    for page in (theirs, ours):
        page.evaluate(CLOCK)
    for at in range(WARM + MOVES):
        for page, answer, taken in zip((theirs, ours), (TEXT, BOARD), times, strict=True):
            taken.append(pressed(page, answer, back_and_forth(at)))
            page.wait_for_function(QUIET)
    sent(frames, WARM + MOVES)
    bare_median = told(f"{SLIDERS} Streamlit sliders and a line of text", times[0][WARM:])
    our_median = told("first screen of the cockpit", times[1][WARM:])
    name = "slider to screen, cockpit / as many Streamlit sliders and a text"
    verdict(name, our_median / bare_median, 1.5)
    theirs.close()
    if query:
        measure_split(ours, bare_median)
    frames.clear()
    boards, values = ours.locator(f"input[name={LEVER}]").evaluate(DRAG)
    print(f"drag: {values} values and {boards} boards in {DRAG_SECONDS} s")
    verdict("boards a second while a lever is dragged", boards / DRAG_SECONDS, 8, at_most=False)
    sent(frames, boards)
    ours.close()


def measure_split(ours: Page, bare_median: float) -> None:
    """To values that were not there before: until the split shows, and moves while one is made."""
    split = [pressed(ours, SPLIT, "ArrowRight") for _ in range(SPLITS)]
    split_median = told("first screen with its split by lever", split)
    meanwhile = [pressed(ours, BOARD, "ArrowRight", UNDERWAY) for _ in range(SPLITS)]
    board_median = told("first screen while the last move is split", meanwhile)
    ours.wait_for_function(QUIET)
    for name, median in (("split", split_median), ("board while splitting", board_median)):
        print(f"slider to {name} / slider to screen of the bare page: {median / bare_median:.3g}")


with tempfile.TemporaryDirectory() as folder, browser() as chromium:
    script = Path(folder) / "bare.py"
    script.write_text(PAGE, encoding="utf-8")
    with served(bare(str(script))) as (bare_page, _), served(COCKPIT) as (our_page, _):
        for query in ("", *OTHERS):
            print(f"\n{query.count('=') or 1} changed levers")
            measure(chromium, bare_page, our_page, query)
