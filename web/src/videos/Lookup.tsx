import type { ReactElement } from "react";
import type { VideoLookup, VideoPage } from "../api/types";
import { decimal } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import classes from "./Videos.module.css";
import { keyed } from "./keyed";
import { words } from "./words";

/** What hash lists say of this video's file. */
export function Lookup({ page }: { page: VideoPage }): ReactElement {
  const { t } = useWords(words);
  return (
    <section className={classes.panel}>
      <h2>{t("lookup")}</h2>
      {page.lookup ? <p>{<Result lookup={page.lookup} />}</p> : <p>{t("lookup_never")}</p>}
    </section>
  );
}

/** The result in words; what stands in a bank, and where. */
export function Result({ lookup }: { lookup: VideoLookup }): ReactElement {
  const { t } = useWords(words);
  const said = t(keyed<"lookup_clear">(`lookup_${lookup.state}`) ?? "lookup_not_hashed");
  return <span data-state={lookup.state}>{[said, lookup.failed].filter(Boolean).join(": ")}</span>;
}

/** The banks that hold a signal, each once, with the first second at which it does. */
export function Banks({ lookup }: { lookup: VideoLookup }): ReactElement {
  const { t, language } = useWords(words);
  const first = new Map(lookup.found.toReversed().map((one) => [`${one.bank} ${one.kind}`, one]));
  return (
    <>
      {[...first.values()].toReversed().map((one) => (
        <div key={`${one.bank} ${one.kind}`}>
          {one.bank} ({one.kind}
          {one.second !== null && `, ${t("at", { at: decimal(one.second, language, 0) })}`})
        </div>
      ))}
    </>
  );
}
