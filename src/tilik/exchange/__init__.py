"""In and out: look-ups in hash lists before a person sees a video; judgements to and from other programs."""

from tilik.exchange.cvat import from_cvat, to_cvat
from tilik.exchange.events import MachineJudged, OutsideStudyImported, VideoMatched
from tilik.exchange.fiftyone import from_fiftyone, to_fiftyone
from tilik.exchange.hma import BankMatch, Hma
from tilik.exchange.outside import Imported, find_imported, imported_studies, judged_outside, keep_outside
from tilik.exchange.raters import compare_raters, keep_verdicts
from tilik.exchange.screening import Found, Screening, lock_known, look_up, screen_waiting, unscreened

__all__ = [
    "BankMatch",
    "Found",
    "Hma",
    "Imported",
    "MachineJudged",
    "OutsideStudyImported",
    "Screening",
    "VideoMatched",
    "compare_raters",
    "find_imported",
    "from_cvat",
    "from_fiftyone",
    "imported_studies",
    "judged_outside",
    "keep_outside",
    "keep_verdicts",
    "lock_known",
    "look_up",
    "screen_waiting",
    "to_cvat",
    "to_fiftyone",
    "unscreened",
]
