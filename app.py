"""The cockpit's entry: Streamlit runs this file; it only navigates."""

from simulator.cockpit.navigation import run

run()
