import { useElementSize } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, type ReactElement } from "react";
import { Failed } from "../../ui/State";
import type { Look, Row } from "./plot";
import classes from "./Results.module.css";

type Props = Omit<Look, "width"> & { rows: readonly Row[] };

/** The chart, drawn once its code is here; the same numbers stand in the table under it. */
export function Forest({ rows, label, domain, zero = false, say }: Props): ReactElement {
  const { ref, width } = useElementSize();
  const place = useRef<HTMLDivElement>(null);
  const code = useQuery({
    queryKey: ["code", "forest"],
    queryFn: () => import("./plot"),
    staleTime: Infinity,
  });
  useEffect(() => {
    if (!code.data || width === 0) return;
    place.current?.replaceChildren(code.data.forest(rows, { width, label, domain, zero, say }));
  });
  if (code.error) return <Failed error={code.error} onRetry={() => void code.refetch()} />;
  return (
    <div ref={ref} className={classes.plot} style={{ minHeight: rows.length * 26 + 36 }}>
      <div ref={place} />
    </div>
  );
}
