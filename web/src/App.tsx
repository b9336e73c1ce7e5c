import { VisuallyHidden } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useState, type ReactElement, type ReactNode } from "react";
import { Redirect, Route, Switch } from "wouter";
import { whenSignedOut } from "./api/fetch";
import { queries } from "./api/query";
import type { Role } from "./api/types";
import { listen } from "./keys/listen";
import { Palette } from "./keys/Palette";
import { has, useSession } from "./session";
import { forgetSession, SessionContext, useSessionQuery } from "./session/session";
import { useIdleLock } from "./session/useIdleLock";
import { Answer } from "./ui/Answer";
import { Boundary } from "./ui/Boundary";
import { NotFound } from "./ui/NotFound";
import { placesFor } from "./ui/places";
import { Loading } from "./ui/State";
import { Theme } from "./ui/Theme";
import { TopBar } from "./ui/TopBar";
import { useAppCommands } from "./useAppCommands";

const Bench = lazy(() => import("./bench/Bench"));
const KeySettings = lazy(() => import("./keys/KeySettings"));
const SignIn = lazy(() => import("./signin/SignIn"));
const GuidelinePage = lazy(() => import("./guideline/page/GuidelinePage"));
const EditorPage = lazy(() => import("./guideline/editor/EditorPage"));
const AnswersPage = lazy(() => import("./answers/AnswersPage"));
const ResultsPage = lazy(() => import("./answers/results/ResultsPage"));
const AdjudicationPage = lazy(() => import("./adjudication/AdjudicationPage"));
const RulingsPage = lazy(() => import("./adjudication/RulingsPage"));
const MeasurementPage = lazy(() => import("./measurement/MeasurementPage"));
const LearnPage = lazy(() => import("./learn/LearnPage"));
const PracticePage = lazy(() => import("./practice/PracticePage"));
const CalibrationPage = lazy(() => import("./calibration/CalibrationPage"));
const CalibrationsPage = lazy(() => import("./calibration/CalibrationsPage"));
const QualityPage = lazy(() => import("./quality/QualityPage"));
const MyDayPage = lazy(() => import("./myday/MyDayPage"));
const AccountPage = lazy(() => import("./account/AccountPage"));
const CasebookPage = lazy(() => import("./casebook/page/CasebookPage"));
const CasePage = lazy(() => import("./casebook/page/CasePage"));
const GapsPage = lazy(() => import("./casebook/page/GapsPage"));
const PeoplePage = lazy(() => import("./people/PeoplePage"));
const VideosRoom = lazy(() => import("./videos/VideosRoom"));
const SafetyPage = lazy(() => import("./safety/SafetyPage"));
const TalkPage = lazy(() => import("./talk/TalkPage"));
const WebhooksPage = lazy(() => import("./webhooks/WebhooksPage"));
const PrivacyPage = lazy(() => import("./privacy/page/PrivacyPage"));
const AuditPage = lazy(() => import("./audit/AuditPage"));

export function App(): ReactElement {
  useEffect(listen, []);
  useEffect(() => whenSignedOut(forgetSession), []);
  return (
    <QueryClientProvider client={queries}>
      <Theme>
        <Boundary>
          <Suspense fallback={<Waiting />}>
            <Switch>
              <Route path="/sign-in" component={SignIn} />
              <Route component={SignedIn} />
            </Switch>
          </Suspense>
        </Boundary>
      </Theme>
    </QueryClientProvider>
  );
}

const Waiting = (): ReactElement => (
  <main>
    <Loading />
  </main>
);

function SignedIn(): ReactElement {
  const session = useSessionQuery();
  if (session.data === null) return <Redirect to="/sign-in" replace />;
  if (session.data === undefined) {
    return (
      <main>
        <VisuallyHidden component="h1">Tilik</VisuallyHidden>
        <Answer query={session}>{() => null}</Answer>
      </main>
    );
  }
  return (
    <SessionContext value={session.data}>
      <Rooms />
    </SessionContext>
  );
}

function Rooms(): ReactElement {
  const [keys, setKeys] = useState(false);
  useAppCommands(useCallback(() => setKeys(true), []));
  useIdleLock(useSession().idle_minutes);
  return (
    <>
      <TopBar />
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/" component={Start} />
          <Route path="/practice">
            <For roles={["reviewer"]}>
              <PracticePage />
            </For>
          </Route>
          <Route path="/my-day">
            <For roles={["reviewer"]}>
              <MyDayPage />
            </For>
          </Route>
          <Route path="/adjudication">
            <For roles={["adjudicator"]}>
              <AdjudicationPage />
            </For>
          </Route>
          <Route path="/rulings">
            <For roles={["reviewer", "adjudicator", "policy", "lead", "admin"]}>
              <RulingsPage />
            </For>
          </Route>
          <Route path="/measurement/:study?">
            {({ study }) => (
              <For roles={["lead", "policy", "ml", "admin"]}>
                <MeasurementPage study={study} />
              </For>
            )}
          </Route>
          <Route path="/learn/:study?/:part?">
            {({ study, part }) => (
              <For roles={["ml", "lead", "admin"]}>
                <LearnPage study={study} part={part} />
              </For>
            )}
          </Route>
          <Route path="/quality">
            <For roles={["lead", "admin"]}>
              <QualityPage />
            </For>
          </Route>
          <Route path="/calibration">
            <For roles={["adjudicator", "policy"]}>
              <CalibrationsPage />
            </For>
          </Route>
          <Route path="/calibration/:session">
            {({ session }) => (
              <For roles={["reviewer", "adjudicator", "lead", "policy", "admin"]}>
                <CalibrationPage key={session} session={session} />
              </For>
            )}
          </Route>
          <Route path="/answers">
            <For roles={["reviewer", "lead", "ml", "admin"]}>
              <Answers />
            </For>
          </Route>
          <Route path="/answers/results/:set?">
            {({ set }) => (
              <For roles={["lead", "ml", "admin"]}>
                <ResultsPage set={set} />
              </For>
            )}
          </Route>
          <Route path="/guideline/:version?/:part?">
            {({ version, part }) => (
              <For roles={["policy", "lead", "admin"]}>
                {version !== undefined && part === "edit" ? (
                  <EditorPage version={version} />
                ) : (
                  <GuidelinePage version={version} changes={part === "changes"} />
                )}
              </For>
            )}
          </Route>
          <Route path="/account" component={AccountPage} />
          <Route path="/casebook/gaps">
            <For roles={["policy", "lead", "admin"]}>
              <GapsPage />
            </For>
          </Route>
          <Route path="/casebook/:name?">
            {({ name }) => (
              <For roles={["policy", "lead", "admin"]}>
                {name ? <CasePage key={name} name={name} /> : <CasebookPage />}
              </For>
            )}
          </Route>
          <Route path="/people">
            <For roles={["lead", "privacy", "admin"]}>
              <PeoplePage />
            </For>
          </Route>
          <Route path="/videos/*?">
            <For roles={["lead", "admin", "child-safety"]}>
              <VideosRoom />
            </For>
          </Route>
          <Route path="/safety">
            <For roles={["child-safety"]}>
              <SafetyPage />
            </For>
          </Route>
          <Route path="/talk">
            <For roles={["policy", "ml", "lead", "admin"]}>
              <TalkPage />
            </For>
          </Route>
          <Route path="/webhooks">
            <For roles={["admin"]}>
              <WebhooksPage />
            </For>
          </Route>
          <Route path="/data-protection">
            <For roles={["privacy"]}>
              <PrivacyPage />
            </For>
          </Route>
          <Route path="/audit">
            <For roles={["lead", "privacy", "admin"]}>
              <AuditPage />
            </For>
          </Route>
          <Route component={NotFound} />
        </Switch>
      </Suspense>
      <Palette />
      {keys && (
        <Suspense fallback={null}>
          <KeySettings onClose={() => setKeys(false)} />
        </Suspense>
      )}
    </>
  );
}

/** A reviewer begins at the bench, everybody else at the first of their own pages. */
function Start(): ReactElement {
  const session = useSession();
  if (has(session, "reviewer")) return <Bench />;
  const first = placesFor(session)[0];
  return first ? <Redirect to={first.to} replace /> : <NotFound />;
}

const Answers = (): ReactElement =>
  has(useSession(), "reviewer") ? <AnswersPage /> : <Redirect to="/answers/results" replace />;

function For({ roles, children }: { roles: Role[]; children: ReactNode }): ReactNode {
  return has(useSession(), ...roles) ? children : <NotFound />;
}
