"""Who may ask, and how often: keys and rates, looked at before anything is answered."""
