import { scan, type Finding } from "./scan";

/** A telephone number may be a helpline's: its writer may state that it is nobody's. All else goes. */
export const mayBeStated = (one: Finding): boolean => one.kind === "phone";

/** What keeps these texts from being sent; `stated` are the numbers said to be nobody's. */
export const inTheWay = (texts: Iterable<string>, stated: readonly string[]): Finding[] =>
  [...texts].flatMap(scan).filter((one) => !mayBeStated(one) || !stated.includes(one.text));

/** Whether what is sent must say that a number in it is nobody's. */
export const saysImpersonal = (texts: Iterable<string>, stated: readonly string[]): boolean =>
  [...texts].some((text) => scan(text).some((one) => mayBeStated(one) && stated.includes(one.text)));
