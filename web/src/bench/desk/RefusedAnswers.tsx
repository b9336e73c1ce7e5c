import { useQuery } from "@tanstack/react-query";
import { useMemo, type ReactElement } from "react";
import { get } from "../../api/fetch";
import type { NewJudgement } from "../../api/types";
import type { Guideline } from "../../guideline";
import { useWords } from "../../i18n/useWords";
import { emptyDraft } from "../form/draft";
import { linesOf } from "../form/summary";
import { words } from "../words";

/** What a refused judgement says, in the words it was answered in; by its codes while those are not here. */
export function RefusedAnswers({ body }: { body: NewJudgement }): ReactElement {
  const { t, language } = useWords(words);
  const { data: guideline } = useQuery({
    queryKey: ["guideline", body.guideline],
    queryFn: () => get<Guideline>(`/api/guidelines/${body.guideline}`),
    staleTime: Infinity,
  });
  const { answers, marks, notes } = body;
  const lines = useMemo(() => {
    const draft = { ...emptyDraft, answers, marks: marks ?? [], notes: notes ?? {} };
    return guideline
      ? linesOf(guideline, draft, language)
      : Object.entries(answers).map(([id, answer]) => ({
          stop: id,
          title: id,
          said: JSON.stringify(answer),
          more: draft.notes[id] ?? null,
        }));
  }, [guideline, answers, marks, notes, language]);
  return (
    <dl>
      {lines.map(({ stop, title, said, more }) => (
        <div key={`${stop} ${title}`}>
          <dt>{title}</dt>
          <dd>
            {said ?? t("notYet")} {more}
          </dd>
        </div>
      ))}
    </dl>
  );
}
