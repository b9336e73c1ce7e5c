export type Piece = { readonly at: number; readonly text: string; readonly meant: boolean };

/** A text in pieces, with what a search meant set off. Places are of code points, as the server counts. */
export function pieces(text: string, marks: readonly (readonly [number, number])[]): Piece[] {
  const letters = [...text];
  const edges = [0, ...marks.flat(), letters.length];
  return edges
    .slice(0, -1)
    .map((at, k) => ({ at, text: letters.slice(at, edges[k + 1]).join(""), meant: k % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}
