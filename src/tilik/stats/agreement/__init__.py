"""Agreement between people on labels and spans, with design weights; derived in docs/agreement.md."""

from tilik.stats.agreement.agree import NAMES, Name, agreement, agreement_value, agreements
from tilik.stats.agreement.ends import How, Variance
from tilik.stats.agreement.ratings import (
    Ratings,
    ratings_from_counts,
    ratings_from_matrix,
    ratings_from_table,
)
from tilik.stats.agreement.scales import METRICS, Metric
from tilik.stats.agreement.spans import Watched, span_agreement

__all__ = [
    "METRICS",
    "NAMES",
    "How",
    "Metric",
    "Name",
    "Ratings",
    "Variance",
    "Watched",
    "agreement",
    "agreement_value",
    "agreements",
    "ratings_from_counts",
    "ratings_from_matrix",
    "ratings_from_table",
    "span_agreement",
]
