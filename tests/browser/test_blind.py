"""While judging, nothing that could lean a judgement comes over the network: not hidden, but not sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from itsdangerous import URLSafeSerializer
from playwright.sync_api import Route, expect

from tilik.store.tables import draw, study, video

from .conftest import Opener
from .desk import CLEAN, Desk
from .people import add_reviewer
from .place import SECRETS, Served, rows_of, scores

pytestmark = pytest.mark.browser

OPINION = "pendapat-orang-lain"
NAMES = {
    *("answers", "channel", "design", "frame", "impressions", "judgements", "pi", "position", "prediction"),
    *("purpose", "score", "seed", "stratum", "study", "video", "weight"),
}
"""Fields in which something unblinding would travel."""
PUBLIC = "/api/guidelines/"
"""The guideline is the same for all and speaks of such things in general."""


@pytest.fixture(scope="module")
def received(place: Path, served: Served, open_context_for_module: Opener) -> dict[str, str]:
    """Address → body of everything a second reviewer's browser got while judging what another had judged."""
    first = Desk(open_context_for_module().new_page())
    first.sign_in(served.link)
    title = first.title.inner_text()
    first.walk([*CLEAN[:6], ("verdict", "4")])
    first.type(OPINION)
    first.press("Enter")
    first.walk(CLEAN[7:])
    first.submit()
    first.says("Hari ini 1 dinilai")

    context = open_context_for_module()
    bodies: dict[str, str] = {}
    context.route("**/api/**", lambda route: keep_body(route, bodies))
    second = Desk(context.new_page())
    second.sign_in(add_reviewer(first.page, served.url, "Budi"))
    expect(second.title).to_have_text(title)
    second.judge()
    second.says("Hari ini 1 dinilai")
    second.command("Ganti tampilan")
    second.page.reload()
    second.ready()
    return bodies


def keep_body(route: Route, bodies: dict[str, str]) -> None:
    """Pass the server's own answer on as it is, and keep a copy."""
    answer = route.fetch()
    bodies[f"{len(bodies)} {route.request.method} {route.request.url}"] = answer.text()
    route.fulfill(response=answer)


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every (field, value); a signed media link is opened, as anybody can without its key."""
    if isinstance(value, dict):
        for field, item in value.items():
            yield field, None
            yield from leaves(item, field)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, name)
    elif isinstance(value, str) and value.startswith("/media/"):
        yield from leaves(URLSafeSerializer("any").loads_unsafe(value.removeprefix("/media/"))[1], name)
    else:
        yield name, value


def test_everything_a_bench_asks_for_was_seen(received: dict[str, str]) -> None:
    for part in ("session", "tasks/next", "tasks/held", "judgements", "my/day", "guidelines"):
        assert any(f"/api/{part}" in address for address in received), part


def test_no_field_names_what_must_not_be_known(received: dict[str, str]) -> None:
    for address, body in received.items():
        if body and PUBLIC not in address:
            assert {field for field, _ in leaves(json.loads(body))} & NAMES == set(), address


def test_no_value_gives_the_draw_away(received: dict[str, str], place: Path) -> None:
    (drawn_in,) = rows_of(place, study)
    draws = rows_of(place, draw)
    secret = {str(drawn_in.seed), drawn_in.id, drawn_in.frame, drawn_in.purpose, *SECRETS, OPINION}
    secret |= {row.id for row in rows_of(place, video)} | set(scores())
    secret |= {str(row.pi) for row in draws if row.pi < 1}
    assert len(secret) > 400
    for address, body in received.items():
        if not body or PUBLIC in address:
            continue
        said = {str(value) for _, value in leaves(json.loads(body)) if value is not None}
        impressions = {str(row.impressions) for row in draws}
        assert said & (secret | impressions) == set(), address
        assert [one for one in secret - {drawn_in.purpose} if one in body] == [], address
