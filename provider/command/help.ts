// The pages of the help, from the table of commands. Loads nothing but that table; called by main.ts, and docs/command.md is
// held to it by a test.
import { type Command, type CommandOption, commands, commonOptions, formsOf } from "./commands";
import { type Page, type Row, roughly, rows, wrap } from "./layout";

/** Exit codes, and when a command ends with them. */
export const exitCodes: readonly (readonly [code: string, meaning: string])[] = [
  ["0", "it has done what it was asked for"],
  ["1", "it has failed; the message says why, and ends with a code"],
  ["2", "the command line means nothing"],
  ["3", "there is no such service"],
  ["130", "it was interrupted"],
  ["143", "it was told to end"],
];

/** A page of the help, no wider than this. */
export const helpPage: Page = { width: 80, measure: roughly };

/** The page about a command, or about all of them. */
export function helpOf(command: Command | undefined, page: Page = helpPage): string {
  const lines = command ? pageOf(command, page) : overview(page);
  return lines.join("\n");
}

/** How a command is written, or that one is needed: what whoever mistypes reads. */
export function usageOf(command: Command | undefined, page: Page = helpPage): string {
  const help = command ? `help ${command.name}` : "help";
  return [...formLines(command, page), ...wrap(`Try: pulumi-vpcep ${help}`, page)].join("\n");
}

function formLines(command: Command | undefined, page: Page): string[] {
  const forms = command ? formsOf(command) : ["COMMAND"];
  return forms.flatMap((form, index) =>
    wrap(`${index === 0 ? "Usage:" : "      "} pulumi-vpcep ${form} [options]`, page),
  );
}

function overview(page: Page): string[] {
  return [
    ...formLines(undefined, page),
    "",
    ...wrap(
      "Looks up VPC endpoint services (Huawei Cloud, Open Telekom Cloud, Flexible Engine). Settings come from options, the environment and profile files.",
      page,
    ),
    "",
    "Commands:",
    ...indented(
      commands.map((command): Row => [formsOf(command).at(0) ?? "", [command.summary]]),
      page,
    ),
    "",
    "Options of most commands:",
    ...indented([...commonOptions.map(rowOf), ["--version", ["print the version"]]], page),
    "",
    "Exit codes:",
    ...indented(
      exitCodes.map(([code, meaning]): Row => [code, [meaning]]),
      page,
    ),
  ];
}

function pageOf(command: Command, page: Page): string[] {
  const summary = `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`;
  return [
    ...formLines(command, page),
    "",
    ...wrap(summary, page),
    "",
    "Options:",
    ...indented(command.options.map(rowOf), page),
    "",
    command.examples.length > 1 ? "Examples:" : "Example:",
    ...command.examples.map((example) => `  pulumi-vpcep ${example}`),
  ];
}

function rowOf({ flag, value, summary }: CommandOption): Row {
  return [`--${flag}${value === undefined ? "" : ` ${value}`}`, [summary]];
}

function indented(all: readonly Row[], page: Page): string[] {
  return rows(all, { ...page, width: page.width - 2 }).map((line) => `  ${line}`);
}
