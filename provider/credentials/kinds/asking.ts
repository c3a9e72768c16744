// Whom an exchange asks, as an error says it when the lookup's own time ends meanwhile. Told by the kinds, assumedRole.ts and
// project.ts to renewable.ts, which throws it.
import type { Wait } from "../../http/deadline";

/** Tells whom an exchange asks from now on. It is asked only at the end of a lookup's time: a step may wait for another's. */
export type Asks = (whom: () => Wait) => void;

/** The wait for what a host is asked for. `check` says how its address is set, where it is neither IAM nor STS. */
export function asking(
  origin: string,
  what: string,
  api: "IAM" | "STS" | { readonly check: string },
): () => Wait {
  const { host } = new URL(origin);
  return () => ({
    phase: `waiting for ${host}, which is asked for ${what}`,
    asked: { host, address: api },
  });
}
