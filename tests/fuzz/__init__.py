"""Fuzzing: readers, query language, dates, highlighter and analyzer, each with a corpus that grows here."""
