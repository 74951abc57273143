"""Twenty sessions move levers at once: does any fail or see another's lever, how long, how much memory?"""

import statistics
from pathlib import Path

from playwright.sync_api import Browser, Page
from serving import COCKPIT, browser, served

from simulator.batch import default_plan
from simulator.run import Workshop

SESSIONS = 20
MOVES = 30
WINDOW = {"width": 1366, "height": 768}
KILOBYTES = 1024
FRONT = [
    row for row in Workshop().plan(default_plan()).catalogue.assumptions.values() if row.front
][:SESSIONS]

MOVE = """(input) => {
  window.times = [];
  window.finished = (async () => {
    for (let at = 1; at <= MOVES; at += 1) {
      const before = window.simulatorBoard.ack;
      const start = performance.now();
      const answered = new Promise((resolve) => {
        const heard = (event) => {
          if (event.detail.ack <= before) return;
          window.removeEventListener('simulator-board', heard);
          resolve();
        };
        window.addEventListener('simulator-board', heard);
      });
      input.value = 0.2 + 0.6 * at / MOVES;
      input.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
      await answered;
      window.times.push(performance.now() - start);
    }
    return window.times;
  })();
}""".replace("MOVES", str(MOVES))


def resident(process: int) -> float:
    """Megabytes that a process holds in memory."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return float(line.split()[1]) / KILOBYTES
    return float("nan")


def opened(chromium: Browser, address: str, errors: list[str]) -> Page:
    """A session of its own, its board drawn."""
    page = chromium.new_context(viewport=WINDOW).new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    page.wait_for_function("window.simulatorBoard?.version > 0", timeout=120_000)
    return page


with browser() as chromium, served(COCKPIT) as (address, process):
    errors: list[str] = []
    pages = [opened(chromium, address, errors) for _ in FRONT]
    before = resident(process)
    for page, row in zip(pages, FRONT, strict=True):
        page.locator(f"input[name={row.name}]").evaluate(MOVE)
    times = [taken for page in pages for taken in page.evaluate("() => window.finished")]
    after = resident(process)
    moved = [page.evaluate("() => Object.keys(window.simulatorBoard.moved)") for page in pages]
    crossed = [row.name for row, names in zip(FRONT, moved, strict=True) if names != [row.name]]
    median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(
        f"{len(pages)} sessions at once, {len(times)} moves: median {median:.0f} ms, p95 {p95:.0f} ms"
    )
    print(
        f"server memory: {before:.0f} MB with all sessions open, {after:.0f} MB after their moves"
    )
    print(f"errors: {len(errors)}; sessions that show another lever: {crossed or 'none'}")
    if errors or crossed:
        raise SystemExit(1)
