"""Every operation of the API that a token may call. Written by `python tools/client.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any


class Operations(ABC):
    """One method for each operation, named as in the API's description; each returns its JSON.

    Raises what :class:`tilik.client.Client` raises.
    """

    @abstractmethod
    def ask(
        self,
        method: str,
        path: str,
        places: Mapping[str, str],
        query: Mapping[str, Any],
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """Ask the server; the client does."""

    def get_people(self) -> Any:
        """Everybody who works here.

        `GET /api/people`
        """
        return self.ask("GET", "/api/people", {}, {})

    def get_ways_in(self, person: str) -> Any:
        """How a person gets in: their sessions and tokens, whether they have a password and a second factor.

        `GET /api/people/{person}/ways`
        """
        return self.ask("GET", "/api/people/{person}/ways", {"person": person}, {})

    def get_guideline(self, identity: str) -> Any:
        """A guideline by its content hash, in both languages; it never changes.

        `GET /api/guidelines/{identity}`
        """
        return self.ask("GET", "/api/guidelines/{identity}", {"identity": identity}, {})

    def post_next(self, body: Mapping[str, Any]) -> Any:
        """Take the next task. A task already in one's hands that this browser does not know comes first.

        `POST /api/tasks/next`
        """
        return self.ask("POST", "/api/tasks/next", {}, {}, body)

    def get_held(self) -> Any:
        """The tasks in one's hands, with fresh media links.

        `GET /api/tasks/held`
        """
        return self.ask("GET", "/api/tasks/held", {}, {})

    def post_renew(self, task: str, body: Mapping[str, Any]) -> Any:
        """Keep a task in one's hands.

        `POST /api/tasks/{task}/renew`
        """
        return self.ask("POST", "/api/tasks/{task}/renew", {"task": task}, {}, body)

    def post_release(self, task: str, body: Mapping[str, Any]) -> Any:
        """Give a task back unjudged.

        `POST /api/tasks/{task}/release`
        """
        return self.ask("POST", "/api/tasks/{task}/release", {"task": task}, {}, body)

    def post_judgement(self, body: Mapping[str, Any]) -> Any:
        """Keep a judgement for good; sending it again with the same key gives the same receipt.

        `POST /api/judgements`
        """
        return self.ask("POST", "/api/judgements", {}, {}, body)

    def post_stop(self, body: Mapping[str, Any]) -> Any:
        """Stop work on a task.

        `POST /api/stop-work`
        """
        return self.ask("POST", "/api/stop-work", {}, {}, body)

    def get_my_judgements(self) -> Any:
        """One's own last ten that can still be changed, the latest first.

        `GET /api/my/judgements`
        """
        return self.ask("GET", "/api/my/judgements", {}, {})

    def post_reopen(self, judgement: str) -> Any:
        """Take one of one's last ten up again, with its answers.

        `POST /api/my/judgements/{judgement}/reopen`
        """
        return self.ask("POST", "/api/my/judgements/{judgement}/reopen", {"judgement": judgement}, {})

    def get_my_day(self) -> Any:
        """One's own day in Western Indonesian Time; nobody else can ask for it.

        `GET /api/my/day`
        """
        return self.ask("GET", "/api/my/day", {}, {})

    def get_practice(self) -> Any:
        """One's last burst, and how many items there are to practise on.

        `GET /api/practice`
        """
        return self.ask("GET", "/api/practice", {}, {})

    def post_practice(self, body: Mapping[str, Any]) -> Any:
        """Begin a burst of known items.

        `POST /api/practice`
        """
        return self.ask("POST", "/api/practice", {}, {}, body)

    def post_practice_next(self, burst: str) -> Any:
        """Take the burst's next item; the one in one's hands comes first.

        `POST /api/practice/{burst}/next`
        """
        return self.ask("POST", "/api/practice/{burst}/next", {"burst": burst}, {})

    def post_test(self, body: Mapping[str, Any]) -> Any:
        """Begin a test for a certificate, or go on with the one begun.

        `POST /api/certification/tests`
        """
        return self.ask("POST", "/api/certification/tests", {}, {}, body)

    def get_my_certification(self) -> Any:
        """One's own certificates, tests under way, and how the last ones went.

        `GET /api/my/certification`
        """
        return self.ask("GET", "/api/my/certification", {}, {})

    def post_test_end(self, test: str) -> Any:
        """End one's own test with what was judged so far.

        `POST /api/certification/tests/{test}/end`
        """
        return self.ask("POST", "/api/certification/tests/{test}/end", {"test": test}, {})

    def get_certification(self) -> Any:
        """The rule with its odds, who is certified, and the tasks that nobody can be given.

        `GET /api/certification`
        """
        return self.ask("GET", "/api/certification", {}, {})

    def put_certification(self, body: Mapping[str, Any]) -> Any:
        """Certify people by this rule from now on.

        `PUT /api/certification`
        """
        return self.ask("PUT", "/api/certification", {}, {}, body)

    def post_certification_person(self, person: str, body: Mapping[str, Any]) -> Any:
        """Grant or revoke a certificate, with a ground.

        `POST /api/certification/people/{person}`
        """
        return self.ask("POST", "/api/certification/people/{person}", {"person": person}, {}, body)

    def get_calibrations(self) -> Any:
        """Every calibration session, the newest first, with what waits for whoever asks.

        `GET /api/calibration`
        """
        return self.ask("GET", "/api/calibration", {}, {})

    def post_calibration(self, body: Mapping[str, Any]) -> Any:
        """Open a session on what split a study's judges most, weighed by how often it is seen.

        `POST /api/calibration`
        """
        return self.ask("POST", "/api/calibration", {}, {}, body)

    def get_calibration(self, name: str) -> Any:
        """A session as its reader may see it: others' votes only once they are revealed.

        `GET /api/calibration/{name}`
        """
        return self.ask("GET", "/api/calibration/{name}", {"name": name}, {})

    def get_calibration_media(self, name: str, task_id: str) -> Any:
        """What is to be watched before one votes, by links for this session alone.

        `GET /api/calibration/{name}/items/{task_id}/media`
        """
        return self.ask(
            "GET", "/api/calibration/{name}/items/{task_id}/media", {"name": name, "task_id": task_id}, {}
        )

    def post_calibration_vote(self, name: str, task_id: str, body: Mapping[str, Any]) -> Any:
        """Vote on an item: blind first, again after the ruling.

        `POST /api/calibration/{name}/items/{task_id}/vote`
        """
        return self.ask(
            "POST",
            "/api/calibration/{name}/items/{task_id}/vote",
            {"name": name, "task_id": task_id},
            {},
            body,
        )

    def post_calibration_reveal(self, name: str, task_id: str) -> Any:
        """Show the blind votes on an item.

        `POST /api/calibration/{name}/items/{task_id}/reveal`
        """
        return self.ask(
            "POST", "/api/calibration/{name}/items/{task_id}/reveal", {"name": name, "task_id": task_id}, {}
        )

    def post_calibration_remark(self, name: str, task_id: str, body: Mapping[str, Any]) -> Any:
        """Say something in the discussion of an item.

        `POST /api/calibration/{name}/items/{task_id}/remarks`
        """
        return self.ask(
            "POST",
            "/api/calibration/{name}/items/{task_id}/remarks",
            {"name": name, "task_id": task_id},
            {},
            body,
        )

    def post_calibration_ruling(self, name: str, task_id: str, body: Mapping[str, Any]) -> Any:
        """Rule on an item: a precedent from now on.

        `POST /api/calibration/{name}/items/{task_id}/ruling`
        """
        return self.ask(
            "POST",
            "/api/calibration/{name}/items/{task_id}/ruling",
            {"name": name, "task_id": task_id},
            {},
            body,
        )

    def post_calibration_close(self, name: str) -> Any:
        """End a session.

        `POST /api/calibration/{name}/close`
        """
        return self.ask("POST", "/api/calibration/{name}/close", {"name": name}, {})

    def get_gold(self) -> Any:
        """Every known item with its state, and the rate at which gold is planted.

        `GET /api/gold`
        """
        return self.ask("GET", "/api/gold", {}, {})

    def post_gold(self, body: Mapping[str, Any]) -> Any:
        """Make a settled task known, by its ruling or by what its judgements agree on.

        `POST /api/gold`
        """
        return self.ask("POST", "/api/gold", {}, {}, body)

    def put_gold_rate(self, body: Mapping[str, Any]) -> Any:
        """Plant gold at this rate from now on.

        `PUT /api/gold/rate`
        """
        return self.ask("PUT", "/api/gold/rate", {}, {}, body)

    def post_gold_state(self, identity: str, body: Mapping[str, Any]) -> Any:
        """Take an item to another state: known, contested, retired.

        `POST /api/gold/{identity}/state`
        """
        return self.ask("POST", "/api/gold/{identity}/state", {"identity": identity}, {}, body)

    def get_feedback(self, task: str) -> Any:
        """One's own answers to a practice item beside the known ones.

        `GET /api/practice/feedback/{task}`
        """
        return self.ask("GET", "/api/practice/feedback/{task}", {"task": task}, {})

    def get_my_practice(self) -> Any:
        """One's own accuracy on the items one has practised on, with intervals; private.

        `GET /api/my/practice`
        """
        return self.ask("GET", "/api/my/practice", {}, {})

    def post_next_adjudication(self) -> Any:
        """What one holds, or the next contested task or dispute that is not about one's own work.

        `POST /api/adjudication/next`
        """
        return self.ask("POST", "/api/adjudication/next", {}, {})

    def post_renew_adjudication(self, lease: str) -> Any:
        """Keep a contested task in one's hands.

        `POST /api/adjudication/leases/{lease}/renew`
        """
        return self.ask("POST", "/api/adjudication/leases/{lease}/renew", {"lease": lease}, {})

    def post_release_adjudication(self, lease: str) -> Any:
        """Give a contested task back; it never comes again.

        `POST /api/adjudication/leases/{lease}/release`
        """
        return self.ask("POST", "/api/adjudication/leases/{lease}/release", {"lease": lease}, {})

    def post_adjudication_ruling(self, body: Mapping[str, Any]) -> Any:
        """Rule on a contested task for good; sending it again with the same key gives the same receipt.

        `POST /api/adjudication/rulings`
        """
        return self.ask("POST", "/api/adjudication/rulings", {}, {}, body)

    def post_adjudication_dispute(self, body: Mapping[str, Any]) -> Any:
        """Uphold or overturn a disputed ruling.

        `POST /api/adjudication/disputes`
        """
        return self.ask("POST", "/api/adjudication/disputes", {}, {}, body)

    def get_my_rulings(self) -> Any:
        """Rulings that overturned one's own judgements; nobody else can ask for them.

        `GET /api/my/rulings`
        """
        return self.ask("GET", "/api/my/rulings", {}, {})

    def post_dispute(self, ruling: str, body: Mapping[str, Any]) -> Any:
        """Object to a ruling that overturned one's own judgement, once.

        `POST /api/my/rulings/{ruling}/dispute`
        """
        return self.ask("POST", "/api/my/rulings/{ruling}/dispute", {"ruling": ruling}, {}, body)

    def get_rulings(self) -> Any:
        """The latest rulings, without anybody's name.

        `GET /api/rulings`
        """
        return self.ask("GET", "/api/rulings", {}, {})

    def post_precedent(self, ruling: str, body: Mapping[str, Any]) -> Any:
        """Make a ruling a precedent on one of its questions, or no longer one.

        `POST /api/rulings/{ruling}/precedent`
        """
        return self.ask("POST", "/api/rulings/{ruling}/precedent", {"ruling": ruling}, {}, body)

    def get_quality_people(
        self,
        *,
        study: str | None = None,
        since: str | None = None,
        until: str | None = None,
        of: str | None = None,
    ) -> Any:
        """How right each person was in a period, and what they did; ordered by pseudonym, never by score.

        `GET /api/quality/people`
        """
        return self.ask(
            "GET", "/api/quality/people", {}, {"study": study, "since": since, "until": until, "of": of}
        )

    def put_quality_targets(self, body: Mapping[str, Any], *, study: str | None = None) -> Any:
        """Ask this of everybody from now on, or in one study in its place.

        `PUT /api/quality/targets`
        """
        return self.ask("PUT", "/api/quality/targets", {}, {"study": study}, body)

    def get_quality_agreement(
        self, *, study: str | None = None, guideline: str | None = None, language: str | None = None
    ) -> Any:
        """How far people agree who judged the same video blind: per question, label, language and version.

        `GET /api/quality/agreement`
        """
        return self.ask(
            "GET",
            "/api/quality/agreement",
            {},
            {"study": study, "guideline": guideline, "language": language},
        )

    def get_quality_forecast(self, *, study: str, days: int | None = None) -> Any:
        """When a study will be done at the pace of its last days.

        `GET /api/quality/forecast`
        """
        return self.ask("GET", "/api/quality/forecast", {}, {"study": study, "days": days})

    def get_my_quality(self) -> Any:
        """One's own figures up to yesterday; nobody else's, and nothing that would tell gold from live.

        `GET /api/my/quality`
        """
        return self.ask("GET", "/api/my/quality", {}, {})

    def post_next_answer(self, body: Mapping[str, Any]) -> Any:
        """Take the next answer. One already in one's hands that this browser does not know comes first.

        `POST /api/answers/next`
        """
        return self.ask("POST", "/api/answers/next", {}, {}, body)

    def post_release_answer(self, body: Mapping[str, Any]) -> Any:
        """Give an answer task back unjudged.

        `POST /api/answers/release`
        """
        return self.ask("POST", "/api/answers/release", {}, {}, body)

    def post_answer_judgement(self, body: Mapping[str, Any]) -> Any:
        """Keep a judgement for good; sending it again with the same key gives the same receipt.

        `POST /api/answers/judgements`
        """
        return self.ask("POST", "/api/answers/judgements", {}, {}, body)

    def post_answer_stop(self, body: Mapping[str, Any]) -> Any:
        """Stop work on an answer: it is not shown to anybody again. Once, however often it is sent.

        `POST /api/answers/stop`
        """
        return self.ask("POST", "/api/answers/stop", {}, {}, body)

    def get_answer_sets(self) -> Any:
        """Every set of machine answers, the newest first.

        `GET /api/answers/sets`
        """
        return self.ask("GET", "/api/answers/sets", {}, {})

    def get_answer_report(self, name: str) -> Any:
        """A set's scores, gaps and preferences as of now.

        `GET /api/answers/sets/{name}/report`
        """
        return self.ask("GET", "/api/answers/sets/{name}/report", {"name": name}, {})

    def get_answer_gold(self) -> Any:
        """Every machine answer of which is known what to say, and the rate at which gold is planted.

        `GET /api/answers/gold`
        """
        return self.ask("GET", "/api/answers/gold", {}, {})

    def post_answer_gold(self, body: Mapping[str, Any]) -> Any:
        """Make a settled answer task known by what its judgements agree on.

        `POST /api/answers/gold`
        """
        return self.ask("POST", "/api/answers/gold", {}, {}, body)

    def post_answer_gold_state(self, identity: str, body: Mapping[str, Any]) -> Any:
        """Take a known answer to another state: known, contested, retired.

        `POST /api/answers/gold/{identity}/state`
        """
        return self.ask("POST", "/api/answers/gold/{identity}/state", {"identity": identity}, {}, body)

    def get_quality_answers(
        self, *, since: str | None = None, until: str | None = None, of: str | None = None
    ) -> Any:
        """How right each person was on known machine answers; ordered by pseudonym, never by score.

        `GET /api/quality/answers`
        """
        return self.ask("GET", "/api/quality/answers", {}, {"since": since, "until": until, "of": of})

    def get_my_quality_answers(self) -> Any:
        """One's own figures on machine answers up to yesterday; nothing that would tell gold from live.

        `GET /api/my/quality/answers`
        """
        return self.ask("GET", "/api/my/quality/answers", {}, {})

    def get_cases(self) -> Any:
        """Every case, the latest change first.

        `GET /api/cases`
        """
        return self.ask("GET", "/api/cases", {}, {})

    def post_case(self, body: Mapping[str, Any]) -> Any:
        """File a case about the task in one's hands; sending it again with the same key files nothing more.

        `POST /api/cases`
        """
        return self.ask("POST", "/api/cases", {}, {}, body)

    def get_precedents(self, task: str) -> Any:
        """The precedents that may be shown beside this task's questions.

        `GET /api/tasks/{task}/precedents`
        """
        return self.ask("GET", "/api/tasks/{task}/precedents", {"task": task}, {})

    def get_near(self) -> Any:
        """Open cases that may ask the same, for a person to confirm.

        `GET /api/cases/near`
        """
        return self.ask("GET", "/api/cases/near", {}, {})

    def get_case(self, case: str) -> Any:
        """One case, by id or number.

        `GET /api/cases/{case}`
        """
        return self.ask("GET", "/api/cases/{case}", {"case": case}, {})

    def post_case_state(self, case: str, body: Mapping[str, Any]) -> Any:
        """Take a case to another state of the guideline's, or say which question it concerns.

        `POST /api/cases/{case}/state`
        """
        return self.ask("POST", "/api/cases/{case}/state", {"case": case}, {}, body)

    def post_hand_over(self, case: str, body: Mapping[str, Any]) -> Any:
        """Say who looks after a case, what they do next, and until which day.

        `POST /api/cases/{case}/hand-over`
        """
        return self.ask("POST", "/api/cases/{case}/hand-over", {"case": case}, {}, body)

    def post_seen(self, case: str, body: Mapping[str, Any]) -> Any:
        """Add a video, or a judgement of one, to a case.

        `POST /api/cases/{case}/seen`
        """
        return self.ask("POST", "/api/cases/{case}/seen", {"case": case}, {}, body)

    def post_group(self, case: str, body: Mapping[str, Any]) -> Any:
        """Confirm that these cases ask the same as this one.

        `POST /api/cases/{case}/group`
        """
        return self.ask("POST", "/api/cases/{case}/group", {"case": case}, {}, body)

    def post_leave_group(self, case: str) -> Any:
        """Let a case stand alone again.

        `POST /api/cases/{case}/leave-group`
        """
        return self.ask("POST", "/api/cases/{case}/leave-group", {"case": case}, {})

    def post_ruling(self, case: str, body: Mapping[str, Any]) -> Any:
        """Settle a case and all of its group.

        `POST /api/cases/{case}/rulings`
        """
        return self.ask("POST", "/api/cases/{case}/rulings", {"case": case}, {}, body)

    def post_precedent_withdraw(self, ruling: str) -> Any:
        """Show a ruling on the bench no longer.

        `POST /api/rulings/{ruling}/withdraw`
        """
        return self.ask("POST", "/api/rulings/{ruling}/withdraw", {"ruling": ruling}, {})

    def get_draft(self, ruling: str, *, base: str | None = None) -> Any:
        """The change of the guideline that would say this ruling.

        `GET /api/rulings/{ruling}/draft`
        """
        return self.ask("GET", "/api/rulings/{ruling}/draft", {"ruling": ruling}, {"base": base})

    def post_draft(self, ruling: str, body: Mapping[str, Any]) -> Any:
        """Bring that draft into the workspace.

        `POST /api/rulings/{ruling}/draft`
        """
        return self.ask("POST", "/api/rulings/{ruling}/draft", {"ruling": ruling}, {}, body)

    def get_coverage_studies(self) -> Any:
        """Every study, the newest first.

        `GET /api/coverage/studies`
        """
        return self.ask("GET", "/api/coverage/studies", {}, {})

    def get_coverage(self, *, study: str, by: Sequence[str] | None = None) -> Any:
        """The coverage of a study by up to four domains of its frame; the usual ones if none is named.

        `GET /api/coverage`
        """
        return self.ask("GET", "/api/coverage", {}, {"study": study, "by": by})

    def post_gap(self, body: Mapping[str, Any]) -> Any:
        """File a content gap as a case; the same gap is filed once.

        `POST /api/gaps`
        """
        return self.ask("POST", "/api/gaps", {}, {}, body)

    def get_studies(self) -> Any:
        """Every study, the newest first.

        `GET /api/studies`
        """
        return self.ask("GET", "/api/studies", {}, {})

    def get_measurement(self, study: str, *, as_of: str | None = None) -> Any:
        """A study's figures as of now, or as they stood.

        `GET /api/studies/{study}/measurement`
        """
        return self.ask("GET", "/api/studies/{study}/measurement", {"study": study}, {"as_of": as_of})

    def get_classifier(self, study: str, *, score: str, threshold: float, as_of: str | None = None) -> Any:
        """Prevalence, precision, recall and specificity of a score at a threshold.

        `GET /api/studies/{study}/classifier`
        """
        return self.ask(
            "GET",
            "/api/studies/{study}/classifier",
            {"study": study},
            {"score": score, "threshold": threshold, "as_of": as_of},
        )

    def get_thresholds(self, study: str, *, score: str, as_of: str | None = None) -> Any:
        """What moving a score's threshold would cost: flagged share, precision and recall along it.

        `GET /api/studies/{study}/thresholds`
        """
        return self.ask(
            "GET", "/api/studies/{study}/thresholds", {"study": study}, {"score": score, "as_of": as_of}
        )

    def get_leakage(self, study: str, *, score: str, threshold: float, as_of: str | None = None) -> Any:
        """Failing videos of the sample that scored below a threshold, the most seen first.

        `GET /api/studies/{study}/leakage`
        """
        return self.ask(
            "GET",
            "/api/studies/{study}/leakage",
            {"study": study},
            {"score": score, "threshold": threshold, "as_of": as_of},
        )

    def get_pivot(self, study: str, *, by: str, as_of: str | None = None) -> Any:
        """The share of failing impressions in each level of one of the frame's domains.

        `GET /api/studies/{study}/pivot`
        """
        return self.ask("GET", "/api/studies/{study}/pivot", {"study": study}, {"by": by, "as_of": as_of})

    def get_measurement_csv(self, study: str, *, as_of: str | None = None) -> Any:
        """The same figures as a table.

        `GET /api/studies/{study}/measurement.csv`
        """
        return self.ask("GET", "/api/studies/{study}/measurement.csv", {"study": study}, {"as_of": as_of})

    def get_weeks(self, *, as_of: str | None = None) -> Any:
        """Each period's failing share, its change, and what a new guideline version has in it.

        `GET /api/weeks`
        """
        return self.ask("GET", "/api/weeks", {}, {"as_of": as_of})

    def get_versions(self) -> Any:
        """Every guideline version, in the order in which they came.

        `GET /api/versions`
        """
        return self.ask("GET", "/api/versions", {}, {})

    def get_changes(self, before: str, after: str) -> Any:
        """The differences between two versions; what decides comes first.

        `GET /api/versions/{before}/changes/{after}`
        """
        return self.ask(
            "GET", "/api/versions/{before}/changes/{after}", {"before": before, "after": after}, {}
        )

    def get_impact(self, version: str, *, half_width: float | None = None) -> Any:
        """What this version would change in all that was judged; of the flips the largest 200 are listed.

        `GET /api/versions/{version}/impact`
        """
        return self.ask(
            "GET", "/api/versions/{version}/impact", {"version": version}, {"half_width": half_width}
        )

    def post_state(self, version: str, body: Mapping[str, Any]) -> Any:
        """Take a version to another state of its life.

        `POST /api/versions/{version}/state`
        """
        return self.ask("POST", "/api/versions/{version}/state", {"version": version}, {}, body)

    def post_rereview(self, version: str, body: Mapping[str, Any]) -> Any:
        """Open the queue of what this version touches: the fewest for the half-width, drawn by probability.

        `POST /api/versions/{version}/rereview`
        """
        return self.ask("POST", "/api/versions/{version}/rereview", {"version": version}, {}, body)

    def get_videos(self, *, after: str | None = None, condition: str | None = None) -> Any:
        """The videos that the workspace knows, a page at a time.

        `GET /api/library/videos`
        """
        return self.ask("GET", "/api/library/videos", {}, {"after": after, "condition": condition})

    def get_search(self, *, q: str, place: Sequence[str] | None = None) -> Any:
        """Videos by what stands and is said in them.

        `GET /api/library/search`
        """
        return self.ask("GET", "/api/library/search", {}, {"q": q, "place": place})

    def get_video(self, *, video: str) -> Any:
        """One video with its evidence, origin, family and look-up. By query, for an id may hold any sign.

        `GET /api/library/video`
        """
        return self.ask("GET", "/api/library/video", {}, {"video": video})

    def get_lookups(self) -> Any:
        """What look-ups in hash lists found.

        `GET /api/library/lookups`
        """
        return self.ask("GET", "/api/library/lookups", {}, {})

    def get_siblings(self) -> Any:
        """Judged videos whose copies wait, and what was accepted of such offers.

        `GET /api/library/siblings`
        """
        return self.ask("GET", "/api/library/siblings", {}, {})

    def post_siblings(self, body: Mapping[str, Any]) -> Any:
        """Let waiting copies end like the judged one: assisted work, which no measurement counts.

        `POST /api/library/siblings`
        """
        return self.ask("POST", "/api/library/siblings", {}, {}, body)

    def post_siblings_withdraw(self, batch: str) -> Any:
        """Take back what was accepted at once; its tasks wait again.

        `POST /api/library/siblings/{batch}/withdraw`
        """
        return self.ask("POST", "/api/library/siblings/{batch}/withdraw", {"batch": batch}, {})

    def post_stop_where_seen(self, body: Mapping[str, Any]) -> Any:
        """Stop work on a task that one rules on, calibrates or has in a case, or on a video on its page.

        `POST /api/library/stop-work`
        """
        return self.ask("POST", "/api/library/stop-work", {}, {}, body)

    def get_blind_spots(
        self,
        study: str,
        *,
        score: str | None = None,
        threshold: float | None = None,
        columns: Sequence[str] | None = None,
    ) -> Any:
        """Slices of a study that fail, or escape a score, more than the rest: suspected.

        `GET /api/learn/studies/{study}/blind-spots`
        """
        return self.ask(
            "GET",
            "/api/learn/studies/{study}/blind-spots",
            {"study": study},
            {"score": score, "threshold": threshold, "columns": columns},
        )

    def get_second_studies(self, study: str) -> Any:
        """The studies that were drawn to confirm what this one makes suspect, and what they say.

        `GET /api/learn/studies/{study}/blind-spots/seconds`
        """
        return self.ask("GET", "/api/learn/studies/{study}/blind-spots/seconds", {"study": study}, {})

    def post_second_study(self, study: str, body: Mapping[str, Any]) -> Any:
        """Draw a second, independent, blind sample that looks at the suspected slices.

        `POST /api/learn/studies/{study}/blind-spots/seconds`
        """
        return self.ask("POST", "/api/learn/studies/{study}/blind-spots/seconds", {"study": study}, {}, body)

    def get_training_sets(self, study: str) -> Any:
        """The versions of a study's training set, the newest first.

        `GET /api/learn/studies/{study}/training-sets`
        """
        return self.ask("GET", "/api/learn/studies/{study}/training-sets", {"study": study}, {})

    def post_training_set(self, study: str) -> Any:
        """Make a study's training set; the same rows are the same version.

        `POST /api/learn/studies/{study}/training-sets`
        """
        return self.ask("POST", "/api/learn/studies/{study}/training-sets", {"study": study}, {})

    def get_baselines(self, study: str) -> Any:
        """The baselines that were trained on a study, the newest first, and what they can be compared with.

        `GET /api/learn/studies/{study}/baselines`
        """
        return self.ask("GET", "/api/learn/studies/{study}/baselines", {"study": study}, {})

    def post_baseline(self, study: str, body: Mapping[str, Any]) -> Any:
        """Train a study's baseline and compare it with a score on the study's own blind draws.

        `POST /api/learn/studies/{study}/baselines`
        """
        return self.ask("POST", "/api/learn/studies/{study}/baselines", {"study": study}, {}, body)

    def get_kept(self, kept: str, part: str) -> Any:
        """A file of a training set (`file`, `card`) or of a baseline (`model`, `card`).

        `GET /api/learn/kept/{kept}/{part}`
        """
        return self.ask("GET", "/api/learn/kept/{kept}/{part}", {"kept": kept, "part": part}, {})

    def get_label_errors(self, study: str, *, question: str | None = None) -> Any:
        """A study's judgements by doubt, the least trusted first.

        `GET /api/learn/studies/{study}/label-errors`
        """
        return self.ask(
            "GET", "/api/learn/studies/{study}/label-errors", {"study": study}, {"question": question}
        )

    def get_rereviews(self, study: str) -> Any:
        """The re-reviews of a study's doubted judgements, and how many were judged otherwise.

        `GET /api/learn/studies/{study}/label-errors/rereviews`
        """
        return self.ask("GET", "/api/learn/studies/{study}/label-errors/rereviews", {"study": study}, {})

    def post_doubted(self, study: str, body: Mapping[str, Any]) -> Any:
        """Open a blind re-review of the most doubtful judgements, mixed with a control.

        `POST /api/learn/studies/{study}/label-errors/rereviews`
        """
        return self.ask(
            "POST", "/api/learn/studies/{study}/label-errors/rereviews", {"study": study}, {}, body
        )

    def get_next_best(
        self, study: str, *, count: int | None = None, by: str | None = None, alike: float | None = None
    ) -> Any:
        """The videos of a study's frame that its baseline would learn most from, and why each.

        `GET /api/learn/studies/{study}/next-best`
        """
        return self.ask(
            "GET",
            "/api/learn/studies/{study}/next-best",
            {"study": study},
            {"count": count, "by": by, "alike": alike},
        )

    def get_next_studies(self, study: str) -> Any:
        """The studies that were opened of such videos, and what came of them.

        `GET /api/learn/studies/{study}/next-best/studies`
        """
        return self.ask("GET", "/api/learn/studies/{study}/next-best/studies", {"study": study}, {})

    def post_next_study(self, study: str, body: Mapping[str, Any]) -> Any:
        """Open these videos as a study of their own: assisted work, which teaches and is never measured.

        `POST /api/learn/studies/{study}/next-best/studies`
        """
        return self.ask("POST", "/api/learn/studies/{study}/next-best/studies", {"study": study}, {}, body)

    def get_escalations(self) -> Any:
        """Every escalation without its record, those that wait first.

        `GET /api/safety/escalations`
        """
        return self.ask("GET", "/api/safety/escalations", {}, {})

    def post_escalation_view(self, escalation: str) -> Any:
        """Open an escalation's record, which holds no media; that it was opened is logged.

        `POST /api/safety/escalations/{escalation}/view`
        """
        return self.ask("POST", "/api/safety/escalations/{escalation}/view", {"escalation": escalation}, {})

    def post_escalation_acknowledge(self, escalation: str) -> Any:
        """Take an escalation on; its timer stops.

        `POST /api/safety/escalations/{escalation}/acknowledge`
        """
        return self.ask(
            "POST", "/api/safety/escalations/{escalation}/acknowledge", {"escalation": escalation}, {}
        )

    def post_escalation_refer(self, escalation: str, body: Mapping[str, Any]) -> Any:
        """Say to whom an escalation was handed.

        `POST /api/safety/escalations/{escalation}/refer`
        """
        return self.ask(
            "POST", "/api/safety/escalations/{escalation}/refer", {"escalation": escalation}, {}, body
        )

    def post_escalation_close(self, escalation: str, body: Mapping[str, Any]) -> Any:
        """Say what became of an escalation; a locked video stays locked.

        `POST /api/safety/escalations/{escalation}/close`
        """
        return self.ask(
            "POST", "/api/safety/escalations/{escalation}/close", {"escalation": escalation}, {}, body
        )

    def post_escalation_hold(self, escalation: str, body: Mapping[str, Any]) -> Any:
        """Put an escalation under a legal hold, or lift it.

        `POST /api/safety/escalations/{escalation}/hold`
        """
        return self.ask(
            "POST", "/api/safety/escalations/{escalation}/hold", {"escalation": escalation}, {}, body
        )

    def get_retention(self) -> Any:
        """Every class of data with its rule, what is due and what is held; the last runs.

        `GET /api/retention`
        """
        return self.ask("GET", "/api/retention", {}, {})

    def put_retention_rule(self, kind: str, body: Mapping[str, Any]) -> Any:
        """Keep a class of data so many days from now on.

        `PUT /api/retention/rules/{kind}`
        """
        return self.ask("PUT", "/api/retention/rules/{kind}", {"kind": kind}, {}, body)

    def post_retention_run(self) -> Any:
        """Erase what is due and not held; sending it again erases what is left.

        `POST /api/retention/runs`
        """
        return self.ask("POST", "/api/retention/runs", {}, {})

    def get_retention_proof(self) -> Any:
        """Walk the chain, rebuild the tables and look for what was erased; takes as long as a rebuild.

        `GET /api/retention/proof`
        """
        return self.ask("GET", "/api/retention/proof", {}, {})

    def get_person_due(self, person: str) -> Any:
        """What would be erased of a person, and what keeps them.

        `GET /api/retention/people/{person}`
        """
        return self.ask("GET", "/api/retention/people/{person}", {"person": person}, {})

    def post_person_erasure(self, person: str, body: Mapping[str, Any]) -> Any:
        """Erase who a person is, for good; their pseudonym and judgements stay.

        `POST /api/retention/people/{person}/erasure`
        """
        return self.ask("POST", "/api/retention/people/{person}/erasure", {"person": person}, {}, body)

    def get_views(
        self, *, person: str | None = None, since: str | None = None, until: str | None = None
    ) -> Any:
        """Who was shown what, the latest first: of everybody or of one (by pseudonym), in days of UTC.

        `GET /api/retention/views`
        """
        return self.ask("GET", "/api/retention/views", {}, {"person": person, "since": since, "until": until})

    def get_processing_record(self, *, language: str | None = None) -> Any:
        """The record of processing activities as a page.

        `GET /api/retention/record`
        """
        return self.ask("GET", "/api/retention/record", {}, {"language": language})

    def get_guideline_draft(self, version: str) -> Any:
        """The text to write on: a draft's own, or that of any other version as a draft under the next
        number.

        `GET /api/versions/{version}/draft`
        """
        return self.ask("GET", "/api/versions/{version}/draft", {"version": version}, {})

    def post_guideline_look(self, body: Mapping[str, Any]) -> Any:
        """What is to be said about a text; nothing is kept.

        `POST /api/guideline-drafts/look`
        """
        return self.ask("POST", "/api/guideline-drafts/look", {}, {}, body)

    def post_guideline_draft(self, body: Mapping[str, Any]) -> Any:
        """Keep the text as a draft. Of all versions only an earlier draft of its number is touched: retired.

        `POST /api/guideline-drafts`
        """
        return self.ask("POST", "/api/guideline-drafts", {}, {}, body)

    def get_log(self, *, before: int | None = None, limit: int | None = None) -> Any:
        """Entries before a position, newest first; actors by pseudonym.

        `GET /api/log`
        """
        return self.ask("GET", "/api/log", {}, {"before": before, "limit": limit})

    def get_raters(self, study: str, *, of: str | None = None, as_of: str | None = None) -> Any:
        """People, classifiers and machine judges side by side: sensitivity and specificity beside outcomes.

        `GET /api/studies/{study}/raters`
        """
        return self.ask("GET", "/api/studies/{study}/raters", {"study": study}, {"of": of, "as_of": as_of})

    def get_webhooks(self) -> Any:
        """Every endpoint, those that are told first.

        `GET /api/webhooks`
        """
        return self.ask("GET", "/api/webhooks", {}, {})

    def post_webhook(self, body: Mapping[str, Any]) -> Any:
        """Tell another program of these kinds of things; the answer holds the secret, once.

        `POST /api/webhooks`
        """
        return self.ask("POST", "/api/webhooks", {}, {}, body)

    def get_webhook_messages(self, *, state: str | None = None, limit: int | None = None) -> Any:
        """The latest deliveries, the newest first, without what they say.

        `GET /api/webhooks/messages`
        """
        return self.ask("GET", "/api/webhooks/messages", {}, {"state": state, "limit": limit})

    def post_webhook_secret(self, webhook: str, body: Mapping[str, Any]) -> Any:
        """A new secret for an endpoint, shown once; the one before signs beside it for a time.

        `POST /api/webhooks/{webhook}/secret`
        """
        return self.ask("POST", "/api/webhooks/{webhook}/secret", {"webhook": webhook}, {}, body)

    def delete_webhook(self, webhook: str) -> Any:
        """Tell an endpoint nothing more; its address and secrets are forgotten.

        `DELETE /api/webhooks/{webhook}`
        """
        return self.ask("DELETE", "/api/webhooks/{webhook}", {"webhook": webhook}, {})

    def post_webhook_test(self, webhook: str) -> Any:
        """Send an endpoint a message that says nothing but that it is a test.

        `POST /api/webhooks/{webhook}/test`
        """
        return self.ask("POST", "/api/webhooks/{webhook}/test", {"webhook": webhook}, {})

    def post_webhook_resend(self, webhook: str, message: str) -> Any:
        """Send a message again under the id that it has, so that the receiver can tell.

        `POST /api/webhooks/{webhook}/messages/{message}/resend`
        """
        return self.ask(
            "POST",
            "/api/webhooks/{webhook}/messages/{message}/resend",
            {"webhook": webhook, "message": message},
            {},
        )

    def get_thread(self, *, about: str, name: str) -> Any:
        """What was said about a case or a video. By query, for an id may hold any sign.

        `GET /api/talk/thread`
        """
        return self.ask("GET", "/api/talk/thread", {}, {"about": about, "name": name})

    def post_comment(self, body: Mapping[str, Any]) -> Any:
        """Say something about a case or a video.

        `POST /api/talk/comments`
        """
        return self.ask("POST", "/api/talk/comments", {}, {}, body)

    def post_errand(self, body: Mapping[str, Any]) -> Any:
        """Hand somebody what is to be done about a case or a video.

        `POST /api/talk/errands`
        """
        return self.ask("POST", "/api/talk/errands", {}, {}, body)

    def post_errand_state(self, errand: str, body: Mapping[str, Any]) -> Any:
        """Take one's own errand on, say that it is done, or give it back.

        `POST /api/talk/errands/{errand}`
        """
        return self.ask("POST", "/api/talk/errands/{errand}", {"errand": errand}, {}, body)

    def post_read(self, body: Mapping[str, Any]) -> Any:
        """Say that one has read what called on one.

        `POST /api/talk/read`
        """
        return self.ask("POST", "/api/talk/read", {}, {}, body)

    def get_mine(self) -> Any:
        """What calls on the reader, what they have to do or asked for, and all that is overdue.

        `GET /api/talk/mine`
        """
        return self.ask("GET", "/api/talk/mine", {}, {})

    def get_count(self) -> Any:
        """How much waits for the reader.

        `GET /api/talk/count`
        """
        return self.ask("GET", "/api/talk/count", {}, {})
