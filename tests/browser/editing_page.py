"""What does a visitor see of who they are? A page with nothing else, for the test to serve."""

import streamlit as st

from simulator.cockpit.signing_in import advice, button_text, sign_in, sign_out, visitor

who = visitor()
st.write(f"name: {who.name or 'nobody'}; may edit: {who.may_edit}")
st.write(advice(who, "en"))
text = button_text(who, "en")
if text:
    st.button(text, on_click=sign_out if who.name else sign_in)
