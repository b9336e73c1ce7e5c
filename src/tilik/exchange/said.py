"""What one judge, here or elsewhere, a person or a machine, said of one video."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import JsonValue

from tilik.kernel import Evidence, Span, digest


@dataclass(frozen=True, slots=True)
class Said:
    """What one judge said of a video: ``marks`` are (question, span), ``evidence`` spans of machines."""

    answers: dict[str, JsonValue] = field(default_factory=dict)
    marks: tuple[tuple[str, Span], ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    def digest(self) -> str:
        """By which answers that come back unchanged are known again; evidence does not enter."""
        marks = sorted((question, span.start, span.end) for question, span in self.marks)
        return digest({"answers": self.answers, "marks": marks, "notes": self.notes})
