"""Answers out of evaluation logs (Inspect, Langfuse), and their judgements back to them as scores."""

from tilik.exchange.evals.given import Given, read_given
from tilik.exchange.evals.scores import Scored, scores_of_answers
from tilik.exchange.evals.writing import write_inspect, write_langfuse

__all__ = ["Given", "Scored", "read_given", "scores_of_answers", "write_inspect", "write_langfuse"]
