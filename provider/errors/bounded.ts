// How a message is made short enough for where it goes. A leaf; called by the plugin, whose messages go into trailers.

/**
 * A message of at most so many bytes, once it is encoded as a URI is; what is left out stands before the end, which says
 * what to do.
 */
export function bounded(message: string, bytes: number): string {
  const characters = [...message.toWellFormed()];
  if (fitting(characters, bytes) === characters.length) {
    return characters.join("");
  }
  const start = fitting(characters, (bytes * 2) / 3);
  const end = fitting(characters.toReversed(), bytes / 3);
  const left = `… (${characters.length - start - end} characters left out) …`;
  return [...characters.slice(0, start), left, ...characters.slice(-end)].join("");
}

/** How many of the characters, from the first, take so many bytes. */
function fitting(characters: readonly string[], bytes: number): number {
  let left = bytes;
  for (const [at, character] of characters.entries()) {
    left -= encodeURI(character).length;
    if (left < 0) {
      return at;
    }
  }
  return characters.length;
}
