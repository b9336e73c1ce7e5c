import { Button, Checkbox } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { Link } from "wouter";
import { post } from "../api/fetch";
import { queries } from "../api/query";
import type { DecidedBatch, Offer, OfferList } from "../api/types";
import { moment, percent } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Answer } from "../ui/Answer";
import { Page } from "../ui/Page";
import { Failed, State } from "../ui/State";
import { Table } from "../ui/Table";
import { Card } from "./Card";
import { siblingsKey, useSiblings } from "./queries";
import classes from "./Videos.module.css";
import { words } from "./words";

const again = (): Promise<void> => queries.invalidateQueries({ queryKey: siblingsKey });

/** Judged videos whose copies wait: accepted many at once, as assisted decisions. */
export function SiblingsPage(): ReactElement {
  const { t } = useWords(words);
  const list = useSiblings();
  const back = (
    <nav className={classes.ways} aria-label={t("back")}>
      <Link href="/videos">{t("back")}</Link>
    </nav>
  );
  return (
    <Page title={t("siblings")} lead={t("siblingsLead")} aside={back}>
      <Answer query={list}>{(told) => <Offers told={told} />}</Answer>
    </Page>
  );
}

function Offers({ told }: { told: OfferList }): ReactElement {
  const { t } = useWords(words);
  return (
    <div className={classes.stack}>
      {told.offers.length === 0 && <State title={t("noOffers")}>{t("noOffersMore")}</State>}
      {told.offers.map((offer) => (
        <OneOffer key={`${offer.judged} ${offer.siblings.length}`} offer={offer} />
      ))}
      {told.decided.length > 0 && <Decided batches={told.decided} />}
    </div>
  );
}

function OneOffer({ offer }: { offer: Offer }): ReactElement {
  const { t, say, language } = useWords(words);
  const [left, setLeft] = useState<readonly string[]>([]);
  const chosen = offer.siblings.filter(({ task }) => !left.includes(task)).map(({ task }) => task);
  const accept = useMutation({
    mutationFn: () => post("/api/library/siblings", { judged: offer.judged, tasks: chosen }),
    onSettled: again,
  });
  const toggle = (task: string): void =>
    setLeft(left.includes(task) ? left.filter((one) => one !== task) : [...left, task]);
  const parts = [
    offer.verdict ? say(offer.verdict) : "",
    offer.min_age ? t("age", { age: offer.min_age }) : "",
    offer.labels.length > 0 ? offer.labels.map(say).join(", ") : t("noLabels"),
    t("judgedBy", { count: offer.judgements }),
    offer.study,
  ];
  return (
    <section className={classes.panel}>
      <div className={classes.offer}>
        <Card card={offer.card}>
          <p>{parts.filter(Boolean).join(" · ")}</p>
        </Card>
        <div>
          <ul className={classes.mates}>
            {offer.siblings.map(({ task, card, share, study }) => (
              <li key={task}>
                <Card card={card}>
                  <Checkbox
                    label={`${percent(share, language, 0)} · ${study}`}
                    checked={!left.includes(task)}
                    onChange={() => toggle(task)}
                  />
                </Card>
              </li>
            ))}
          </ul>
          <Button disabled={chosen.length === 0} loading={accept.isPending} onClick={() => accept.mutate()}>
            {t("accept", { count: chosen.length })}
          </Button>
          {accept.error && <Failed error={accept.error} />}
        </div>
      </div>
    </section>
  );
}

function Decided({ batches }: { batches: readonly DecidedBatch[] }): ReactElement {
  const { t, language } = useWords(words);
  const back = useMutation({
    mutationFn: (batch: string) => post(`/api/library/siblings/${batch}/withdraw`, {}),
    onSettled: again,
  });
  return (
    <section className={classes.panel}>
      <h2>{t("acceptedBefore")}</h2>
      <Table label={t("acceptedBefore")} head={[t("from"), t("work"), t("when"), t("takeBack")]}>
        {batches.map((one) => (
          <tr key={one.batch}>
            <td>{one.video}</td>
            <td>{t("tasks", { count: one.tasks })}</td>
            <td>{moment(one.decided_at, language)}</td>
            <td>
              <Button variant="default" size="compact-sm" onClick={() => back.mutate(one.batch)}>
                {t("takeBack")}
              </Button>
            </td>
          </tr>
        ))}
      </Table>
      {back.error && <Failed error={back.error} />}
    </section>
  );
}
