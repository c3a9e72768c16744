// The CPU time of processes: of this one, and of those that it has started and that have ended, with theirs.
import { readFileSync } from "node:fs";

/** The CPU time of this process, in milliseconds. */
export function ownCpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** The CPU time of all ended children, in milliseconds; NaN where the system does not tell, which is outside of Linux. */
export function childrenCpuTime(): number {
  try {
    // After the name, which may have spaces: the 14th and the 15th field, in hundredths of a second.
    const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return Number.NaN;
  }
}
