"""The engine for large sites, on Tantivy: one machine, millions of documents.

Tantivy stores postings, fast fields and documents, and ranks: its BM25 is that of ``index/ranking.py`` but
for a constant factor, its lengths have the same one byte. What it does not do is done here:

- ties are broken by date and id: hits are fetched until the score at the cut differs,
- finished terms go in as text joined by spaces; a word that only holds a position open is dropped by a
  filter,
- tantivy-py has no call that merges segments, and Tantivy's own policy does not look at removed documents:
  ``merging`` has them merged when they are a tenth,
- Tantivy locks and watches the folder of an index it opens: readers open a folder of links (``open_index``).
"""

from kashshaf.index.engines.tantivy.engine import ENGINE

__all__ = ["ENGINE"]
