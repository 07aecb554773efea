"""From the octets of an e-mail to plain values; hostile headers, charsets and structures end in words, never in errors."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from html.parser import HTMLParser

from landbridge.foundation.inbox.cutting import cut
from landbridge.foundation.outbox.texts import one_line, tidy

MOST_BYTES = 25_000_000  # of a whole e-mail
MOST_PARTS, MOST_ATTACHMENTS, LONGEST_HEADER = 100, 20, 4_000
LONGEST_ID, LONGEST_SUBJECT = 250, 200
TO_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
_ID = re.compile(r"<([^<>\s]{3,})>")
_ADDRESS = re.compile(r"[^@\s<>,;\"']{1,64}@[A-Za-z0-9.-]{1,190}")
_HIDDEN = ("script", "style", "head", "title", "template")
_BREAKS = ("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul", "ol", "blockquote")


@dataclass(slots=True)
class Attachment:
    """A file that came with an e-mail, as an upload that `files.store.receive` can read."""

    name: str | None
    content: bytes = field(repr=False)

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        size = chunk_size or len(self.content) or 1
        for start in range(0, len(self.content), size):
            yield self.content[start : start + size]


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail in plain values. `text` is what was written, `rest` what was quoted and signed below it."""

    message_id: str
    sender: str
    sender_name: str
    to: tuple[str, ...]
    subject: str
    text: str
    rest: str
    references: tuple[str, ...]
    headers: dict[str, str]
    hops: int
    attachments: tuple[Attachment, ...] = field(repr=False)
    sha256: str = ""
    size: int = 0


def read(raw: bytes) -> Mail:
    """The e-mail in plain values; whatever cannot be read is empty. Bounded in time and memory by `MOST_BYTES`."""
    digest = hashlib.sha256(raw).hexdigest()
    message = _parsed(raw)
    names = [name.lower() for name, _ in message.raw_items()]
    senders = _addresses(message, "From")
    text, attachments = _content(message)
    said, rest = cut(text)
    ids = _ID.findall(_header(message, "Message-ID")) or [_header(message, "Message-ID").strip(" <>")]
    return Mail(
        message_id=one_line(ids[0])[:LONGEST_ID].replace(" ", "") or f"{digest}@no-message-id",
        sender=senders[0][1] if len(senders) == 1 else "",
        sender_name=one_line(senders[0][0])[:150] if senders else "",
        to=tuple(dict.fromkeys(address for name in TO_HEADERS for _, address in _addresses(message, name))),
        subject=one_line(_header(message, "Subject"))[:LONGEST_SUBJECT],
        text=tidy(said),
        rest=tidy(rest),
        references=tuple(
            _ID.findall(f"{_header(message, 'In-Reply-To')} {_header(message, 'References')}")[:MOST_PARTS]
        ),
        headers={name: one_line(_header(message, name)) for name in TELLING if name.lower() in names},
        hops=names.count("received"),
        attachments=tuple(attachments[:MOST_ATTACHMENTS]),
        sha256=digest,
        size=len(raw),
    )


# The headers by which automatic mail is known; kept by these names.
TELLING = (
    "Auto-Submitted", "Precedence", "X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "Return-Path",
    "List-Id", "List-Post", "List-Unsubscribe", "X-Loop", "X-Failed-Recipients", "Content-Type", "Feedback-ID",
)  # fmt: skip


def _parsed(raw: bytes) -> EmailMessage:
    """The structure of the e-mail; one that is nested beyond reason is read as a text."""
    try:
        return message_from_bytes(raw, policy=policy.default)
    except Exception:  # noqa: BLE001 - the parser meets what a stranger sent
        head, _, body = raw.partition(b"\n\n")
        flat = EmailMessage()
        flat.set_content(body[:MOST_BYTES].decode("utf-8", "replace"))
        flat["Subject"] = one_line(head[:100].decode("ascii", "replace"))
        return flat


def _header(message: Message, name: str) -> str:
    """One header as text; one that the parser cannot read, as it came."""
    try:
        return str(message.get(name, ""))[:LONGEST_HEADER]
    except Exception:  # noqa: BLE001 - several known faults of the parser of headers
        return next((_raw(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")


def _raw(value: object) -> str:
    return str(value).encode("utf-8", "replace").decode("utf-8", "replace")[:LONGEST_HEADER]


def _addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """Every (name, address) of a header; what is no address is left out."""
    try:
        values = [str(value)[:LONGEST_HEADER] for value in message.get_all(name, [])]
    except Exception:  # noqa: BLE001
        values = [_header(message, name)]
    try:
        pairs = getaddresses([value.replace("\r", " ").replace("\n", " ") for value in values])
    except Exception:  # noqa: BLE001
        return []
    return [(person, address.lower()) for person, address in pairs if _ADDRESS.fullmatch(address)]


def _content(message: EmailMessage) -> tuple[str, list[Attachment]]:
    """The text (plain, else made from HTML) and the attachments."""
    plain: list[str] = []
    html: list[str] = []
    files: list[Attachment] = []
    for part in _parts(message):
        kind, name, is_file = _look(part)
        if is_file:
            content = _octets(part)
            if content:
                files.append(Attachment(name or "attachment", content))
        elif kind == "text/html":
            html.append(_text(part))
        else:
            plain.append(_text(part))
    text = "\n".join(plain)
    return (text if text.strip() else "\n".join(map(from_html, html))), files


def _parts(message: Message) -> Iterator[Message]:
    """The leaves of the e-mail; an e-mail attached to it is one leaf."""
    waiting: list[Message] = [message]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            children = part.get_payload()
            waiting[:0] = [child for child in children if isinstance(child, Message)][:MOST_PARTS]
        else:
            yield part


def _look(part: Message) -> tuple[str, str, bool]:
    """The kind of a part, its file's name, and whether it is a file; a part that cannot be read is one."""
    try:
        kind, name = part.get_content_type(), one_line(part.get_filename() or "")
        is_file = bool(name) or part.get_content_disposition() == "attachment" or not kind.startswith("text/")
    except Exception:  # noqa: BLE001 - a header of the part that the parser cannot read
        return "application/octet-stream", "attachment", True
    return kind, name, is_file


def _octets(part: Message) -> bytes:
    try:
        if part.get_content_maintype() == "message":
            return part.get_payload(0).as_bytes()  # type: ignore[union-attr]
        return bytes(part.get_payload(decode=True) or b"")
    except Exception:  # noqa: BLE001
        return b""


def _text(part: Message) -> str:
    """A text part in its charset; an unknown or wrong one is read as UTF-8, then as Latin-1."""
    octets = _octets(part)
    try:
        charset = str(part.get_content_charset() or "utf-8")
        return octets.decode(charset)
    except (LookupError, ValueError, TypeError):
        try:
            return octets.decode("utf-8")
        except UnicodeDecodeError:
            return octets.decode("latin-1")


class _Html(HTMLParser):
    """The words of an HTML text; quotes are marked as in plain mail, scripts and styles left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = self.quoted = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in _HIDDEN
        self.quoted += tag == "blockquote"
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in _HIDDEN))
        if tag in _BREAKS:
            self.words.append("\n")
        self.quoted = max(0, self.quoted - (tag == "blockquote"))

    def handle_data(self, data: str) -> None:
        if not self.hidden and data.strip():
            mark = "> " if self.quoted else ""
            self.words.append(mark + re.sub(r"\s+", " ", data) + ("\n" if mark else ""))


def from_html(html: str) -> str:
    """The text of an HTML e-mail."""
    reader = _Html()
    with contextlib.suppress(Exception):  # what could be read until then is better than nothing
        reader.feed(html)
        reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.words)).strip()
