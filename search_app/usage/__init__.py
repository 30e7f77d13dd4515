"""The usage log: what was searched and which results were opened, and nothing of who did."""
