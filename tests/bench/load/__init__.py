"""Load: what is drawn and how wrk is read."""
