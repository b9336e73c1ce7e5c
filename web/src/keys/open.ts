let open: () => void = () => undefined;

/** The palette tells how it is opened; a button elsewhere need not hold its state. */
export function whenOpened(opener: () => void): () => void {
  open = opener;
  return () => {
    open = () => undefined;
  };
}

export const openPalette = (): void => open();
