"""Named code points. Rules name letters: a bare Arabic glyph in code is unreadable under bidi."""

from pyarabic import araby

HAMZA: str = araby.HAMZA
ALEF: str = araby.ALEF
ALEF_MADDA: str = araby.ALEF_MADDA
ALEF_HAMZA_ABOVE: str = araby.ALEF_HAMZA_ABOVE
ALEF_HAMZA_BELOW = araby.ALEF_HAMZA_BELOW
ALEF_WASLA = araby.ALEF_WASLA
ALEF_MAKSURA = araby.ALEF_MAKSURA
WAW: str = araby.WAW
WAW_HAMZA = araby.WAW_HAMZA
YEH: str = araby.YEH
YEH_HAMZA: str = araby.YEH_HAMZA
HEH: str = araby.HEH
TEH_MARBUTA = araby.TEH_MARBUTA
BEH = araby.BEH
FEH = araby.FEH
JEEM = araby.JEEM
KAF = araby.KAF
ZAIN = araby.ZAIN
REH: str = araby.REH
TATWEEL = araby.TATWEEL
FATHA = araby.FATHA
SUKUN = araby.SUKUN
DAGGER_ALEF = araby.MINI_ALEF
HAMZA_ABOVE = araby.HAMZA_ABOVE
SMALL_YEH = "\u06e6"
SMALL_HIGH_YEH = "\u06e7"
SMALL_HIGH_NOON = "\u06e8"

# Letters of Persian, Urdu and Maghrebi or Iraqi spelling.
PEH = "\u067e"
TCHEH = "\u0686"
JEH = "\u0698"
VEH = "\u06a4"
QAF_DOTLESS_ABOVE = "\u06a8"
KEHEH = "\u06a9"
SWASH_KAF = "\u06aa"
NG = "\u06ad"
GAF = "\u06af"
HEH_DOACHASHMEE = "\u06be"
HEH_GOAL = "\u06c1"
HEH_WITH_YEH = "\u06c0"
HEH_GOAL_HAMZA = "\u06c2"
TEH_MARBUTA_GOAL = "\u06c3"
FARSI_YEH = "\u06cc"
YEH_BARREE = "\u06d2"
AE = "\u06d5"
FEH_MOVED_BELOW = "\u06a2"
QAF_ONE_DOT = "\u06a7"

QAF = araby.QAF
GHAIN = araby.GHAIN
AIN = araby.AIN
DAL = araby.DAL
DAD = araby.DAD
SAD = araby.SAD
THAL = araby.THAL
THEH = araby.THEH
ZAH = araby.ZAH
SEEN = araby.SEEN
SHEEN = araby.SHEEN
TEH = araby.TEH
TAH = araby.TAH
HAH = araby.HAH
LAM: str = araby.LAM
MEEM = araby.MEEM
NOON = araby.NOON
ARTICLE: str = ALEF + LAM

WESTERN_DIGITS = "0123456789"
ARABIC_DIGITS = "".join(chr(0x0660 + value) for value in range(10))
PERSIAN_DIGITS = "".join(chr(0x06F0 + value) for value in range(10))
COMMA: str = araby.COMMA
ARABIC_DECIMAL = "\u066b"
ARABIC_THOUSANDS = "\u066c"

# Character classes for regular expressions: what stands inside the brackets.
LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5"
    "\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08c9"
)
PRESENTED = "\ufb50-\ufbb1\ufbd3-\ufc5d\ufc64-\ufd3d\ufd50-\ufdc7\ufdf0-\ufdf9\ufe80-\ufefc"
"""Presentation forms that stand for letters; ligatures of whole phrases (U+FDFA and on) are no words."""
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"
PRESENTED_MARKS = "\ufc5e-\ufc63\ufe70-\ufe74\ufe76-\ufe7f"
"""Marks as presentation forms: their compatibility form is a space or tatweel with the mark."""
ARABIC_FORMS = "\ufb50-\ufdff\ufe70-\ufefe"
"""Both blocks of presentation forms, whatever in them is a letter."""
LATIN_MARKS = "\u0300-\u036f"
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
"""Soft hyphen, zero-width and bidi characters, variation selectors: seen by nobody."""
