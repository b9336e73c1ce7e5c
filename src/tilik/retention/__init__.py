"""How long data is kept, erasing it with proof, erasing who a person is, and the record of processing."""

import tilik.retention.apply  # noqa: F401  (declares how its events change the tables)
from tilik.retention.due import Due, Planned, plan
from tilik.retention.kinds import KINDS, Kind
from tilik.retention.people import PersonDue, erase_person, person_due
from tilik.retention.proof import Proof, prove
from tilik.retention.rules import Rule, rules, set_rule
from tilik.retention.running import Ran, run, runs

__all__ = [
    "KINDS",
    "Due",
    "Kind",
    "PersonDue",
    "Planned",
    "Proof",
    "Ran",
    "Rule",
    "erase_person",
    "person_due",
    "plan",
    "prove",
    "rules",
    "run",
    "runs",
    "set_rule",
]
