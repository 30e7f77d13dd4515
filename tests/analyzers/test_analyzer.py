"""The analyzer as a whole: the tables that it loads."""

from __future__ import annotations

import subprocess
import sys

from kashshaf.analyzers.analyzer import UNKNOWN_WORD
from kashshaf.analyzers.lexicon import Lexicon
from tests.conftest import ROOT

LEFT_COLD = """
from kashshaf.analyzers import base_list, stopwords
from kashshaf.analyzers.analyzer import Analyzer
from kashshaf.analyzers.stemming import countries, irregular
from kashshaf.analyzers.stemming.variants import spellings

Analyzer().warm_up()
tables = [stopwords.stop_words, base_list._lists, countries.countries, irregular.irregular, spellings.listed,
          spellings.standard]
print([table.__name__ for table in tables if not table.cache_info().currsize])
"""


def test_warming_up_loads_every_table() -> None:
    ran = subprocess.run([sys.executable, "-c", LEFT_COLD], capture_output=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == b"[]"


def test_the_word_that_warms_up_is_in_no_table() -> None:
    assert Lexicon.base().count(UNKNOWN_WORD) == 0
