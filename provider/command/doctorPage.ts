// The doctor's page for people. Called by doctor.ts.
import type { SettingsReport, Step } from "./findings";
import { type Page, type Row, rows, wrap } from "./layout";
import { print, styled } from "./output";

const marks = { ok: "✓", failed: "✗", untried: "-" } as const;
const colours = { ok: "green", failed: "red", untried: "yellow" } as const;

/** What is printed of a failure and of the steps, in which no secret is any more. */
export interface Told {
  readonly failedStep: string | null;
  readonly message?: string;
  /** The commands to type. */
  readonly next: readonly string[];
  readonly steps: readonly Step[];
}

/** Prints the first step, and below it every setting that somebody has set, or that follows from the region. */
export function printSettings(
  {
    settings,
    unknownSettings,
  }: Pick<SettingsReport, "settings"> & { readonly unknownSettings: readonly string[] },
  isWrong: boolean,
  page: Page,
): void {
  const shown = Object.entries(settings)
    .filter(([, { value, origin }]) => value !== null && origin !== "default")
    .map(([name, { value, origin }]): Row => [name, [`${value} (${origin})`]]);
  const unknown = unknownSettings.map((name): Row => [name, ["no setting: is it mistyped?"]]);
  const region = settings["region"]?.value === null ? [["region", ["not set"]] as const] : [];
  const inner = { ...page, width: page.width - 4 };
  print([
    styled(isWrong ? "red" : "green", `${isWrong ? marks.failed : marks.ok} settings`),
    ...rows([...region, ...shown, ...unknown], inner).map((line) => `    ${line}`),
  ]);
}

/** Prints the other steps, and what is wrong. */
export function printSteps(
  told: Told,
  say: string | undefined,
  unreadStack: string | undefined,
  page: Page,
): void {
  const { steps, next } = told;
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
  print([
    "",
    ...(told.failedStep === null ? wrap("All that was tried works.", page) : linesOf(told, say, page)),
  ]);
  const option = `--stack ${unreadStack}`;
  if (unreadStack !== undefined && !next.some((command) => command.endsWith(option))) {
    print(["", ...wrap(`Here is a Pulumi project: with ${option}, its configuration is used, too.`, page)]);
  }
}

/** Commands are not broken, since they are copied. */
function linesOf({ failedStep, message, next }: Told, say: string | undefined, page: Page): string[] {
  return [
    ...wrap(`${failedStep} failed: ${message}`, page),
    "",
    ...wrap(`${say ?? "Type next"}:`, page),
    ...next.map((command) => `  ${command}`),
  ];
}
