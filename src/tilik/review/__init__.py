"""Review: queues, leases, judgements, stop-work. Nothing acknowledged is lost, nothing is said twice."""

from tilik.review import apply as apply  # declares how events change the tables
from tilik.review.events import (
    JudgementRevised,
    JudgementSubmitted,
    LeaseRenewed,
    Mark,
    TaskLeased,
    TaskReleased,
    TasksOpened,
    WorkStopped,
)
from tilik.review.ids import task_id
from tilik.review.lease import Lease, held, lease_next, release, renew
from tilik.review.opening import open_study, open_tasks
from tilik.review.reopen import Earlier, Judged, last_judged, reopen
from tilik.review.stop import Seen, Stop, Watched, stop_seen, stop_work, watched_in
from tilik.review.submit import Receipt, Submission, submit
from tilik.review.view import Day, TaskView, day_of, video_of, view_task

__all__ = [
    "Day",
    "Earlier",
    "Judged",
    "JudgementRevised",
    "JudgementSubmitted",
    "Lease",
    "LeaseRenewed",
    "Mark",
    "Receipt",
    "Seen",
    "Stop",
    "Submission",
    "TaskLeased",
    "TaskReleased",
    "TaskView",
    "TasksOpened",
    "Watched",
    "WorkStopped",
    "day_of",
    "held",
    "last_judged",
    "lease_next",
    "open_study",
    "open_tasks",
    "release",
    "renew",
    "reopen",
    "stop_seen",
    "stop_work",
    "submit",
    "task_id",
    "video_of",
    "view_task",
    "watched_in",
]
