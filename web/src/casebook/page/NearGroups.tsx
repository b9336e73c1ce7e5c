import { Button, Checkbox } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { Link } from "wouter";
import type { NearCases } from "../../api/types";
import { decimal } from "../../i18n/numbers";
import { useWords } from "../../i18n/useWords";
import { Failed } from "../../ui/State";
import { useAct, useNear } from "../queries";
import { words } from "../words";
import classes from "./Casebook.module.css";

/** Cases that may ask the same. A proposal by words in common; a person takes out what does not belong. */
export function NearGroups(): ReactElement | null {
  const { t } = useWords(words);
  const near = useNear();
  if (!near.data || near.data.length === 0) return null;
  return (
    <section className={classes.panel} aria-label={t("near")}>
      <h2>{t("near")}</h2>
      <p className={classes.small}>{t("nearMore")}</p>
      {near.data.map((one) => (
        <Group key={one.cases.map(({ id }) => id).join(" ")} near={one} />
      ))}
    </section>
  );
}

function Group({ near }: { near: NearCases }): ReactElement {
  const { t, language } = useWords(words);
  const ids = near.cases.map((one) => one.id);
  const [chosen, setChosen] = useState<string[]>(ids);
  const [head, ...rest] = ids.filter((id) => chosen.includes(id));
  const group = useAct<{ cases: string[] }>(() => `/api/cases/${head}/group`);
  return (
    <div className={classes.near}>
      <Checkbox.Group label={near.shared.join(" · ") || t("nearOne")} value={chosen} onChange={setChosen}>
        <ul>
          {near.cases.map((one) => (
            <li key={one.id}>
              <Checkbox value={one.id} label={one.said || one.title || `K-${one.number}`} />
              <Link href={`/casebook/${one.number}`}>K-{one.number}</Link>
            </li>
          ))}
        </ul>
      </Checkbox.Group>
      <div className={classes.buttons}>
        <Button
          variant="default"
          disabled={rest.length === 0}
          loading={group.isPending}
          onClick={() => group.mutate({ cases: rest })}
        >
          {t("confirmGroup", { count: rest.length + 1 })}
        </Button>
        <span className={classes.small}>{t("likeness", { value: decimal(near.likeness, language, 2) })}</span>
      </div>
      {group.error && <Failed error={group.error} />}
    </div>
  );
}
