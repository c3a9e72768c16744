// How large one connection and one answer may be. A leaf; used by this room and by whoever sends through it.

/** The bounds of one connection and of one answer; docs/reliability.md quotes them. */
export const httpBounds = {
  connections: 8,
  connectTimeoutMs: 5_000,
  answerBytes: 1024 * 1024,
  listBytes: 16 * 1024 * 1024,
  answerValues: 20_000,
  listValues: 250_000,
  // A system's whole bundle of authorities has a quarter of a MiB.
  authorityBytes: 4 * 1024 * 1024,
  // IAM gives a token in a header, of 64 KiB at most.
  headerBytes: 96 * 1024,
} as const;
