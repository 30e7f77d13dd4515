"""The rebuild of a whole index: spool, counts, lexicon, records, switch; resumed where it was stopped."""
