import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import type { NextBest } from "../../api/types";
import { decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Answer } from "../../ui/Answer";
import { Details } from "../../ui/Details";
import classes from "../Learn.module.css";
import { OpenStudy } from "../OpenStudy";
import type { PartProps } from "../parts";
import { words as common } from "../words";
import { NextStudies } from "./NextStudies";
import { nextOf, nextStudiesAddress, nextStudiesOf, type By, type Wanted } from "./queries";
import { WantedTable } from "./WantedTable";
import { words } from "./words";

const COUNTS = [25, 50, 100, 200, 500];
/** So many stand open; the others unfold. */
const FIRST = 10;

/** The videos that a baseline would learn most from, why each, and the studies that were opened of such. */
export default function JudgeNext({ study }: PartProps): ReactElement {
  const { t } = useWords(words);
  const { t: ask } = useWords(common);
  const [wanted, setWanted] = useState<Wanted>({ count: 50, by: "entropy" });
  const found = useQuery({ ...nextOf(study, wanted), placeholderData: keepPreviousData });
  const { data } = found;
  return (
    <div className={classes.stack}>
      <section className={classes.panel} aria-labelledby="judge-next">
        <h2 id="judge-next">{ask("judgeNext")}</h2>
        <p className={classes.soft}>{t("lead")}</p>
        <Ask wanted={wanted} onAsk={setWanted} />
        <Answer query={found}>{(shown) => <Listed found={shown} />}</Answer>
      </section>
      {data && !found.error && !found.isPlaceholderData && (
        <OpenStudy
          id="open-next"
          title={t("openTitle")}
          more={t("openMore")}
          name={t("openName", { study: data.name })}
          count={null}
          button={t("open")}
          address={nextStudiesAddress(study)}
          body={(name) => ({ name, count: data.videos.length, by: data.by, alike: data.alike })}
          done={(count) => t("opened", { count })}
          list={nextStudiesOf(study).queryKey}
        />
      )}
      <NextStudies study={study} />
    </div>
  );
}

type AskProps = { wanted: Wanted; onAsk: (wanted: Wanted) => void };

function Ask({ wanted, onAsk }: AskProps): ReactElement {
  const { t, language } = useWords(words);
  return (
    <div className={classes.ask}>
      <NativeSelect
        label={t("by")}
        value={wanted.by}
        data={[
          { value: "entropy", label: t("byEntropy") },
          { value: "change", label: t("byChange") },
        ]}
        onChange={({ currentTarget: { value } }) => onAsk({ ...wanted, by: value as By })}
      />
      <NativeSelect
        label={t("count")}
        value={String(wanted.count)}
        data={COUNTS.map((count) => ({ value: String(count), label: decimal(count, language) }))}
        onChange={({ currentTarget: { value } }) => onAsk({ ...wanted, count: Number(value) })}
      />
    </div>
  );
}

function Listed({ found }: { found: NextBest }): ReactElement {
  const { t, language } = useWords(words);
  const rest = found.videos.slice(FIRST);
  return (
    <>
      <p>
        {t("pool", {
          count: found.pool,
          chosen: decimal(found.videos.length, language),
          pool: decimal(found.pool, language),
          judged: decimal(found.judged, language),
        })}
      </p>
      <WantedTable videos={found.videos.slice(0, FIRST)} />
      {rest.length > 0 && (
        <Details summary={t("rest", { count: rest.length })}>
          <WantedTable videos={rest} />
        </Details>
      )}
      <p className={classes.soft}>{t("parts")}</p>
    </>
  );
}
