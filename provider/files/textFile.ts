// The one reader of files that somebody names: bounded, and waiting for nobody.
// This room knows a file and nothing of what is in it; any room that is told where a file is may enter. Called by authorities.ts,
// cloudFiles.ts, profile.ts and idToken.ts. A leaf.
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

/** A file that cannot be read whole. The message is a clause, such as `cannot be read (ENOENT)`. */
export class FileProblem extends Error {
  /** The system's own code, where it is the system that refuses. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** The text of a file of at most so many bytes. Fails with a {@link FileProblem}, and waits for nobody. */
export function readTextFile(path: string, mostBytes: number): string {
  let file: number | undefined;
  try {
    // Whoever opens a pipe otherwise waits until somebody writes into it; Windows has no such pipes in its folders.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const found = fstatSync(file);
    if (!found.isFile() && !found.isDirectory()) {
      throw new FileProblem("is a pipe or a device, but is read again and again: name a file");
    }
    return textOf(file, mostBytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw error instanceof FileProblem ? error : new FileProblem(`cannot be read (${code})`, code);
  } finally {
    if (file !== undefined) {
      closeSync(file);
    }
  }
}

/** The size that a system tells of a file is not always what is in it. */
function textOf(file: number, mostBytes: number): string {
  const bytes = Buffer.alloc(mostBytes + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length <= mostBytes; length += read) {
    read = readSync(file, bytes, length, bytes.length - length, null);
  }
  if (length > mostBytes) {
    throw new FileProblem(`is larger than ${mostBytes} bytes`);
  }
  return bytes.toString("utf8", 0, length);
}
