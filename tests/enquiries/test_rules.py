"""Numbers that are said on the telephone, what a question needs, competences found in a text, summaries, moves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from landbridge.enquiries import rules
from landbridge.enquiries.rules import Asked, Asker, Term
from landbridge.enquiries.rules.numbers import ROOM, check_digit
from landbridge.enquiries.states import Closing

pytestmark = pytest.mark.once
TODAY = date(2026, 3, 9)
TEXT = "What we make, what we want to know, and what we have tried so far."
ASKER = Asker(is_closed=False, has_desk=True)
serials = st.integers(1, 3 * ROOM)


def codes(problems) -> set[str]:
    return {problem.code for problem in problems}


class TestNumbers:
    @given(serials, st.data())
    @examples(max_examples=200, deadline=None)
    def test_every_single_slip_is_noticed_and_led_back(self, serial, data):
        number = rules.number_for(serial)
        digits = number.replace(" ", "")
        place = data.draw(st.integers(0, len(digits) - 1))
        wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
        slip = digits[:place] + wrong + digits[place + 1 :]
        assert not rules.is_right(slip)
        assert number in rules.meant_by(slip)

    @given(serials, st.data())
    @examples(max_examples=200, deadline=None)
    def test_neighbours_that_changed_places_are_noticed(self, serial, data):
        digits = rules.number_for(serial).replace(" ", "")
        place = data.draw(st.integers(0, len(digits) - 2))
        swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        assert rules.is_right(swapped) == (swapped == digits)
        assert rules.number_for(serial) in rules.meant_by(swapped)

    @given(serials, serials)
    @examples(max_examples=200, deadline=None)
    def test_two_enquiries_never_share_a_number(self, one, other):
        assert (rules.number_for(one) == rules.number_for(other)) == (one == other)

    def test_all_slips_of_all_digits(self):
        digits = rules.number_for(1).replace(" ", "")
        for place in range(8):
            for digit in set("0123456789") - {digits[place]}:
                assert not rules.is_right(digits[:place] + digit + digits[place + 1 :])

    def test_how_it_is_typed_does_not_matter(self):
        number = rules.number_for(7)
        for said in (number, number.replace(" ", ""), number.replace(" ", "-"), f"No. {number}"):
            assert rules.meant_by(said.replace("No.", "")) == [number]
        assert rules.digits_of("O12") == "012"

    def test_a_digit_too_few_or_too_many_is_led_back(self):
        digits = rules.number_for(9).replace(" ", "")
        assert rules.number_for(9) in rules.meant_by(digits[:3] + digits[4:])
        assert rules.number_for(9) in rules.meant_by(digits[:3] + "5" + digits[3:])

    def test_what_is_no_number_leads_nowhere(self):
        for said in ("", "Mosan", "12", "1" * 60):
            assert rules.meant_by(said) == []
        with pytest.raises(ValueError, match="counted from 1"):
            rules.number_for(0)
        assert check_digit("") == 0


class TestAsking:
    def test_title_and_text_are_enough(self):
        assert codes(rules.problems_with(Asked("Why?", TEXT), asker=ASKER, today=TODAY)) == set()

    def test_everything_that_is_missing_is_said_at_once(self):
        asked = Asked(
            " ", "Short.", readiness_now=5, readiness_wanted=3, needed_by=date(2026, 3, 8),
            wants=tuple((number, 2) for number in range(13)),
        )  # fmt: skip
        asker = Asker(is_closed=True, has_desk=False, is_named=False)
        assert codes(rules.problems_with(asked, asker=asker, today=TODAY)) == {
            "company_closed", "no_desk", "nobody_asks", "no_title", "text_too_short", "needed_in_the_past",
            "readiness_goes_back", "too_many_wants",
        }  # fmt: skip

    def test_a_day_that_passed_since_may_stay(self):
        asked, before = Asked("Why?", TEXT, needed_by=date(2026, 3, 1)), date(2026, 3, 1)
        assert not list(rules.problems_with_revision(asked, was_needed_by=before, today=TODAY))
        assert list(rules.problems_with_revision(asked, was_needed_by=None, today=TODAY))


TERMS = (
    Term(1, "RNA sequencing", ("RNA-Seq", "transcriptome sequencing")),
    Term(2, "Mass spectrometry", ("MS imaging", "Massenspektrometrie")),
    Term(3, "Cell assays", ()),
    Term(4, "MS", ()),
)


class TestCompetences:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("We need RNAseq of mouse tissue.", [1]), ("rna seq", [1]), ("RNA-Seq and a cell assay", [1, 3]),
            ("Mass-Spectrometry!", [2]), ("Massenspektrometrie", [2]), ("the ms sank", []), ("", []),
        ],
    )  # fmt: skip
    def test_names_are_found_however_they_are_spelt(self, text: str, found: list[int]):
        assert [term.pk for term in rules.proposed(text, terms=TERMS)] == found

    def test_a_search_finds_parts_of_names(self):
        assert [term.pk for term in rules.looked_up("seq", terms=TERMS)] == [1]
        assert [term.pk for term in rules.looked_up("m", terms=TERMS)] == [4, 2, 1]
        assert rules.looked_up(" - ", terms=TERMS) == []


class TestSummaries:
    def test_it_is_long_enough_new_and_names_nobody(self):
        facts = {"is_closed": False, "newest": None, "names": ("Danish Company ApS", "", "Dagny")}
        assert not list(rules.problems_with_summary(title="An enzyme", text=TEXT, **facts))
        assert codes(rules.problems_with_summary(title="", text="Dagny asks.", **facts)) == {
            "no_title", "summary_too_short", "names_the_company",
        }  # fmt: skip
        same = facts | {"newest": ("An enzyme", TEXT), "is_closed": True}
        assert codes(rules.problems_with_summary(title="An enzyme", text=TEXT, **same)) == {
            "summary_unchanged", "enquiry_ended",
        }  # fmt: skip

    def test_a_name_inside_another_word_is_none(self):
        assert rules.names_the_company("An iceberg", names=("Ice",)) == []

    def test_the_newest_is_decided_once(self):
        assert not list(rules.problems_with_decision(is_decided=False, is_newest=True))
        assert codes(rules.problems_with_decision(is_decided=True, is_newest=True)) == {"summary_decided"}
        assert codes(rules.problems_with_decision(is_decided=False, is_newest=False)) == {"summary_outdated"}
        assert codes(rules.problems_with_remark(" ")) == {"no_reason"}
        assert codes(rules.problems_with_stand_in(company_has_people=True, how="By telephone.")) == {
            "company_can_approve"
        }


class TestMoves:
    def test_each_way_of_closing(self):
        facts = {"number": "1", "of": None, "is_itself_duplicate": False}
        for closing in Closing:
            reason = "" if closing in (Closing.COLLABORATION, Closing.APPLICATION) else "Because."
            found = codes(rules.problems_with_closing(closing=closing, reason=reason, **facts))
            assert found == ({"duplicate_of_what"} if closing is Closing.DUPLICATE else set())
        assert codes(rules.problems_with_closing(closing="", reason="", **facts)) == {"closing_unknown"}
        twin = facts | {"of": "2"}
        assert not list(rules.problems_with_closing(closing=Closing.DUPLICATE, reason="", **twin))

    def test_the_other_rules(self):
        assert not list(rules.problems_with_leader(leads=True, leader="Liège"))
        assert not list(rules.problems_with_leaving(has_approved_summary=True))
        assert not list(rules.problems_with_shortlist(offers=1))
        assert not list(rules.problems_with_hold(until=date(2026, 4, 1), reason="Samples.", today=TODAY))
        assert codes(rules.problems_with_leader(leads=False, leader="Liège")) == {"another_desk_leads"}
        assert codes(rules.problems_with_leaving(has_approved_summary=False)) == {"no_approved_summary"}
        assert codes(rules.problems_with_shortlist(offers=0)) == {"shortlist_empty"}
        assert codes(rules.problems_with_hold(until=TODAY, reason="", today=TODAY)) == {
            "hold_out_of_range",
            "no_reason",
        }
        assert not list(rules.problems_with_stand_in(company_has_people=False, how="By telephone."))


class TestWriting:
    def test_a_text_or_a_file(self):
        assert codes(rules.problems_with_writing(" ")) == {"nothing_said"}
        assert not list(rules.problems_with_writing("", files=1))
        assert codes(rules.problems_with_writing("x" * 11, longest=10)) == {"text_too_long"}

    @given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="cd>\n", max_size=60))
    @examples(max_examples=100, deadline=None)
    def test_what_was_quoted_stands_below_a_fold(self, text, rest):
        said, below = rules.parts_of(rules.with_rest(text, rest))
        assert (said.strip(), below) == (text.strip(), rest.strip())
