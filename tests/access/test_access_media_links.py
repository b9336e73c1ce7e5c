"""A media link opens one file, in one session, for a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tilik.access import MediaGrant, MediaLinks
from tilik.access.media_links import LINK_LIFE, LONGEST
from tilik.kernel import Refused

GRANT = MediaGrant(session="s" * 64, task="7301", content="c" * 64, mime="video/mp4")
SECRET = bytes(range(32))


def noon() -> datetime:
    return datetime(2026, 3, 1, 12, tzinfo=UTC)


def token_of(url: str) -> str:
    assert url.startswith("/media/")
    return url.removeprefix("/media/")


def code(read: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        read()
    return caught.value.code


@given(st.text(), st.text(), st.text())
def test_what_was_written_is_read(task: str, content: str, mime: str) -> None:
    links = MediaLinks(SECRET)
    grant = MediaGrant("session", task, content, mime)
    assert links.read(token_of(links.write(grant)), session="session") == grant


def test_a_link_opens_nothing_in_another_session() -> None:
    links = MediaLinks(SECRET)
    token = token_of(links.write(GRANT))
    for other in ("", "s" * 63, "t" * 64):
        assert code(lambda other=other: links.read(token, session=other)) == "media-link-foreign"


@pytest.mark.parametrize("duration", [0.0, 45.0, 7200.0])
def test_a_link_lasts_half_an_hour_and_twice_the_video_an_hour_at_most(clock: Any, duration: float) -> None:
    links = MediaLinks(SECRET, clock=clock)
    token = token_of(links.write(GRANT, duration=duration))
    life = min(LINK_LIFE + timedelta(seconds=2 * duration), LONGEST)
    clock.now += life - timedelta(seconds=1)
    assert links.read(token, session=GRANT.session) == GRANT
    clock.move(seconds=1)
    assert code(lambda: links.read(token, session=GRANT.session)) == "media-link-expired"


@given(st.data())
def test_a_token_changed_anywhere_is_forged(data: st.DataObject) -> None:
    links = MediaLinks(SECRET, clock=noon)
    token = token_of(links.write(GRANT))
    at = data.draw(st.integers(0, len(token) - 1))
    sign = data.draw(st.sampled_from("ABCabc012-_."))
    # the last sign of base64 holds bits that carry nothing
    assume(sign != token[at] and at < len(token) - 1)
    forged = token[:at] + sign + token[at + 1 :]
    assert code(lambda: links.read(forged, session=GRANT.session)) == "media-link-invalid"


@given(st.text())
def test_no_text_is_a_token(text: str) -> None:
    assert code(lambda: MediaLinks(SECRET).read(text, session=GRANT.session)) == "media-link-invalid"


def test_another_workspaces_secret_opens_nothing() -> None:
    token = token_of(MediaLinks(bytes(32)).write(GRANT))
    assert code(lambda: MediaLinks(SECRET).read(token, session=GRANT.session)) == "media-link-invalid"
