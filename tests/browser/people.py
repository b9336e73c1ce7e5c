"""The People screen, used as an administrator uses it."""

from __future__ import annotations

from playwright.sync_api import Page


def add_reviewer(page: Page, url: str, name: str) -> str:
    """Add a reviewer; returns the sign-in link shown once. ``page`` is an administrator's."""
    page.goto(f"{url}/people")
    page.get_by_label("Nama", exact=True).fill(name)
    page.get_by_role("button", name="Tambah dan buat tautan").click()
    shown = page.get_by_role("status").filter(has_text=f"Tautan masuk untuk {name}")
    return shown.get_by_role("textbox").input_value()
