"""The reference pages say what the code says."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from tilik.log import event_types

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    """``tools/docs.py``, which is a script and no package."""
    spec = importlib.util.spec_from_file_location("docs_tool", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_what_the_code_says(docs: ModuleType) -> None:
    assert docs.COMMANDS.read_text(encoding="utf-8") == docs.commands_page(), "run: python tools/docs.py"


def test_the_page_of_events_is_what_the_code_says(docs: ModuleType) -> None:
    assert docs.EVENTS.read_text(encoding="utf-8") == docs.events_page(), "run: python tools/docs.py"


def test_the_matrix_of_roles_is_what_the_routes_say(docs: ModuleType) -> None:
    assert docs.ACCESS.read_text(encoding="utf-8") == docs.access_page(), "run: python tools/docs.py"
    assert docs.ACCESS.read_text(encoding="utf-8").count("| `") > 30


def test_every_event_has_its_section_and_says_what_happened(docs: ModuleType) -> None:
    page = docs.events_page()
    declared = [event for event in event_types().values() if event.__module__.startswith("tilik.")]
    assert len(declared) > 14
    for event in declared:
        section = page.partition(f"### {event.type}\n\n")[2].partition("\n#")[0]
        assert section[:1].isupper()
        assert re.findall(r"^\| `(\w+)` \|", section, re.M) == list(event.model_fields)


def test_every_link_of_the_index_leads_to_a_heading(docs: ModuleType) -> None:
    page = docs.commands_page()
    headings = {line[3:].replace(" ", "-") for line in page.splitlines() if line.startswith("## ")}
    assert headings == set(re.findall(r"\(#([\w-]+)\)", page))
