"""Reading hostile e-mail: every octet string becomes plain values, and what was written is cut from what was quoted."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from landbridge.foundation.inbox.addresses import LARGEST, read_address, reply_address
from landbridge.foundation.inbox.cutting import cut
from landbridge.foundation.inbox.reading import from_html, read
from landbridge.foundation.inbox.verdicts import why_automatic, why_loop

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _host(settings):
    settings.LANDBRIDGE_MAIL_HOST = "mail.example.org"


def mail(text: str = "Yes, please.", **headers: str) -> bytes:
    """An e-mail as a person would send it."""
    message = EmailMessage()
    message["From"] = headers.pop("From", "Dagny <dagny@example.org>")
    message["To"] = headers.pop("To", "desk@example.org")
    message["Message-ID"] = headers.pop("Message_ID", "<one@example.org>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


class TestReading:
    def test_a_plain_mail(self):
        found = read(mail("Yes.\n\n-- \nDagny\n", Subject="Re: Your question"))
        assert (found.sender, found.sender_name) == ("dagny@example.org", "Dagny")
        assert (found.text, found.rest) == ("Yes.", "--\nDagny")
        assert (found.subject, found.message_id) == ("Re: Your question", "one@example.org")

    def test_html_alone_becomes_text_without_scripts(self):
        message = EmailMessage()
        message["From"] = "a@example.org"
        message.set_content(
            "<style>p{}</style><p>Yes,<br>we do.</p><script>alert(1)</script><blockquote>Old</blockquote>",
            subtype="html",
        )
        found = read(message.as_bytes())
        assert (found.text, found.rest) == ("Yes,\nwe do.", "> Old")

    def test_attachments_come_with_their_names(self):
        message = EmailMessage()
        message["From"] = "a@example.org"
        message.set_content("See the file.")
        message.add_attachment(
            b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="../../spec.pdf"
        )
        [one] = read(message.as_bytes()).attachments
        assert (one.name, b"".join(one.chunks(3))) == ("../../spec.pdf", b"%PDF-1.7 x")

    @pytest.mark.parametrize(
        "raw",
        [
            b"", b"\x00\xff\xfe", b"From: <>\r\n\r\nx", b"From: =?utf-8?b?/////?= <a@b.example>\n\nx",
            b"Content-Type: text/plain; charset=no-such\n\n\xe9t\xe9", b"Content-Type: multipart/mixed\n\nx",
            b"Content-Transfer-Encoding: base64\n\n$$$$", b"Subject: =?x?q?\xff?=\nFrom: a@b.example, c@d.example\n\nx",
            b"To: " + b"(" * 5000 + b"\n\nx", b"From: " + b"a," * 9000 + b"\n\nx", b"Message-ID: [\n\nx",
            b"Content-Disposition: attachment; filename*=utf-8''%ff%00\n\nx",
            b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000,
            b"Content-Type: message/rfc822\n\n" * 500, b"Content-Type: text/html\n\n" + b"<blockquote>" * 20_000 + b"x",
        ],
    )  # fmt: skip
    def test_hostile_mail_is_read_without_errors(self, raw: bytes):
        found = read(raw)
        assert found.message_id
        assert "\x00" not in found.text

    @given(st.binary(max_size=2000))
    @examples(max_examples=150, deadline=None)
    def test_any_octets_are_read(self, raw: bytes):
        read(b"From: a@b.example\n" + raw)
        read(raw)

    def test_no_header_can_be_smuggled(self):
        found = read(b"From: a@b.example\nSubject: =?utf-8?q?one=0D=0ABcc:_x@y.example?=\n\nx")
        assert "\n" not in found.subject
        assert "\r" not in found.subject


class TestCutting:
    @pytest.mark.parametrize(
        "below",
        [
            "On Mon, 2 March 2026 at 10:00, Desk wrote:\n> old\n",
            "On Mon, 2 March 2026 at 10:00, Desk\n<desk@example.org> wrote:\n\n> old\n",
            "Am Mo., 2. März 2026 um 10:00 Uhr schrieb Desk:\n> alt\n",
            "Le lun. 2 mars 2026 à 10:00, Desk a écrit :\n> vieux\n",
            "Op ma 2 mrt 2026 om 10:00 schreef Desk:\n> oud\n",
            "Den man. 2. mar. 2026 kl. 10.00 skrev Desk:\n> gammel\n",
            "-----Original Message-----\nFrom: Desk\nold\n",
            "From: Desk <desk@example.org>\nSent: Monday\nTo: Dagny\n\nold\n",
            "Von: Desk\nGesendet: Montag\nAn: Dagny\n\nalt\n",
            "________________________________\nFrom: Desk\nold\n",
            "> old\n> older\n",
            "-- \nDagny\nDanish Company\n",
        ],
    )
    def test_what_was_quoted_or_signed_stands_below(self, below: str):
        assert cut(f"Yes, send it.\n\n{below}") == ("Yes, send it.\n\n", below)

    def test_answers_between_quotes_stay(self):
        text = "On Monday, Desk wrote:\n> Which temperature?\n40 degrees.\n> And when?\nIn May.\n"
        assert cut(text) == (text, "")

    def test_a_signature_below_the_quotes_is_no_answer(self):
        below = "On Monday, Desk wrote:\n> Which temperature?\n-- \nDagny\n"
        assert cut(f"40 degrees.\n{below}") == ("40 degrees.\n", below)

    def test_an_introduction_without_quotes_still_ends_it(self):
        below = "On Monday, Desk wrote:\nWhich temperature?\n"
        assert cut(f"40 degrees.\n{below}") == ("40 degrees.\n", below)

    def test_nothing_but_quotes_stays_whole(self):
        assert cut("> old\n") == ("> old\n", "")

    def test_an_ordinary_sentence_is_no_introduction(self):
        text = "On Monday we met.\nHe wrote: we need this.\nFrom: Berlin we come.\n"
        assert cut(text) == (text, "")

    @given(st.text(alphabet=st.sampled_from("ab >-\n:"), max_size=300))
    @examples(max_examples=200, deadline=None)
    def test_nothing_is_lost(self, text: str):
        assert "".join(cut(text)) == text


class TestAddresses:
    @given(
        st.integers(0, LARGEST), st.integers(0, LARGEST), st.emails(),
        st.tuples(st.integers(0, 63), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567-+")),
    )  # fmt: skip
    @examples(max_examples=200, deadline=None)
    def test_an_address_says_what_it_was_made_of_and_nothing_else(self, about, topic, email, change):
        address = reply_address("enquiry", about_id=about, topic_id=topic, reader=email)
        local = address.partition("@")[0]
        assert len(local) <= 64
        found = read_address(address.upper())
        assert found is not None
        assert (found.kind, found.about_id, found.topic_id) == ("enquiry", about, topic)
        assert found.is_for(email.upper())
        assert not found.is_for("mallory@example.org")
        place, letter = change
        changed = local[:place] + letter + local[place + 1 :]
        if place < len(local) and changed != local:
            assert read_address(f"{changed}@host") is None

    def test_an_address_of_yesterday_s_key_still_works(self, settings):
        address = reply_address("enquiry", about_id=1, reader="a@example.org")
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "tomorrow"
        found = read_address(address)
        assert found is not None
        assert found.is_for("a@example.org")

    def test_without_a_host_there_is_no_address(self, settings):
        settings.LANDBRIDGE_MAIL_HOST = ""
        assert reply_address("enquiry", about_id=1, reader="a@example.org") == ""

    @pytest.mark.parametrize(
        "wrong", ["", "enquiry+", "enquiry+1-2-3@x", "a" * 5000, "enquiry+1-0-aaaaaaaa-" + "b" * 16]
    )
    def test_other_addresses_say_nothing(self, wrong: str):
        assert read_address(wrong) is None


class TestVerdicts:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated; owner-email=x"},
            {"Precedence": "bulk"}, {"X_Autoreply": "yes"}, {"Return_Path": "<>"},
            {"From": "MAILER-DAEMON@example.org"}, {"From": "noreply@example.org"},
            {"Subject": "Automatic reply: Your question"}, {"Subject": "Abwesenheitsnotiz: Ihre Frage"},
        ],
    )  # fmt: skip
    def test_automatic_mail_is_known(self, headers: dict[str, str]):
        assert why_automatic(read(mail(**headers)))

    def test_people_are_not_taken_for_machines(self):
        assert why_automatic(read(mail(Auto_Submitted="no", Subject="Re: Automatic pipetting"))) == ""

    def test_circles_are_known(self):
        own = frozenset({"landbridge@localhost"})
        facts = {"our_addresses": own, "is_our_letter": False, "lately": 0}
        assert why_loop(read(mail()), **facts) == ""
        assert why_loop(read(mail()), **facts | {"is_our_letter": True}) == "Message-ID"
        assert why_loop(read(mail()), **facts | {"lately": 20}) == "Rate"
        assert why_loop(read(mail(From="landbridge@localhost")), **facts) == "From"
        assert why_loop(read(mail(List_Id="<l.example.org>")), **facts) == "List-Id"
        hops = b"Received: x\n" * 41
        assert why_loop(read(hops + mail()), **facts) == "Received"


def test_html_keeps_its_lines():
    assert from_html("<div>One</div><div>two &amp; three</div>") == "One\n\ntwo & three"
