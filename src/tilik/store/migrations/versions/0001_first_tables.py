"""The first tables, and the empty chain's head."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT_SEARCH = {
    "postgresql": ("CREATE INDEX text_search ON text_piece USING gin (to_tsvector('simple', folded))",),
    "sqlite": (
        "CREATE VIRTUAL TABLE text_search USING fts5"
        "(folded, content='text_piece', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
        "CREATE TRIGGER text_search_in AFTER INSERT ON text_piece BEGIN"
        " INSERT INTO text_search(rowid, folded) VALUES (new.id, new.folded); END",
        "CREATE TRIGGER text_search_out AFTER DELETE ON text_piece BEGIN"
        " INSERT INTO text_search(text_search, rowid, folded) VALUES ('delete', old.id, old.folded); END",
    ),
}
"""Full-text search over pieces of text, kept up by each database itself."""


def upgrade() -> None:
    op.create_table(
        "family_member",
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("family", sa.String(length=64), nullable=False),
        sa.Column("print", sa.String(length=64), nullable=False),
        sa.Column("placed_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("content", name=op.f("pk_family_member")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("family_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_member_family"), ["family"], unique=False)

    op.create_table(
        "family_match",
        sa.Column("one", sa.String(length=64), nullable=False),
        sa.Column("other", sa.String(length=64), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_family_match")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("family_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_match_other"), ["other"], unique=False)

    op.create_table(
        "sibling_decision",
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("judged", sa.String(length=36), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("batch", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("decided_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("task", name=op.f("pk_sibling_decision")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("sibling_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sibling_decision_video"), ["video"], unique=False)
        batch_op.create_index(batch_op.f("ix_sibling_decision_judged"), ["judged"], unique=False)

    op.create_table(
        "text_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("place", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Float(), nullable=False),
        sa.Column("end", sa.Float(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_piece")),
        info={"kind": "operational"},
    )
    with op.batch_alter_table("text_piece", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_piece_video"), ["video"], unique=False)

    op.create_table(
        "text_indexed",
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("video", name=op.f("pk_text_indexed")),
        info={"kind": "operational"},
    )
    for statement in TEXT_SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)

    op.create_table(
        "gold",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("fails", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("shares", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("barred", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gold")),
        sa.UniqueConstraint("task", name=op.f("uq_gold_task")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("gold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gold_video"), ["video"], unique=False)
        batch_op.create_index("ix_gold_guideline_practice", ["guideline", "practice"], unique=False)

    op.create_table(
        "answer_gold",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("a", sa.String(length=64), nullable=False),
        sa.Column("b", sa.String(length=64), nullable=True),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("fails", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("shares", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("barred", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_gold")),
        sa.UniqueConstraint("task", name=op.f("uq_answer_gold_task")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("answer_gold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_gold_a"), ["a"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_gold_guideline"), ["guideline"], unique=False)

    op.create_table(
        "quality_setting",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_quality_setting")),
        info={"kind": "folded"},
    )
    op.create_table(
        "burst",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("spoken", sa.String(length=3), nullable=False),
        sa.Column("tasks", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_burst")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("burst", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_burst_person"), ["person"], unique=False)

    op.create_table(
        "calibration",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study", sa.String(length=36), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.Column("closed_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
        info={"kind": "folded"},
    )
    op.create_table(
        "calibration_item",
        sa.Column("session", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("split", sa.Float(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ruling", sa.String(length=36), nullable=True),
        sa.Column("says", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("ruled_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("session", "task", name=op.f("pk_calibration_item")),
        info={"kind": "folded"},
    )
    op.create_table(
        "calibration_vote",
        sa.Column("session", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("says", sa.Boolean(), nullable=False),
        sa.Column("voted_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("session", "task", "round", "person", name=op.f("pk_calibration_vote")),
        info={"kind": "folded"},
    )
    op.create_table(
        "calibration_remark",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("session", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("said_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_remark")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("calibration_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calibration_remark_session"), ["session"], unique=False)

    op.create_table(
        "certification_rule",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_certification_rule")),
        info={"kind": "folded"},
    )
    op.create_table(
        "certificate",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=True),
        sa.Column("ground", sa.String(length=64), nullable=True),
        sa.Column("since", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("person", "guideline", "language", name=op.f("pk_certificate")),
        info={"kind": "folded"},
    )
    op.create_table(
        "certification_test",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification_test")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("certification_test", schema=None) as batch_op:
        batch_op.create_index("ix_certification_test_person", ["person"], unique=False)

    op.create_table(
        "answer_set",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("items", sa.String(length=64), nullable=False),
        sa.Column("tasks", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("wants", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("gold", sa.Boolean(), nullable=False),
        sa.Column("imported_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_set")),
        sa.UniqueConstraint("name", name=op.f("uq_answer_set_name")),
        info={"kind": "folded"},
    )
    op.create_table(
        "answer_item",
        sa.Column("set", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("prompt", sa.String(length=64), nullable=False),
        sa.Column("turns", sa.Text(), nullable=False),
        sa.Column("model", sa.String(length=128), nullable=False),
        sa.Column("band", sa.String(length=64), nullable=True),
        sa.Column("stated", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=True),
        sa.PrimaryKeyConstraint("set", "id", name=op.f("pk_answer_item")),
        info={"kind": "folded"},
    )
    op.create_table(
        "answer_task",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("set", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("a", sa.String(length=64), nullable=False),
        sa.Column("b", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("wants", sa.Integer(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_task")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("answer_task", schema=None) as batch_op:
        batch_op.create_index("ix_answer_task_state_position", ["state", "position"], unique=False)

    op.create_table(
        "answer_lease",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("granted_at", sa.String(length=27), nullable=False),
        sa.Column("until", sa.String(length=27), nullable=False),
        sa.Column("ended", sa.String(length=16), nullable=True),
        sa.Column("instead", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_lease")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("answer_lease", schema=None) as batch_op:
        batch_op.create_index("ix_answer_lease_person_ended", ["person", "ended"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_lease_task"), ["task"], unique=False)

    op.create_table(
        "answer_stop",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("note", sa.String(length=64), nullable=True),
        sa.Column("raised_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_stop")),
        sa.UniqueConstraint("key", name=op.f("uq_answer_stop_key")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("answer_stop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_stop_task"), ["task"], unique=False)

    op.create_table(
        "answer_judgement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("active_seconds", sa.Float(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("submitted_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_judgement")),
        sa.UniqueConstraint("key", name=op.f("uq_answer_judgement_key")),
        sa.UniqueConstraint("task", "person", name=op.f("uq_answer_judgement_task_person")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("answer_judgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_judgement_task"), ["task"], unique=False)

    op.create_table(
        "draw",
        sa.Column("study", sa.String(length=36), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("stratum", sa.String(length=64), nullable=False),
        sa.Column("pi", sa.Float(), nullable=False),
        sa.Column("impressions", sa.Float(), nullable=False),
        sa.Column("purpose", sa.String(length=32)),
        sa.Column("purposes", sa.Text()),
        sa.Column("family", sa.String(length=128)),
        sa.PrimaryKeyConstraint("study", "video", name=op.f("pk_draw")),
        info={"kind": "folded"},
    )
    op.create_table(
        "escalation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=True),
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("at_second", sa.Float(), nullable=False),
        sa.Column("note", sa.String(length=64), nullable=True),
        sa.Column("raised_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("key", name=op.f("uq_escalation_key")),
        info={"kind": "folded"},
    )
    op.create_table(
        "retention_rule",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_retention_rule")),
        info={"kind": "folded"},
    )
    op.create_table(
        "retention_run",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("begun_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
        info={"kind": "folded"},
    )
    op.create_table(
        "erasure",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("cause", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("erased_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        info={"kind": "folded"},
    )
    op.create_index("ix_erasure_cause", "erasure", ["cause"], unique=False)
    op.create_table(
        "blob_removal",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_blob_removal")),
        info={"kind": "operational"},
    )
    op.create_table(
        "sealing_key",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("recipient", sa.String(length=128), nullable=False),
        sa.Column("set_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealing_key")),
        info={"kind": "folded"},
    )
    op.create_table(
        "escalation_step",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("escalation", sa.String(length=36), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("said", sa.String(length=32), nullable=True),
        sa.Column("note", sa.String(length=64), nullable=True),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_step")),
        info={"kind": "folded"},
    )
    op.create_index("ix_escalation_step_escalation_at", "escalation_step", ["escalation", "at"], unique=False)
    op.create_table(
        "frame",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("impressions", sa.Float(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.String(length=27), nullable=False),
        sa.Column("first_day", sa.String(length=10), nullable=True),
        sa.Column("last_day", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_frame")),
        sa.UniqueConstraint("name", name=op.f("uq_frame_name")),
        info={"kind": "folded"},
    )
    op.create_table(
        "guideline",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_guideline")),
        info={"kind": "folded"},
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("active_seconds", sa.Float(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("submitted_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        sa.UniqueConstraint("key", name=op.f("uq_judgement_key")),
        sa.UniqueConstraint("task", "person", name=op.f("uq_judgement_task_person")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.create_index("ix_judgement_person_submitted_at", ["person", "submitted_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_judgement_task"), ["task"], unique=False)

    op.create_table(
        "lease",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("granted_at", sa.String(length=27), nullable=False),
        sa.Column("until", sa.String(length=27), nullable=False),
        sa.Column("ended", sa.String(length=16), nullable=True),
        sa.Column("revises", sa.String(length=36), nullable=True),
        sa.Column("instead", sa.String(length=36), nullable=True),
        sa.Column("burst", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lease")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("lease", schema=None) as batch_op:
        batch_op.create_index("ix_lease_person_ended", ["person", "ended"], unique=False)
        batch_op.create_index(batch_op.f("ix_lease_task"), ["task"], unique=False)

    op.create_table(
        "log_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("id", name=op.f("uq_log_entry_id")),
    )
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_entry_subject"), ["subject"], unique=False)
        batch_op.create_index(batch_op.f("ix_log_entry_type"), ["type"], unique=False)

    op.create_table(
        "log_head",
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_log_head")),
    )
    op.create_table(
        "note",
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "question", name=op.f("pk_note")),
        info={"kind": "erasable"},
    )
    op.create_table(
        "past_judgement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("active_seconds", sa.Float(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("submitted_at", sa.String(length=27), nullable=False),
        sa.Column("superseded_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_judgement")),
        sa.UniqueConstraint("key", name=op.f("uq_past_judgement_key")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("past_judgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_judgement_task"), ["task"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("pseudonym", sa.String(length=32), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("erased_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_person_pseudonym")),
        info={"kind": "folded"},
    )
    op.create_table(
        "person_name",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_person_name")),
        info={"kind": "erasable"},
    )
    op.create_table(
        "preference",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_preference")),
        info={"kind": "operational"},
    )
    op.create_table(
        "study_grant",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("study", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("person", "study", name=op.f("pk_study_grant")),
        info={"kind": "folded"},
    )
    op.create_table(
        "person_language",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.PrimaryKeyConstraint("person", "language", name=op.f("pk_person_language")),
        info={"kind": "folded"},
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_person"), ["person"], unique=False)

    op.create_table(
        "person_email",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_person_email")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email_email")),
        info={"kind": "erasable"},
    )
    op.create_table(
        "person_identity",
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_person_identity")),
        info={"kind": "erasable"},
    )
    with op.batch_alter_table("person_identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_identity_person"), ["person"], unique=False)

    op.create_table(
        "credential",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("totp", sa.Text(), nullable=True),
        sa.Column("totp_pending", sa.Text(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_credential")),
        info={"kind": "operational"},
    )
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("used_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_code")),
        info={"kind": "operational"},
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_person"), ["person"], unique=False)

    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
        info={"kind": "operational"},
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempt_digest_at", ["digest", "at"], unique=False)

    op.create_table(
        "oidc_request",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("verifier", sa.String(length=128), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_oidc_request")),
        info={"kind": "operational"},
    )
    op.create_table(
        "session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("seen_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_session")),
        info={"kind": "operational"},
    )
    op.create_table(
        "sign_in_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.Column("used_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sign_in_link")),
        info={"kind": "operational"},
    )
    op.create_table(
        "study",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("frame", sa.String(length=64), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("design", sa.Text(), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("wants", sa.Integer(), nullable=False),
        sa.Column("overlap", sa.Float(), nullable=True),
        sa.Column("totals", sa.Text(), nullable=False),
        sa.Column("draws", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study")),
        sa.UniqueConstraint("name", name=op.f("uq_study_name")),
        info={"kind": "folded"},
    )
    op.create_table(
        "task",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study", sa.String(length=36), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("wants", sa.Integer(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("p2", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("study", "video", name=op.f("uq_task_study_video")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_state_position", ["state", "position"], unique=False)
        batch_op.create_index("ix_task_video", ["video"], unique=False)

    op.create_table(
        "media_result",
        sa.Column("of", sa.String(length=64), nullable=False),
        sa.Column("analyser", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("bundle", sa.String(length=64), nullable=False),
        sa.Column("measured_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("of", "analyser", "version", name=op.f("pk_media_result")),
        info={"kind": "folded"},
    )
    op.create_table(
        "video",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("condition", sa.String(length=32), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("prepared", sa.Text(), nullable=False),
        sa.Column("captions", sa.Text(), nullable=False),
        sa.Column("declared", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("video", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_video_content"), ["content"], unique=False)
        batch_op.create_index(
            "ix_video_locked",
            ["id"],
            unique=False,
            sqlite_where=sa.text("locked"),
            postgresql_where=sa.text("locked"),
        )
    op.execute(
        "INSERT INTO log_head (one, seq, hash) "
        "VALUES (1, 0, '79d84bac08f5dbd80c6c4594c10b6d1ff861c735af81cfa29ae8accd55243d84')"
    )
    op.create_table(
        "casebook",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("question", sa.String(length=128), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("head", sa.String(length=36), nullable=False),
        sa.Column("cell", sa.Text(), nullable=True),
        sa.Column("filed_by", sa.String(length=36), nullable=False),
        sa.Column("filed_at", sa.String(length=27), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=True),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("ruling", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_casebook")),
        sa.UniqueConstraint("number", name=op.f("uq_casebook_number")),
        sa.UniqueConstraint("key", name=op.f("uq_casebook_key")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("casebook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_casebook_head"), ["head"], unique=False)

    op.create_table(
        "case_member",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=True),
        sa.Column("start", sa.Float(), nullable=True),
        sa.Column("end", sa.Float(), nullable=True),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_case_member")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("case_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_member_video"), ["video"], unique=False)

    op.create_table(
        "case_remark",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("mentions", sa.Text(), nullable=False),
        sa.Column("said_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_remark")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("case_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_remark_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_ruling",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("question", sa.String(length=128), nullable=True),
        sa.Column("stands", sa.String(length=16), nullable=False),
        sa.Column("precedent", sa.Boolean(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("draft", sa.String(length=64), nullable=True),
        sa.Column("ruled_by", sa.String(length=36), nullable=False),
        sa.Column("ruled_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_ruling")),
        info={"kind": "folded"},
    )
    op.create_table(
        "case_note",
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "part", name=op.f("pk_case_note")),
        info={"kind": "erasable"},
    )

    op.create_table(
        "comparison",
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("compared_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("task", name=op.f("pk_comparison")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("comparison", schema=None) as batch_op:
        batch_op.create_index("ix_comparison_contested", ["contested"], unique=False)

    op.create_table(
        "adjudication_lease",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("a", sa.String(length=36), nullable=False),
        sa.Column("b", sa.String(length=36), nullable=False),
        sa.Column("dispute", sa.String(length=36), nullable=True),
        sa.Column("granted_at", sa.String(length=27), nullable=False),
        sa.Column("until", sa.String(length=27), nullable=False),
        sa.Column("ended", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjudication_lease")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("adjudication_lease", schema=None) as batch_op:
        batch_op.create_index("ix_adjudication_lease_person_ended", ["person", "ended"], unique=False)
        batch_op.create_index(batch_op.f("ix_adjudication_lease_task"), ["task"], unique=False)

    op.create_table(
        "ruling",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("a", sa.String(length=36), nullable=False),
        sa.Column("b", sa.String(length=36), nullable=False),
        sa.Column("error_a", sa.String(length=32), nullable=False),
        sa.Column("error_b", sa.String(length=32), nullable=False),
        sa.Column("begun", sa.String(length=8), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("active_seconds", sa.Float(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("ruled_at", sa.String(length=27), nullable=False),
        sa.Column("dispute", sa.String(length=36), nullable=True),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("precedent", sa.Boolean(), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        sa.UniqueConstraint("key", name=op.f("uq_ruling_key")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("ruling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ruling_task"), ["task"], unique=False)

    op.create_table(
        "dispute",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("task", sa.String(length=36), nullable=False),
        sa.Column("ruling", sa.String(length=36), nullable=False),
        sa.Column("judgement", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("raised_at", sa.String(length=27), nullable=False),
        sa.Column("ruled_key", sa.String(length=64), nullable=True),
        sa.Column("ruled_request", sa.String(length=64), nullable=True),
        sa.Column("ruled_by", sa.String(length=36), nullable=True),
        sa.Column("answer", sa.String(length=64), nullable=True),
        sa.Column("ruled_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("key", name=op.f("uq_dispute_key")),
        sa.UniqueConstraint("ruled_key", name=op.f("uq_dispute_ruled_key")),
        sa.UniqueConstraint("ruling", "person", name=op.f("uq_dispute_ruling_person")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dispute_task"), ["task"], unique=False)

    op.create_table(
        "outside_study",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("guideline", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_study")),
        sa.UniqueConstraint("name", name=op.f("uq_outside_study_name")),
        info={"kind": "folded"},
    )
    op.create_table(
        "outside_rater",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=256), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_rater")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("outside_rater", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outside_rater_study"), ["study"], unique=False)

    op.create_table(
        "outside_name",
        sa.Column("rater", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rater", name=op.f("pk_outside_name")),
        info={"kind": "erasable"},
    )
    op.create_table(
        "outside_judgement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study", sa.String(length=36), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("rater", sa.String(length=36), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("fps", sa.Float(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("active_seconds", sa.Float(), nullable=True),
        sa.Column("judged_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_judgement")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("outside_judgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outside_judgement_study"), ["study"], unique=False)

    op.create_table(
        "machine_judge",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("rows", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_machine_judge")),
        sa.UniqueConstraint("study", "name", name=op.f("uq_machine_judge_study_name")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("machine_judge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_machine_judge_study"), ["study"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("second", sa.String(length=36), nullable=False),
        sa.Column("study", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("opened_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("second", name=op.f("pk_follow_up")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_study"), ["study"], unique=False)

    op.create_table(
        "learned",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("study", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("learned", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learned_study"), ["study"], unique=False)

    op.create_table(
        "talk_comment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("mentions", sa.Text(), nullable=False),
        sa.Column("said_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_comment")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("talk_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talk_comment_video"), ["video"], unique=False)

    op.create_table(
        "talk_read",
        sa.Column("comment", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("read_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("comment", "person", name=op.f("pk_talk_read")),
        info={"kind": "folded"},
    )
    op.create_table(
        "talk_errand",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("about", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("giver", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("given_at", sa.String(length=27), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_errand")),
        info={"kind": "folded"},
    )
    with op.batch_alter_table("talk_errand", schema=None) as batch_op:
        batch_op.create_index("ix_talk_errand_about_subject", ["about", "subject"], unique=False)
        batch_op.create_index("ix_talk_errand_owner_state", ["owner", "state"], unique=False)

    op.create_table(
        "video_view",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=False),
        sa.Column("place", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video_view")),
        info={"kind": "folded"},
    )
    op.create_index("ix_video_view_person_video_at", "video_view", ["person", "video", "at"], unique=False)
    op.create_table(
        "webhook",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("host", sa.String(length=300), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.Column("removed_at", sa.String(length=27), nullable=True),
        sa.Column("removed_why", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        info={"kind": "folded"},
    )
    op.create_table(
        "webhook_key",
        sa.Column("webhook", sa.String(length=36), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("former", sa.Text(), nullable=True),
        sa.Column("former_until", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("webhook", name=op.f("pk_webhook_key")),
        info={"kind": "operational"},
    )
    op.create_table(
        "webhook_message",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("video", sa.String(length=128), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_message")),
        info={"kind": "operational"},
    )
    with op.batch_alter_table("webhook_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webhook_message_made_at"), ["made_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_webhook_message_video"), ["video"], unique=False)

    op.create_table(
        "webhook_delivery",
        sa.Column("message", sa.String(length=36), nullable=False),
        sa.Column("webhook", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", sa.String(length=27), nullable=False),
        sa.Column("next_at", sa.String(length=27), nullable=False),
        sa.Column("claimed_until", sa.String(length=27), nullable=True),
        sa.Column("tried_at", sa.String(length=27), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("message", "webhook", name=op.f("pk_webhook_delivery")),
        info={"kind": "operational"},
    )
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.create_index(
            "ix_webhook_delivery_webhook_state_next_at", ["webhook", "state", "next_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("talk_errand", schema=None) as batch_op:
        batch_op.drop_index("ix_talk_errand_owner_state")
        batch_op.drop_index("ix_talk_errand_about_subject")

    op.drop_table("talk_errand")
    op.drop_table("talk_read")
    with op.batch_alter_table("talk_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_talk_comment_video"))

    op.drop_table("talk_comment")
    with op.batch_alter_table("learned", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_learned_study"))

    op.drop_table("learned")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_study"))

    op.drop_table("follow_up")
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_webhook_delivery_webhook_state_next_at")

    op.drop_table("webhook_delivery")
    with op.batch_alter_table("webhook_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_message_video"))
        batch_op.drop_index(batch_op.f("ix_webhook_message_made_at"))

    op.drop_table("webhook_message")
    op.drop_table("webhook_key")
    op.drop_table("webhook")
    op.drop_table("video_view")
    with op.batch_alter_table("machine_judge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_machine_judge_study"))

    op.drop_table("machine_judge")
    with op.batch_alter_table("outside_judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outside_judgement_study"))

    op.drop_table("outside_judgement")
    op.drop_table("outside_name")
    with op.batch_alter_table("outside_rater", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outside_rater_study"))

    op.drop_table("outside_rater")
    op.drop_table("outside_study")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE text_search")
    op.drop_table("text_indexed")
    with op.batch_alter_table("text_piece", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_text_piece_video"))

    op.drop_table("text_piece")
    with op.batch_alter_table("sibling_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sibling_decision_judged"))
        batch_op.drop_index(batch_op.f("ix_sibling_decision_video"))

    op.drop_table("sibling_decision")
    with op.batch_alter_table("family_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_family_match_other"))

    op.drop_table("family_match")
    with op.batch_alter_table("family_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_family_member_family"))

    op.drop_table("family_member")
    with op.batch_alter_table("burst", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_burst_person"))

    op.drop_table("burst")
    op.drop_table("quality_setting")
    with op.batch_alter_table("answer_gold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_gold_guideline"))
        batch_op.drop_index(batch_op.f("ix_answer_gold_a"))

    op.drop_table("answer_gold")
    with op.batch_alter_table("gold", schema=None) as batch_op:
        batch_op.drop_index("ix_gold_guideline_practice")
        batch_op.drop_index(batch_op.f("ix_gold_video"))

    op.drop_table("gold")
    op.drop_table("dispute")
    op.drop_table("ruling")
    op.drop_table("adjudication_lease")
    op.drop_table("comparison")
    with op.batch_alter_table("casebook", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_casebook_head"))

    op.drop_table("casebook")
    with op.batch_alter_table("case_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_member_video"))

    op.drop_table("case_member")
    with op.batch_alter_table("case_remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_remark_case_id"))

    op.drop_table("case_remark")
    op.drop_table("case_ruling")
    op.drop_table("case_note")
    with op.batch_alter_table("video", schema=None) as batch_op:
        batch_op.drop_index("ix_video_locked")
        batch_op.drop_index(batch_op.f("ix_video_content"))

    op.drop_table("video")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_video")
        batch_op.drop_index("ix_task_state_position")

    op.drop_table("task")
    op.drop_table("study")
    op.drop_table("sign_in_link")
    op.drop_table("session")
    op.drop_table("oidc_request")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_attempt_digest_at")

    op.drop_table("sign_in_attempt")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_person"))

    op.drop_table("recovery_code")
    op.drop_table("credential")
    with op.batch_alter_table("person_identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_identity_person"))

    op.drop_table("person_identity")
    op.drop_table("person_email")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_person"))

    op.drop_table("api_token")
    op.drop_table("study_grant")
    op.drop_table("person_language")
    op.drop_table("calibration")
    op.drop_table("calibration_item")
    op.drop_table("calibration_vote")
    with op.batch_alter_table("calibration_remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calibration_remark_session"))

    op.drop_table("calibration_remark")
    op.drop_table("certificate")
    op.drop_table("certification_rule")
    with op.batch_alter_table("certification_test", schema=None) as batch_op:
        batch_op.drop_index("ix_certification_test_person")

    op.drop_table("certification_test")
    op.drop_table("preference")
    op.drop_table("person_name")
    op.drop_table("person")
    with op.batch_alter_table("past_judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_judgement_task"))

    op.drop_table("past_judgement")
    op.drop_table("note")
    op.drop_table("media_result")
    op.drop_table("log_head")
    with op.batch_alter_table("log_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_entry_type"))
        batch_op.drop_index(batch_op.f("ix_log_entry_subject"))

    op.drop_table("log_entry")
    with op.batch_alter_table("lease", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lease_task"))
        batch_op.drop_index("ix_lease_person_ended")

    op.drop_table("lease")
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_judgement_task"))
        batch_op.drop_index("ix_judgement_person_submitted_at")

    op.drop_table("judgement")
    op.drop_table("guideline")
    op.drop_table("frame")
    op.drop_table("blob_removal")
    op.drop_index("ix_erasure_cause", "erasure")
    op.drop_table("erasure")
    op.drop_table("retention_run")
    op.drop_table("retention_rule")
    op.drop_table("escalation_step")
    op.drop_table("sealing_key")
    op.drop_table("escalation")
    op.drop_table("draw")
    op.drop_table("answer_set")
    op.drop_table("answer_item")
    with op.batch_alter_table("answer_task", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_task_state_position")

    op.drop_table("answer_task")
    with op.batch_alter_table("answer_lease", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_lease_person_ended")
        batch_op.drop_index(batch_op.f("ix_answer_lease_task"))

    op.drop_table("answer_lease")
    with op.batch_alter_table("answer_stop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_stop_task"))

    op.drop_table("answer_stop")
    with op.batch_alter_table("answer_judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_judgement_task"))

    op.drop_table("answer_judgement")
