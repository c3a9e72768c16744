// Where the files that settings name are. Called by this room, by credentials/kinds/idToken.ts, by client/configuration.ts
// for the home folder, and by functions/run.ts. A leaf.
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/** The user's own folder; undefined where none can be told, as for a container's user without a name. */
export function homeFolder(): string | undefined {
  try {
    const home = homedir();
    return isAbsolute(home) ? home : undefined;
  } catch {
    return undefined;
  }
}

/** The working folder, which a path is relative to; undefined where somebody has removed it. */
export function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** A path in which no shell has put the home folder yet. */
export function inHome(path: string, home: string | undefined): string {
  return home !== undefined && /^~(?:$|[/\\])/.test(path) ? join(home, path.slice(1)) : path;
}
