import type { ReactElement, ReactNode } from "react";
import type { Words } from "../../api/types";
import { useWords } from "../../i18n/useWords";
import { Details } from "../../ui/Details";
import type { Guideline, Label } from "../model";
import { words } from "../words";
import classes from "./Guideline.module.css";
import { Pair } from "./Pair";
import { named, namesOf } from "./saying";

/** A whole guideline to read, Indonesian and English side by side, in the order of its file. */
export function Reading({ guideline }: { guideline: Guideline }): ReactElement {
  const { t, language } = useWords(words);
  const names = namesOf([guideline]);
  return (
    <div className={classes.stack}>
      <div className={`${classes.pair} ${classes.heads}`}>
        <span>{t("indonesian")}</span>
        <span>{t("english")}</span>
      </div>
      <Section title={t("principles")}>
        <Pair text={guideline.summary} />
        {guideline.principles.map(({ code, text }) => (
          <Entry key={code} code={code} texts={[text]} />
        ))}
      </Section>
      <Section title={t("escalations")}>
        {guideline.escalations.map(({ code, name, action }) => (
          <Entry key={code} code={code} name={name} texts={[action]} />
        ))}
      </Section>
      <Section title={t("audience")}>
        {guideline.audience.values.map(({ code, name, definition }) => (
          <Entry key={code} code={code} name={name} texts={[definition]} />
        ))}
        {guideline.audience.rules.map(({ code, text }) => (
          <Entry key={code} code={code} texts={[text]} />
        ))}
      </Section>
      <Section title={t("families")}>
        {guideline.families.map((family) => (
          <Entry key={family.code} code={family.code} name={family.name} texts={[family.quick]}>
            {guideline.labels
              .filter((label) => label.family === family.code)
              .map((label) => (
                <LabelEntry key={label.code} label={label} />
              ))}
          </Entry>
        ))}
      </Section>
      <Section title={t("strengths")}>
        {guideline.high_quality.map(({ code, name, definition, ask }) => (
          <Entry key={code} code={code} name={name} texts={[definition, ask]} />
        ))}
      </Section>
      <Section title={t("verdicts")}>
        {guideline.verdict.values.map(({ code, name }) => (
          <Entry key={code} code={code} name={name} texts={[]} />
        ))}
        {guideline.verdict.rules.map(({ code, then, text }) => (
          <Entry key={code} code={`${code} → ${named(then, names, language)}`} texts={[text]} />
        ))}
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <section className={classes.panel} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

type EntryProps = { code: string; name?: Words; texts: readonly Words[]; children?: ReactNode };

function Entry({ code, name, texts, children }: EntryProps): ReactElement {
  return (
    <div className={classes.entry}>
      <span className={classes.code}>{code}</span>
      {name && <Pair text={name} strong />}
      {texts.map((text) => (
        <Pair key={text.en} text={text} />
      ))}
      {children}
    </div>
  );
}

function LabelEntry({ label }: { label: Label }): ReactElement {
  const { t, say } = useWords(words);
  const parts: [string, readonly Words[]][] = [
    [t("ask"), label.ask],
    [t("levels"), label.severity.map(({ level, text }) => numbered(level, text))],
    [t("exampleYes"), label.example_yes ? [label.example_yes] : []],
    [t("exampleNo"), label.example_no ? [label.example_no] : []],
    [t("edgeCase"), label.edge_case ? [label.edge_case] : []],
  ];
  return (
    <Details summary={`${label.code} · ${say(label.name)}`}>
      <Entry code={label.ages.join(" ")} name={label.name} texts={[label.definition]}>
        {parts
          .filter(([, texts]) => texts.length > 0)
          .map(([title, texts]) => (
            <div key={title}>
              <span className={classes.small}>{title}</span>
              {texts.map((text) => (
                <Pair key={text.en} text={text} />
              ))}
            </div>
          ))}
      </Entry>
    </Details>
  );
}

const numbered = (level: number, text: Words): Words => ({
  id: `${level}. ${text.id}`,
  en: `${level}. ${text.en}`,
});
