import { Button, Checkbox, Input, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useId, useState, type ReactElement, type SubmitEvent } from "react";
import { post, remove } from "../api/fetch";
import type { Scope, Token, TokenMade } from "../api/types";
import { day } from "../i18n/numbers";
import { useWords } from "../i18n/useWords";
import { Details } from "../ui/Details";
import { Failed } from "../ui/State";
import { Table } from "../ui/Table";
import { words as uiWords } from "../ui/words";
import classes from "./People.module.css";
import { useChanged } from "./queries";
import { words } from "./words";

type Props = { path: string; tokens: readonly Token[]; fresh<T>(act: () => Promise<T>): Promise<T> };

const scopes: readonly Scope[] = ["read", "write", "export"];
const scopeName = { read: "scopeRead", write: "scopeWrite", export: "scopeExport" } as const;
const lives = [7, 30, 90, 366] as const;

/** The tokens by which programs call the API for a person: listed, revoked, made. */
export function Tokens({ path, tokens, fresh }: Props): ReactElement {
  const { t, language } = useWords(words);
  const changed = useChanged();
  const revoke = useMutation({
    mutationFn: (token: Token) => remove(`/api/tokens/${encodeURIComponent(token.id)}`),
    onSuccess: changed,
  });
  const live = tokens.filter((token) => token.revoked_at === null);
  return (
    <section className={classes.part} aria-labelledby="tokens">
      <h3 id="tokens">{t("tokens")}</h3>
      <p>{t("tokensMore")}</p>
      {live.length > 0 && (
        <Table label={t("tokens")} head={[t("label"), t("scopes"), t("until"), t("actions")]}>
          {live.map((token) => (
            <tr key={token.id}>
              <td>{token.label}</td>
              <td>{token.scopes.map((scope) => t(scopeName[scope])).join(", ")}</td>
              <td className={classes.day}>{day(token.expires_at, language)}</td>
              <td>
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={t("revokeToken", { label: token.label })}
                  onClick={() => revoke.mutate(token)}
                >
                  {t("revoke")}
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {revoke.error && <Failed error={revoke.error} />}
      <Details summary={t("newToken")}>
        <NewTokenForm path={path} fresh={fresh} />
      </Details>
    </section>
  );
}

function NewTokenForm({ path, fresh }: Pick<Props, "path" | "fresh">): ReactElement {
  const { t } = useWords(words);
  const changed = useChanged();
  const id = useId();
  const [label, setLabel] = useState("");
  const [wanted, setWanted] = useState<string[]>(["read"]);
  const [days, setDays] = useState(90);
  const make = useMutation({
    mutationFn: () =>
      fresh(() => post<TokenMade>(`${path}/tokens`, { label: label.trim(), scopes: wanted, days })),
    onSuccess: () => {
      setLabel("");
      return changed();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form className={classes.part} onSubmit={submit} noValidate>
      {make.data && <Secret secret={make.data.secret} />}
      <TextInput
        label={t("label")}
        description={t("labelMore")}
        autoComplete="off"
        maxLength={32}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <Checkbox.Group label={t("scopes")} value={wanted} onChange={setWanted}>
        <div className={classes.choices}>
          {scopes.map((scope) => (
            <Checkbox key={scope} value={scope} label={t(scopeName[scope])} />
          ))}
        </div>
      </Checkbox.Group>
      <Input.Wrapper label={t("life")} id={id}>
        <Input
          component="select"
          id={id}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
        >
          {lives.map((one) => (
            <option key={one} value={String(one)}>
              {t("days", { count: one })}
            </option>
          ))}
        </Input>
      </Input.Wrapper>
      {make.error && <Failed error={make.error} />}
      <Button type="submit" variant="default" loading={make.isPending}>
        {t("makeToken")}
      </Button>
    </form>
  );
}

function Secret({ secret }: { secret: string }): ReactElement {
  const { t } = useWords(words);
  const { t: ui } = useWords(uiWords);
  const clipboard = useClipboard({ timeout: 3_000 });
  return (
    <div className={classes.link} role="status">
      <p>{t("secretMore")}</p>
      <code className={classes.secret}>{secret}</code>
      <Button variant="default" size="compact-sm" onClick={() => clipboard.copy(secret)}>
        {clipboard.copied ? ui("copied") : ui("copy")}
      </Button>
    </div>
  );
}
