"""The default engine, on Whoosh: pure Python, for sites of up to some 20,000 articles.

Whoosh stores postings, columns and documents, merges segments and commits. Scores are summed here, a term
at a time, which gives exact totals for little more than the scores alone would cost. All of it stays within
Whoosh's extension points:

- a field type (``schema.TermsField``) whose ``index()`` yields finished postings,
- a posting's weight carries two numbers: its whole part is the term's frequency, its fraction the length of
  the field (``ranking.length_byte`` / 256), so that no length is looked up while scoring,
- columns for what is sorted and grouped by,
- segments as plain files: a compound one is copied into memory when it is opened.
"""

from index.engines.whoosh.engine import ENGINE

__all__ = ["ENGINE"]
