"""The OpenSearch engine: the content of an index on a cluster; :data:`ENGINE` is what others use.

The finished terms go into fields that split at spaces alone, so OpenSearch matches, scores and sorts by what
the analyzer of this program made. Statistics are asked over all shards (``dfs_query_then_fetch``), so the
number of shards changes no score.
"""

from kashshaf.index.engines.opensearch.engine import ENGINE

__all__ = ["ENGINE"]
