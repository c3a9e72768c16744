// What is open to each origin, by all sessions of the process together: a host has eight connections, whoever asks.
// A leaf; used by dispatchers.ts.

/** The connections to one origin. */
export interface OpenConnections<Idle> {
  count: number;
  /** In the order in which they became so. */
  readonly idle: Idle[];
}

const byOrigin = new Map<string, OpenConnections<unknown>>();

/** What is open to an origin. */
export function openTo<Idle>(origin: string): OpenConnections<Idle> {
  let open = byOrigin.get(origin);
  if (!open) {
    open = { count: 0, idle: [] };
    byOrigin.set(origin, open);
  }
  return open as OpenConnections<Idle>;
}
