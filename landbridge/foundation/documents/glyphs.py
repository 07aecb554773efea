"""Which letters the fonts inside the typst package can draw; the others are shown as a box, for a gap is an error."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

BOX = "\u25a1"

# First and last code point of each run, found by drawing every letter once (tests/foundation/documents repeat a part).
_COVERED = (
    "0020-007e 00a0-00ac 00ae-0377 037a-037f 0384-038a 038c-038c 038e-03a1 03a3-04ff 0510-0513 051a-051d 0531-0556 "
    "0559-058a 058d-058f 05d0-05ea 10d0-10ff 1d00-1dbf 1e00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59-1f59 "
    "1f5b-1f5b 1f5d-1f5d 1f5f-1f7d 1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe 2000-200a "
    "2010-2027 202f-2040 2042-2042 2044-2052 2054-205f 2070-2071 2074-208e 2090-209c 20a0-20c0 2100-211e 2120-2120 "
    "2122-2122 2124-2124 2126-2151 2153-2184 2189-2189 2190-23ff 2422-2423 2460-2606 2609-262f 2638-268b 2690-269c "
    "26a0-26a7 26aa-26af 2701-2704 2706-2709 270c-2714 2717-2726 272a-274b 274d-274d 274f-2752 2756-2756 2758-275e "
    "2761-277f 2794-2794 2798-27af 27b1-2b73 2b76-2b95 2b97-2bff 2c60-2c7f fb00-fb06"
)
_RUNS = [tuple(int(end, 16) for end in run.split("-")) for run in _COVERED.split()]
_FIRSTS = [first for first, _ in _RUNS]
ALWAYS_DRAWN = 0x17F  # up to the end of Latin Extended-A, each letter by itself and beside any other


def is_drawn(letter: str) -> bool:
    """Whether the fonts have this letter."""
    place = bisect_right(_FIRSTS, ord(letter)) - 1
    return place >= 0 and ord(letter) <= _RUNS[place][1]


def drawable(text: str, *, only_plain: bool = False) -> str:
    """The text with a box for each letter that cannot be drawn, without control and direction characters.

    `only_plain` leaves nothing but Latin letters in their simplest form.
    """
    letters = []
    for letter in unicodedata.normalize("NFKC" if only_plain else "NFC", text):
        if letter in "\n\t" or letter.isspace():
            letters.append("\n" if letter == "\n" else "\u00a0" if letter in "\u00a0\u202f" else " ")
        elif unicodedata.category(letter) in {"Cc", "Cf", "Cs"}:
            continue
        elif (ord(letter) > ALWAYS_DRAWN and only_plain) or not is_drawn(letter):
            letters.append("" if unicodedata.combining(letter) else BOX)
        else:
            letters.append(letter)
    return "".join(letters)
