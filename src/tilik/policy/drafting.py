"""Writing a draft in place: begin one from any version, look at what is written so far, keep it as a draft.

The file is the truth: what is kept is the text as it was written, byte for byte, comments and layout with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlalchemy import Connection

from tilik.guideline import BadGuideline, Guideline, Text, content_hash, diff, load, review
from tilik.kernel import Conflict, Invalid
from tilik.log import Blobs
from tilik.policy.wire import ChangeView, DraftLook, FaultView, FindingView
from tilik.store import Writing
from tilik.study import add_guideline, find_version, guideline_of, versions

_VERSION = re.compile(r"""^version:[ \t]*(["']?)([^"'#\s]+)\1""", re.MULTILINE)
_STATUS = re.compile(r"^status:[ \t]*[a-z]+", re.MULTILINE)


def begin(text: str, taken: Collection[str]) -> str:
    """The same text as a draft under the next free number; a draft that no other has is left as it is.

    ``taken`` holds the numbers in use. Only those two words of the text change.
    """
    found = _VERSION.search(text)
    number = next_number(found[2], taken) if found else ""
    with_number = _VERSION.sub(f'version: "{number}"', text, count=1) if number else text
    return _STATUS.sub("status: draft", with_number, count=1)


def next_number(number: str, taken: Collection[str]) -> str:
    """The next number after this one that is free: its second part goes up, the last begins at 0.

    ``0.1.0`` → ``0.2.0``; what is no such number gets ``-2``, ``-3`` and so on behind it.
    """
    parts = number.split(".")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
        major, minor = int(parts[0]), int(parts[1])
        tries = (f"{major}.{minor + up}.0" for up in range(1, len(taken) + 2))
    else:
        tries = (f"{number}-{up}" for up in range(2, len(taken) + 3))
    return next(one for one in tries if one not in taken)


def look(connection: Connection, blobs: Blobs, text: str) -> DraftLook:
    """All there is to say about a text: its faults with their lines, or what it asks and what it changes."""
    try:
        document = load(text, name="draft")
    except BadGuideline as bad:
        faults = [
            FaultView(line=one.line, code=one.code, text=Text(id=one.id, en=one.en)) for one in bad.faults
        ]
        return DraftLook(hash="", version="", faults=faults, findings=[], changes=[], guideline=None)
    active = next((one.hash for one in versions(connection) if one.state == "active"), None)
    changes = [] if active is None else diff(guideline_of(connection, blobs, active), document)
    return DraftLook(
        hash=content_hash(document),
        version=document.version,
        faults=[],
        findings=[FindingView(code=one.code, where=one.where, text=one.text) for one in review(document)],
        changes=[ChangeView.of(one) for one in changes],
        guideline=document,
    )


def keep(writing: Writing, text: str, *, replaces: str = "") -> str:
    """Keep this text as a draft; returns its hash. A draft of the same number makes room.

    ``replaces`` is the hash of the draft that the writer began from: if another one bears the number by now,
    somebody else has kept it since, and nothing is overwritten. Raises ``Invalid`` with line numbers, or
    where the text does not call itself a draft; ``Conflict`` for a number that is taken.
    """
    document = load(text, name="draft")
    if document.status != "draft":
        raise Invalid(
            "draft-status",
            f"the text says that it is {document.status}",
            where="status",
            mend="Write `status: draft`; a version leaves that state by a decision, not by its text.",
        )
    identity = content_hash(document)
    _refuse_overwriting(writing.connection, document, {identity, replaces})
    return add_guideline(writing, text, name=f"{document.id} {document.version}")


def _refuse_overwriting(connection: Connection, document: Guideline, own: Collection[str]) -> None:
    for one in versions(connection):
        same = (one.name, one.version) == (document.id, document.version)
        if same and one.state == "draft" and one.hash not in own:
            raise Conflict(
                "draft-changed",
                f"{one} was kept by somebody else meanwhile",
                where="version",
                mend="Give yours another version, or open theirs.",
            )


def is_own(connection: Connection, identity: str) -> bool:
    """Whether this version is a draft that nobody judges by, so that writing on keeps its number."""
    found = find_version(connection, identity)
    return found.state == "draft" and not found.studies
