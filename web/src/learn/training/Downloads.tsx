import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { download } from "../../api/fetch";
import { useWords } from "../../i18n/useWords";
import { Failed } from "../../ui/State";
import classes from "../Learn.module.css";
import { words } from "./words";

const parts = {
  card: { suffix: "md", name: "card" },
  file: { suffix: "zip", name: "zip" },
  model: { suffix: "json", name: "model" },
} as const;
type Part = keyof typeof parts;

/** The files of what is kept, by the part's name. */
export function Downloads({ id, of }: { id: string; of: readonly Part[] }): ReactElement {
  const { t } = useWords(words);
  const fetched = useMutation({
    mutationFn: (part: Part) =>
      download(`/api/learn/kept/${id}/${part}`, `tilik-${id}.${parts[part].suffix}`),
  });
  return (
    <>
      <div className={classes.files}>
        {of.map((part) => (
          <Button key={part} variant="default" size="xs" onClick={() => fetched.mutate(part)}>
            {t(parts[part].name)}
          </Button>
        ))}
      </div>
      {fetched.error && <Failed error={fetched.error} />}
    </>
  );
}
