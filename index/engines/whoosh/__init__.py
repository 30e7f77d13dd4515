"""The default engine, on Whoosh: pure Python, for sites of up to some 20,000 articles.

Whoosh keeps segments, columns and deletions, merges and commits. Posting lists and scores are ours, within
its extension points:

- a codec (``codec.Codec``) whose field writer and terms reader have our posting lists (``postings.py``),
- a writer (``codec.Writer``) that hands over records, and segments that are merged, in one piece,
- a posting's weight carries two numbers, the term's frequency and the length of the field
  (``ranking.length_byte``), so that no length is looked up while scoring,
- columns for what is stored, sorted and grouped by,
- segments as plain files: a compound one is copied into memory when it is opened.

Scores are summed here, a term at a time, which gives exact totals for little more than the scores alone would
cost. What is known to go wrong in Whoosh has a test each in ``tests/index/engines/test_whoosh.py``.
"""

from kashshaf.index.engines.whoosh.engine import ENGINE

__all__ = ["ENGINE"]
