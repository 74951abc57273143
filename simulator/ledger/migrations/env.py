"""How are migrations run? On the connection that opening the ledger holds, in its transaction."""

from alembic import context

from simulator.ledger.tables import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
context.run_migrations()
