"""The cockpit's entry: Streamlit runs this file; everything it shows lives in simulator.cockpit."""

from simulator.cockpit.first_page import show

show()
