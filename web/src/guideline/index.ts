export type { AgeReading } from "./ages";
export { check, type Notes, type Problem, type ProblemCode } from "./check";
export { audienceProposal, decide, verdictProposal, type Decision, type Proposal } from "./decide";
export type { Escalation, Family, Guideline, Label, Step, Strength } from "./model";
export { fits, isAnswered, nextQuestion, prune, questions, YES, type Option, type Question } from "./walk";
