"""Long work over many files: on this machine or on a Ray cluster, resumable, nothing lost, nothing twice."""

from tilik.jobs.engines import Engine, Local
from tilik.jobs.ledger import Ledger, read_rows
from tilik.jobs.pace import Pace
from tilik.jobs.running import Act, Item, Step, run, signals_act

__all__ = ["Act", "Engine", "Item", "Ledger", "Local", "Pace", "Step", "read_rows", "run", "signals_act"]
