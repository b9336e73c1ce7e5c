"""Tables of simulations within a page, each between its marks."""

from pathlib import Path


def put(page: Path, part: str, lines: list[str]) -> None:
    """Replace what stands between the part's marks."""
    start, end = f"<!-- {part} -->", f"<!-- /{part} -->"
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(start)
    page.write_text(
        before + start + "\n" + "\n".join(lines) + "\n" + end + rest.split(end)[1], encoding="utf-8"
    )
