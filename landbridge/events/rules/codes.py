"""Codes on badges: eight signs and a check sign, without letters that look alike; what a scanner or a hand gives, read."""

from __future__ import annotations

import re

# No 0 and O, no 1, I and L: 31 signs, and 31 is prime, so that the weighted sum finds every single wrong sign and every
# exchange of two.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 9
POSSIBLE = len(SIGNS) ** (LENGTH - 1)
_GAPS = re.compile(r"[\s\-\u2010-\u2015._]+")
LONGEST_SCAN = 300


def code_for(number: int) -> str:
    """The code of a number below `POSSIBLE`, its check sign last."""
    signs = ""
    for _place in range(LENGTH - 1):
        number, digit = divmod(number, len(SIGNS))
        signs += SIGNS[digit]
    return signs + _check_sign(signs)


def is_code(text: str) -> bool:
    """Whether it is a code that could have been given: all signs are known and the check sign fits."""
    known = len(text) == LENGTH and all(sign in SIGNS for sign in text)
    return known and _check_sign(text[:-1]) == text[-1]


def read_code(text: str) -> str:
    """The code in what was typed or scanned: an address that ends in it, small letters, gaps; empty where there is none."""
    plain = text[:LONGEST_SCAN].strip().split("?")[0].split("#")[0].rstrip("/")
    typed = _GAPS.sub("", plain.rpartition("/")[2]).upper()
    return typed if is_code(typed) else ""


def grouped(code: str) -> str:
    """As it is printed and read out: in three groups of three."""
    return " ".join(code[start : start + 3] for start in range(0, len(code), 3))


def _check_sign(signs: str) -> str:
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(signs, start=1))
    return SIGNS[total % len(SIGNS)]
