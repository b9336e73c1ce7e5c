"""Signed, short-lived links to media: bound to one session and one file, worthless to anybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from tilik.kernel import Clock, Refused, to_text, utc_now

LINK_LIFE = timedelta(minutes=30)
LONGEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MediaGrant:
    """What a link opens: one file (``content``, a blob's name) of the video of one task, in one session."""

    session: str
    task: str
    content: str
    mime: str


class MediaLinks:
    """Writes and reads links with the workspace's secret."""

    def __init__(self, secret: bytes, *, clock: Clock = utc_now) -> None:
        self._serializer = URLSafeSerializer(secret, salt="tilik media 1")
        self._clock = clock

    def write(self, grant: MediaGrant, *, duration: float = 0.0) -> str:
        """The URL of this file for this session: good for half an hour and twice the video's ``duration``, an
        hour at most.

        A player asks for ranges until the end of the video, so a long one needs a longer link; when it runs
        out, the screen asks for another.
        """
        until = to_text(self._clock() + min(LINK_LIFE + timedelta(seconds=2 * duration), LONGEST))
        parts = [grant.session, grant.task, grant.content, grant.mime, until]
        return "/media/" + self._serializer.dumps(parts)

    def read(self, token: str, *, session: str) -> MediaGrant:
        """What the token opens. Raises ``Refused`` when forged, too old, or made for another session."""
        try:
            *fields, until = self._serializer.loads(token)
            grant = MediaGrant(*fields)
        except (BadSignature, TypeError, ValueError):
            raise Refused("media-link-invalid", "this media link is not valid") from None
        if until <= to_text(self._clock()):
            raise Refused("media-link-expired", "this media link is too old", mend="Load the task again.")
        if grant.session != session:
            raise Refused("media-link-foreign", "this media link was made for somebody else")
        return grant
