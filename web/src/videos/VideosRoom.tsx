import type { ReactElement } from "react";
import { Route, Switch } from "wouter";
import { has, useSession } from "../session";
import { NotFound } from "../ui/NotFound";
import { LookupsPage } from "./LookupsPage";
import { SiblingsPage } from "./SiblingsPage";
import { VideoPage } from "./VideoPage";
import { VideosPage } from "./VideosPage";

/** The workspace's videos as leads see them; child safety sees what hash lists say, and nothing else. */
export default function VideosRoom(): ReactElement {
  const leads = has(useSession(), "lead", "admin");
  return (
    <Switch>
      <Route path="/videos/lookups" component={LookupsPage} />
      {leads && <Route path="/videos/siblings" component={SiblingsPage} />}
      {leads && (
        <Route path="/videos/of/:video">{({ video }) => <VideoPage key={video} video={video} />}</Route>
      )}
      {leads && <Route path="/videos" component={VideosPage} />}
      <Route component={NotFound} />
    </Switch>
  );
}
