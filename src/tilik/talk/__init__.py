"""Talk: comments on cases and videos, calling on people, errands handed from one to another."""

from tilik.talk import apply as apply  # declares how events change the tables
from tilik.talk.act import hand_over, move, read_mentions, say
from tilik.talk.events import CommentWritten, ErrandGiven, ErrandMoved, MentionsRead
from tilik.talk.place import Place, find_place, hearers, may_hear, place_for
from tilik.talk.view import Comment, Errand, comments_at, errands_at, errands_of, unread

__all__ = [
    "Comment",
    "CommentWritten",
    "Errand",
    "ErrandGiven",
    "ErrandMoved",
    "MentionsRead",
    "Place",
    "comments_at",
    "errands_at",
    "errands_of",
    "find_place",
    "hand_over",
    "hearers",
    "may_hear",
    "move",
    "place_for",
    "read_mentions",
    "say",
    "unread",
]
