/** The words of the HTTP contract, as the screens use them: the server's own types, under our names. */
import type * as server from "./generated";

/** What has a default is always sent, so nothing in an answer is optional. */
type Sent<T> = unknown extends T
  ? T
  : T extends readonly unknown[]
    ? { [K in keyof T]: Sent<T[K]> }
    : T extends object
      ? { [K in keyof T]-?: Sent<T[K]> }
      : T;

export type Words = server.Text;
type SentSession = Sent<server.SessionView>;
/** Keys are named by pattern in the contract, for which the generator has no type. */
export type Preferences = Omit<SentSession["preferences"], "keys"> & { keys: Record<string, string[]> };
export type Session = Omit<SentSession, "preferences"> & { preferences: Preferences };
export type Language = Preferences["language"];
export type Theme = Preferences["theme"];
export type Me = Session["person"];
export type Role = Me["roles"][number];

/** `application/problem+json`, which every refusal carries. */
export type QuestionProblem = { code: string; question: string; message: Words };
export type Problem = {
  status: number;
  code: string;
  message: Words;
  where: string | null;
  mend: Words | null;
  problems?: QuestionProblem[];
  /** With `too-many-attempts`: when the next one is examined. */
  retry_at?: string;
};

export type Task = Sent<server.TaskOut>;
export type Lease = Task["lease"];
export type Media = Task["media"];
export type Playback = NonNullable<Media["playback"]>;
export type Storyboard = NonNullable<Media["storyboard"]>;
export type EvidenceItem = Task["evidence"][number];
export type NextTask = Sent<server.NextTask>;
export type HeldTasks = Sent<server.HeldTasks>;
export type RenewedLease = server.Until;

export type Answer = string | number | boolean | string[] | null;
export type Answers = Record<string, Answer>;
export type Mark = server.Mark;
export type TraceRun = [t0: number, t1: number, rate: number];
export type NewJudgement = Sent<Omit<server.Submission, "answers">> & { answers: Answers };
export type SavedJudgement = server.JudgementReceipt;
export type NewStop = Sent<server.Stop>;
export type SavedStop = server.StopReceipt;
export type MyDay = server.DayView;
export type Judged = Sent<server.JudgedView>;

export type Study = Sent<server.StudyView>;
export type Estimate = Sent<server.Estimate>;
export type Figure = Sent<server.Figure>;
export type Measurement = Sent<server.Measurement>;
export type Trend = Sent<server.Trend>;
export type Week = Trend["weeks"]["weeks"][number];
export type Thresholds = Sent<server.Thresholds>;
export type Leakage = Sent<server.Leakage>;
export type Classifier = Sent<server.Classifier>;
export type Raters = Sent<server.Raters>;
export type Rater = Raters["raters"][number];
export type Pivot = Sent<server.Pivot>;
export type Cell = Pivot["cells"][number];

export type Version = Sent<server.VersionView>;
export type Change = Sent<server.ChangeView>;
export type Impact = Sent<server.Impact>;
export type DraftSource = Sent<server.DraftSource>;
export type DraftLook = Sent<server.DraftLook>;
export type RereviewOpened = server.RereviewOpened;
export type AnswerTask = Sent<server.AnswerTaskOut>;
export type NextAnswer = Sent<server.NextAnswer>;
export type NewAnswerJudgement = Sent<server.AnswerSubmission>;
export type NewAnswerStop = Sent<server.AnswerStop>;
export type AnswerSet = Sent<server.AnswerSetView>;
export type AnswerReport = Sent<server.Report>;

export type NewCase = Sent<server.Filing>;
export type SavedCase = server.CaseReceipt;
export type Precedent = Sent<server.PrecedentView>;
export type Case = Sent<server.CaseView>;
export type CaseDetail = Sent<server.CaseDetail>;
export type SeenVideo = CaseDetail["seen"][number];
export type CaseRuling = NonNullable<CaseDetail["ruling"]>;
export type NewCaseRuling = Sent<server.Said>;
export type NearCases = Sent<server.NearView>;
export type RulingDraft = server.DraftView;
export type StudyName = server.StudyName;
export type Coverage = Sent<server.CoverageView>;
export type CoverageCell = Coverage["cells"][number];

export type PracticeState = Sent<server.PracticeView>;
export type Burst = NonNullable<PracticeState["burst"]>;
export type Feedback = Sent<server.FeedbackView>;
export type FeedbackSide = Feedback["own"];
export type OwnAccuracy = Sent<server.AccuracyView>;

export type CalibrationSession = Sent<server.CalibrationSession>;
export type CalibrationItem = CalibrationSession["items"][number];
export type CalibrationLine = Sent<server.CalibrationLine>;
export type CalibrationMedia = Sent<server.CalibrationItemMedia>;

export type OwnCertification = Sent<server.OwnCertification>;
export type Certificate = OwnCertification["certificates"][number];
export type Certification = Sent<server.CertificationView>;
export type CertificationRule = Certification["rule"];
export type CertifiedPerson = Certification["people"][number];
export type Unserved = Certification["unserved"][number];

export type Contested = Sent<server.AdjudicationOut>;
export type Side = Contested["a"];
export type NextContested = Sent<server.NextAdjudication>;
export type SideError = server.OwnRulingView["error"] & string;
export type Ruled = Omit<Sent<server.Ruled>, "answers"> & { answers: Answers };
export type NewAdjudication = Ruled & { key: string; task: string; lease: string; reason: string };
export type NewDisputeRuling = Omit<Sent<server.DisputeRuling>, "ruled"> & { ruled: Ruled | null };
export type SavedRuling = server.RulingReceipt;
export type OwnRulings = Sent<server.OwnRulingsView>;
export type OwnRuling = OwnRulings["rulings"][number];
export type RulingLine = Sent<server.RulingLineView>;

export type Person = server.PersonView;
export type NewPerson = Sent<server.NewPerson>;
export type AddedPerson = server.PersonWithLink;
export type NewLink = server.Link;
export type PersonChange = Partial<Sent<server.PersonChange>>;
export type WaysIn = Sent<server.WaysIn>;
export type Token = Sent<server.TokenView>;
export type NewToken = Sent<server.NewToken>;
export type TokenMade = Sent<server.TokenWithSecret>;
export type Scope = Token["scopes"][number];

export type Webhook = Sent<server.WebhookView>;
export type NewWebhook = Sent<server.NewWebhook>;
export type WebhookMade = Sent<server.WebhookWithSecret>;
export type WebhookKind = Webhook["kinds"][number];
export type Delivery = Sent<server.DeliveryView>;

export type Talk = Sent<server.ThreadView>;
export type Errand = Sent<server.ErrandView>;
export type About = Errand["about"];
export type NewErrand = Sent<server.GiveBody>;
export type TalkMine = Sent<server.MineView>;
export type SignInWays = Sent<server.Ways>;
export type Enrolment = server.EnrolmentView;

export type EscalationList = Sent<server.EscalationList>;
export type Escalation = EscalationList["escalations"][number];
export type EscalationRecord = Sent<server.EscalationRecord>;

export type Retention = Sent<server.RetentionView>;
export type DataClass = Retention["classes"][number];
export type NewRule = Sent<server.RuleBody>;
export type NewErasure = Sent<server.ErasureBody>;
export type Views = Sent<server.ViewsView>;
export type RetentionProof = Sent<server.ProofView>;
export type PersonDue = server.PersonDueView;

export type LogEntry = server.TrailEntry;
export type LogPage = server.Trail;

export type VideoCard = Sent<server.VideoCard>;
export type VideoList = Sent<server.VideoList>;
export type TextFound = Sent<server.FoundList>;
export type FoundVideo = TextFound["found"][number];
export type TextHit = FoundVideo["hits"][number];
export type VideoPage = Sent<server.VideoView>;
export type VideoFamily = NonNullable<VideoPage["family"]>;
export type FamilyEdge = VideoFamily["edges"][number];
export type VideoLookup = NonNullable<VideoPage["lookup"]>;
export type LookupList = Sent<server.LookupList>;
export type OfferList = Sent<server.OfferList>;
export type Offer = OfferList["offers"][number];
export type DecidedBatch = OfferList["decided"][number];

export type BlindSpots = Sent<server.BlindSpotsView>;
export type BlindSpot = BlindSpots["spots"][number];
export type SpotCondition = BlindSpot["conditions"][number];
export type SecondStudy = Sent<server.SecondView>;
export type StudyOpened = server.StudyOpened;
export type Doubts = Sent<server.DoubtsView>;
export type DoubtRereview = Sent<server.RereviewView>;
export type NextBest = Sent<server.NextBestView>;
export type NextStudy = Sent<server.NextStudyView>;
export type KeptTrainingSet = Sent<server.TrainingSetView>;
export type Baselines = Sent<server.BaselinesView>;
export type KeptBaseline = Baselines["baselines"][number];

export type TeamQuality = Sent<server.TeamQualityView>;
export type PersonQuality = TeamQuality["people"][number];
export type AnswerQuality = Sent<server.AnswerTeamView>;
export type OwnAnswerQuality = Sent<server.OwnAnswerAccuracy>;
export type QualityTargets = TeamQuality["targets"];
export type OwnQuality = Sent<server.OwnQualityView>;
export type Agreement = Sent<server.AgreementView>;
export type Agreed = Agreement["rows"][number];
export type Forecast = Sent<server.ForecastView>;
