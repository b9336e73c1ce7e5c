"""Learning from judgements: label errors, a baseline, blind spots, training sets, what to look at next."""

from tilik.learn import apply as apply  # declares how events change the tables
from tilik.learn.baseline import Trained, train
from tilik.learn.blindspots import BlindSpot, Confirmed, Judged, blind_spots, confirm, judged
from tilik.learn.choosing import Asked, Problem, pose
from tilik.learn.confident import confident_joint, doubtful, label_scores, one_vs_rest, ranked
from tilik.learn.dataset import TrainingSet, training_set
from tilik.learn.dataset_files import write_training_set
from tilik.learn.errors import Doubts, label_errors
from tilik.learn.hits import Hits, hit_rate
from tilik.learn.leaks import Leak, find_leaks
from tilik.learn.model import Model, read_model, write_model
from tilik.learn.next_best import Assisted, expected_change, next_best, uncertainty
from tilik.learn.tables import Plain, read_plain

__all__ = [
    "Asked",
    "Assisted",
    "BlindSpot",
    "Confirmed",
    "Doubts",
    "Hits",
    "Judged",
    "Leak",
    "Model",
    "Plain",
    "Problem",
    "Trained",
    "TrainingSet",
    "blind_spots",
    "confident_joint",
    "confirm",
    "doubtful",
    "expected_change",
    "find_leaks",
    "hit_rate",
    "judged",
    "label_errors",
    "label_scores",
    "next_best",
    "one_vs_rest",
    "pose",
    "ranked",
    "read_model",
    "read_plain",
    "train",
    "training_set",
    "uncertainty",
    "write_model",
    "write_training_set",
]
