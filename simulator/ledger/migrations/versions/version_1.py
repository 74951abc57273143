"""Version 1: one table of entries, to which rows are only added."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None

# The guard of inserts: a replaced row would be deleted without asking the trigger of deletes.
SQLITE = [
    """create trigger ledger_entries_no_update before update on ledger_entries
    begin select raise(abort, 'ledger_entries is only added to'); end""",
    """create trigger ledger_entries_no_delete before delete on ledger_entries
    begin select raise(abort, 'ledger_entries is only added to'); end""",
    """create trigger ledger_entries_ascend before insert on ledger_entries
    when new.number <= (select max(number) from ledger_entries)
        or new.entered_at <= (select max(entered_at) from ledger_entries)
    begin select raise(abort, 'ledger_entries ascend in number and time'); end""",
]
POSTGRESQL = [
    """create function ledger_entries_added_only() returns trigger language plpgsql as $$
    begin
        raise exception 'ledger_entries is only added to' using errcode = 'restrict_violation';
    end $$""",
    """create trigger ledger_entries_no_change before update or delete or truncate
    on ledger_entries for each statement execute function ledger_entries_added_only()""",
    """create function ledger_entries_ascending() returns trigger language plpgsql as $$
    begin
        if new.number <= (select max(number) from ledger_entries)
            or new.entered_at <= (select max(entered_at) from ledger_entries) then
            raise exception 'ledger_entries ascend in number and time'
                using errcode = 'restrict_violation';
        end if;
        return new;
    end $$""",
    """create trigger ledger_entries_ascend before insert on ledger_entries
    for each row execute function ledger_entries_ascending()""",
]


def upgrade() -> None:
    """Make the table; the database itself refuses what the log must never hold."""
    op.create_table(
        "ledger_entries",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("quantity", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False, unique=True),
        sa.Column("supersedes", sa.Integer, unique=True),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False),
        sa.UniqueConstraint("plan", "number"),
        sa.ForeignKeyConstraint(
            ["plan", "supersedes"], ["ledger_entries.plan", "ledger_entries.number"]
        ),
        sa.CheckConstraint("number > 0"),
        sa.CheckConstraint("supersedes < number"),
        sa.CheckConstraint("supersedes is not null or not withdrawn"),
        sa.CheckConstraint("entered_by <> ''"),
    )
    guards = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for guard in guards[op.get_bind().dialect.name]:
        op.execute(guard)
