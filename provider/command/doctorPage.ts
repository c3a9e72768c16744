// The doctor's page for people. Called by doctor.ts.
import type { SettingsReport, Step, Verdict } from "./findings";
import { type Page, type Row, rows, wrap } from "./layout";
import { print, styled } from "./output";

const marks = { ok: "✓", failed: "✗", untried: "-" } as const;
const colours = { ok: "green", failed: "red", untried: "yellow" } as const;

/** Prints the first step, and below it every setting that somebody has set, or that follows from the region. */
export function printSettings(report: SettingsReport, clean: (text: string) => string, page: Page): void {
  const failed = report.problems.some(({ step }) => step === "settings");
  const shown = Object.entries(report.settings)
    .filter(([, { value, origin }]) => value !== null && origin !== "default")
    .map(([name, { value, origin }]): Row => [name, [clean(`${value} (${origin})`)]]);
  const all =
    report.settings["region"]?.value === null ? [["region", ["not set"]] as const, ...shown] : shown;
  const inner = { ...page, width: page.width - 4 };
  print([
    styled(failed ? "red" : "green", `${failed ? marks.failed : marks.ok} settings`),
    ...rows(all, inner).map((line) => `    ${line}`),
  ]);
}

/** Prints the other steps, and what is wrong. */
export function printSteps(
  steps: readonly Step[],
  verdict: Verdict | undefined,
  unreadStack: string | undefined,
  page: Page,
): void {
  const others = steps.filter(({ step }) => step !== "settings");
  const states = new Map(others.map(({ step, state }) => [`${marks[state]} ${step}`, state]));
  const all = others.map(
    ({ step, state, says }): Row => [
      `${marks[state]} ${step}`,
      [says ?? (state === "failed" ? "see below" : "not tried")],
    ],
  );
  print(
    rows(all, page, {
      name: (text) => styled(colours[states.get(text.trim()) ?? "untried"], text),
      text: (text) => text,
    }),
  );
  print(["", ...(verdict ? linesOf(verdict, page) : wrap("All that was tried works.", page))]);
  const option = `--stack ${unreadStack}`;
  if (unreadStack !== undefined && !verdict?.remedy.type.some((command) => command.endsWith(option))) {
    print(["", ...wrap(`Here is a Pulumi project: with ${option}, its configuration is used, too.`, page)]);
  }
}

/** Commands are not broken, since they are copied. */
function linesOf({ step, error, remedy }: Verdict, page: Page): string[] {
  return [
    ...wrap(`${step} failed: ${error.message}`, page),
    "",
    ...wrap(`${remedy.say ?? "Type next"}:`, page),
    ...remedy.type.map((command) => `  ${command}`),
  ];
}
