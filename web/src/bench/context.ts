import { createContext, use } from "react";
import type { Desk, View } from "./desk/Desk";
import type { Bench, Command, Item } from "./desk/state";
import type { Deck, DeckState } from "./player/Deck";

export type BenchHere = {
  readonly view: View;
  readonly desk: Desk;
  readonly deck: Deck;
  readonly deckState: DeckState;
  /** The item on screen; `null` while work is stopped, the reader rests, or nothing is there. */
  readonly item: Item | null;
  readonly enter: () => void;
  /** Shows one's own last ten judgements. */
  readonly openLast: () => void;
};

export const BenchContext = createContext<BenchHere | null>(null);

export function useBench(): BenchHere {
  const here = use(BenchContext);
  if (!here) throw new Error("useBench is for parts of the bench");
  return here;
}

/** What the form needs of the bench. The preview of a draft has it too, without player, server or clock. */
export type FormHere = {
  readonly view: { readonly bench: Bench };
  readonly desk: { dispatch(command: Command): void; undo(): unknown };
  readonly deck: { readonly position: number };
  readonly item: Item | null;
  readonly enter: () => void;
};

export const FormContext = createContext<FormHere | null>(null);

export function useForm(): FormHere {
  const here = use(FormContext);
  if (!here) throw new Error("useForm is for parts of the form");
  return here;
}
