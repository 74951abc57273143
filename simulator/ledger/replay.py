"""Which moment shows what came in together whole, or not at all?"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from simulator.ledger.tables import entries, seen_at, whole_rows

TICK = timedelta(microseconds=1)
"""Between two entries that came in together."""
GAP = 2 * TICK
"""At least between others."""


def whole_batches(until: datetime, connection: Connection) -> datetime:
    """The moment itself, or where it lies inside a batch, one just before that batch."""
    moments = select(entries.c.entered_at)
    after = moments.where(entries.c.entered_at > until).order_by(entries.c.number)
    before = moments.where(entries.c.entered_at <= until).order_by(entries.c.number.desc())
    with whole_rows(connection, seen_at(None)):
        first = connection.execute(after.limit(1)).scalar()
        if first is None:
            return until
        inside = False
        for earlier in connection.execute(before).scalars():
            if first - earlier != TICK:
                break
            first, inside = earlier, True
    return first - TICK if inside else until
