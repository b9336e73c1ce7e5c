let last = Date.now();

const signs = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "timeupdate"] as const;

/** Seconds since the person last did something here. A playing video counts: somebody watches it. */
export const idleSeconds = (): number => Math.max(0, Math.round((Date.now() - last) / 1000));

/** Somebody is here: they have just come in. */
export function notIdle(): void {
  last = Date.now();
}

/** Watches for signs of life until the returned function is called. */
export function watchSigns(): () => void {
  const options = { capture: true, passive: true };
  for (const sign of signs) document.addEventListener(sign, notIdle, options);
  return () => {
    for (const sign of signs) document.removeEventListener(sign, notIdle, options);
  };
}
