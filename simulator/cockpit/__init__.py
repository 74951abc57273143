"""What does a planner see in a browser? Faces only: no quantity is computed here."""
