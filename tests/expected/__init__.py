"""Scorecards of the shipped scenarios as they were last looked at; write.py writes them."""
