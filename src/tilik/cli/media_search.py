"""``tilik media search``: what stands and is said in the workspace's videos."""

from __future__ import annotations

from typing import Annotated

import typer

from tilik.cli.console import AsJson, out, print_json
from tilik.cli.place import workspace
from tilik.kernel import Json
from tilik.media.searching import PLACES, FoundVideo, Hit, search
from tilik.media.words import parse

Words = Annotated[str, typer.Argument(metavar="WORDS", help='Words; also "in a row", begin* and -without.')]
Most = Annotated[int, typer.Option(help="Hits at most.", min=1, max=10_000)]


def search_texts(words: Words, limit: Most = 50, as_json: AsJson = False) -> None:
    """Find videos by their titles, captions, text in the pictures and recognised speech.

    All words must stand in one piece of text; case and accents do not matter. Locked videos are not found.

    Example: `tilik media search 'slot -parkir'`
    """
    query = parse(words)
    with workspace() as opened, opened.store.read() as connection:
        found = search(connection, query, places=PLACES, limit=limit)
    if as_json:
        told: list[Json] = [_json(video) for video in found]
        print_json(told)
        return
    for video in found:
        out.print(f"{video.video}  {video.title}", style="bold", markup=False)
        for hit in video.hits:
            out.print(f"  {_at(hit)}  {hit.place}: {' '.join(hit.text.split())}", markup=False)
    out.print(f"videos: {len(found)}; hits: {sum(len(video.hits) for video in found)}")


def _at(hit: Hit) -> str:
    return f"{int(hit.start) // 60}:{int(hit.start) % 60:02}"


def _json(video: FoundVideo) -> Json:
    hits: list[Json] = [
        {"place": hit.place, "start": hit.start, "end": hit.end, "text": hit.text} for hit in video.hits
    ]
    return {"video": video.video, "title": video.title, "count": video.count, "hits": hits}
