import { lazy, type ComponentType } from "react";

/** Each part of the page takes the study that was chosen, by its id. */
export type PartProps = { study: string };
export type Part = {
  to: string;
  name: "blindSpots" | "labelErrors" | "judgeNext" | "trainingSets" | "baseline";
  Shown: ComponentType<PartProps>;
};

/** In the order of the page; the first one opens by itself. */
export const parts: [Part, ...Part[]] = [
  { to: "blind-spots", name: "blindSpots", Shown: lazy(() => import("./spots/BlindSpots")) },
  { to: "label-errors", name: "labelErrors", Shown: lazy(() => import("./doubts/LabelErrors")) },
  { to: "judge-next", name: "judgeNext", Shown: lazy(() => import("./next/JudgeNext")) },
  { to: "training-sets", name: "trainingSets", Shown: lazy(() => import("./training/TrainingSets")) },
  { to: "baseline", name: "baseline", Shown: lazy(() => import("./training/Baseline")) },
];
