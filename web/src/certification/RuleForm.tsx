import { Button, Checkbox, NumberInput, TextInput } from "@mantine/core";
import { useState, type ReactElement, type SubmitEvent } from "react";
import type { Certification } from "../api/types";
import { decimal, percent } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Details } from "../ui/Details";
import { Failed } from "../ui/State";
import { Table } from "../ui/Table";
import classes from "./Certification.module.css";
import { useSetRule } from "./queries";
import { words } from "./words";

const shown = (share: number): number => Math.round(share * 1000) / 10;

/** The rule that tests end by, and what it does to people of various skill. */
export function RuleForm({ found }: { found: Certification }): ReactElement {
  const { t } = useWords(words);
  const { rule } = found;
  const [first, ...others] = rule.asked;
  const [needed, setNeeded] = useState(rule.needed);
  const [most, setMost] = useState<number | string>(rule.most);
  const [languages, setLanguages] = useState(rule.languages.join(" "));
  const [rates, setRates] = useState({
    target: shown(first?.target ?? 0),
    unacceptable: shown(first?.unacceptable ?? 0),
    alpha: shown(rule.alpha),
    beta: shown(rule.beta),
  });
  const save = useSetRule();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { target, unacceptable, alpha, beta } = rates;
    const asked = { of: first?.of ?? "verdict", target: target / 100, unacceptable: unacceptable / 100 };
    save.mutate({
      needed,
      asked: [asked, ...others],
      alpha: alpha / 100,
      beta: beta / 100,
      most: Number(most),
      languages: languages.split(/[\s,;]+/).filter(Boolean),
    });
  };
  return (
    <form onSubmit={submit} aria-labelledby="rule" noValidate>
      <h3 id="rule">{t("rule")}</h3>
      <p className={classes.soft}>{t("ruleMore")}</p>
      <div className={classes.ask}>
        {(["target", "unacceptable", "alpha", "beta"] as const).map((name) => (
          <NumberInput
            key={name}
            label={t(name)}
            value={rates[name]}
            min={0}
            max={99.9}
            decimalScale={1}
            hideControls
            onChange={(value) => setRates({ ...rates, [name]: Number(value) })}
          />
        ))}
        <NumberInput
          label={t("most")}
          value={most}
          min={1}
          max={500}
          allowDecimal={false}
          hideControls
          onChange={setMost}
        />
        <TextInput
          label={t("ownTests")}
          value={languages}
          autoComplete="off"
          onChange={(event) => setLanguages(event.currentTarget.value)}
        />
      </div>
      {others.length > 0 && (
        <p className={classes.soft}>{t("moreAsked", { list: others.map(({ of }) => of).join(", ") })}</p>
      )}
      <div className={classes.ask}>
        <Checkbox
          label={t("needed")}
          checked={needed}
          onChange={(event) => setNeeded(event.currentTarget.checked)}
        />
        <Button type="submit" loading={save.isPending}>
          {t("saveRule")}
        </Button>
      </div>
      {save.error && <Failed error={save.error} />}
      <Details summary={t("odds")}>
        <Odds found={found} />
      </Details>
    </form>
  );
}

function Odds({ found }: { found: Certification }): ReactElement {
  const { t, language } = useWords(words);
  const head = [t("truly"), t("passes"), t("fails"), t("notShown"), t("items")];
  return (
    <>
      {found.odds.map(({ of, odds }) => (
        <div key={of}>
          <p className={classes.soft}>
            {t("oddsMore", { of: of === "verdict" ? t("verdict") : t("family", { code: of }) })}
          </p>
          <Table label={t("odds")} head={head} numbersFrom={1}>
            {odds.map((one) => (
              <tr key={one.rate}>
                <th scope="row">{percent(one.rate, language, 0)}</th>
                <td data-number>{percent(one.passes, language)}</td>
                <td data-number>{percent(one.fails, language)}</td>
                <td data-number>{percent(one.undecided, language)}</td>
                <td data-number>{decimal(one.items, language)}</td>
              </tr>
            ))}
          </Table>
        </div>
      ))}
    </>
  );
}
