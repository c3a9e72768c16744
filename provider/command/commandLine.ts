// Takes a command line apart by the table of commands; whatever is wrong with it is said here, before anything is loaded
// or asked. Called by main.ts. Long for the two halves of one job: what was given, and what it means.
import { parseArgs } from "node:util";
import { closest, distance } from "fastest-levenshtein";
import { describeValue } from "../errors/describeValue";
import { valueProblem } from "../lookups/arguments";
import { type ArgumentValues, definitionFor, type LookupDefinition } from "../lookups/definition";
import type { SettingKey } from "../settings/table";
import { type Command, type CommandOption, commandOf, commands, otherwise } from "./commands";

/** What to do. */
export type CommandLine =
  | { readonly kind: "help"; readonly command: Command | undefined; readonly json: boolean }
  | { readonly kind: "version"; readonly json: boolean }
  | { readonly kind: "run"; readonly run: CommandRun };

/** A command to run, everything about it checked that can be checked here. */
export interface CommandRun {
  readonly command: Command;
  /** The command line as it was given. */
  readonly line: readonly string[];
  readonly json: boolean;
  /** The lookup, where the command is one, and its arguments. */
  readonly definition: LookupDefinition | undefined;
  readonly args: ArgumentValues;
  /** The settings that options give, and the option of each. */
  readonly settings: { readonly [Key in SettingKey]?: { readonly value: string; readonly from: string } };
  /** The values of the options that are neither. */
  readonly others: Readonly<Record<string, string>>;
}

/** A command line that means nothing. */
export class UsageError extends Error {
  /** The command that was meant, where that can be told. */
  readonly command: Command | undefined;
  readonly json: boolean;

  constructor(message: string, command: Command | undefined, json: boolean) {
    super(message);
    this.command = command;
    this.json = json;
  }
}

const version: CommandOption = { flag: "version", summary: "print the version" };

const everyOption = new Map(
  [version, ...commands.flatMap(({ options }) => options)].map((option) => [option.flag, option]),
);

type Refuse = (message: string) => UsageError;

/** The options of a command line, with the values that they were given. */
type GivenOptions = ReadonlyMap<CommandOption, string | undefined>;

/**
 * Takes a command line apart.
 *
 * @throws {@link UsageError}
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { tokens } = parseArgs({
    args: [...args],
    // Strict parsing would let a repeated option pass, and has no words for an option of another command.
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      [...everyOption].map(([flag, { value }]) => [
        flag,
        { type: value === undefined ? "boolean" : "string", ...(flag === "help" ? { short: "h" } : {}) },
      ]),
    ),
  });
  const given = tokens.filter((token) => token.kind === "option");
  const [name, ...operands] = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const command = commandOf(name);
  // Another option may have taken it for its value.
  const json = given.some(
    ({ name, value, inlineValue }) => name === "json" || (value === "--json" && !inlineValue),
  );
  const refuse = (message: string) => new UsageError(message, command, json);
  if (name !== undefined && !command) {
    throw refuse(unknownCommand(name));
  }
  const options = givenOptions(given, command, refuse);
  const isGiven = (flag: string) => [...options.keys()].some((option) => option.flag === flag);
  if (operands.length > (command?.operand ? 1 : 0)) {
    const label = command?.operand ? `one ${command.operand.label}` : "options alone";
    throw refuse(`${name} takes ${label}, not also ${describeValue(operands.at(-1))}`);
  }
  if (isGiven("version")) {
    return { kind: "version", json };
  }
  if (isGiven("help")) {
    return { kind: "help", command, json };
  }
  if (!command) {
    throw refuse("A command is missing");
  }
  const [operand] = operands;
  if (command.name === "help") {
    if (operand !== undefined && !commandOf(operand)) {
      throw refuse(unknownCommand(operand));
    }
    return { kind: "help", command: commandOf(operand), json };
  }
  if (isGiven("account") && isGiven("profile")) {
    throw refuse("--profile has no effect beside --account, which may be the name of a profile itself");
  }
  return { kind: "run", run: { command, line: args, json, ...meaningOf(command, operand, options, refuse) } };
}

function unknownCommand(name: string): string {
  const all = commands.map((command) => command.name);
  const meant = nearest(name, all);
  const question = meant === undefined ? "" : `: did you mean ${meant}?`;
  return `There is no command ${describeValue(name)}${question || "."} The commands are ${all.join(", ")}`;
}

function unknownOption({ name, rawName }: OptionToken, options: Iterable<string>): string {
  const meant = nearest(name, [...options]);
  return `There is no option ${describeValue(rawName)}${meant === undefined ? "" : `: did you mean --${meant}?`}`;
}

/** The most letters that somebody mistypes. */
const mistyped = 2;

/** The name that was meant by another: it begins so, or few letters are different. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const begun = known.find((other) => other.startsWith(name));
  const alike = known.filter(({ length }) => Math.abs(length - name.length) <= mistyped);
  const [other = ""] = alike.length > 0 ? [closest(name, alike)] : [];
  return begun ?? (distance(name, other) <= Math.min(mistyped, name.length - 1) ? other : undefined);
}

interface OptionToken {
  readonly index: number;
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/** The options of a command, each known, given once, and with a value where it has one. */
function givenOptions(
  tokens: readonly OptionToken[],
  command: Command | undefined,
  refuse: Refuse,
): GivenOptions {
  const given = new Map<CommandOption, string | undefined>();
  for (const [at, token] of tokens.entries()) {
    const known = everyOption.get(token.name);
    const before = tokens[at - 1];
    if (token.name === "=" && token.index === before?.index) {
      throw refuse(`${before.rawName} takes no value`);
    }
    if (!known) {
      const options = command ? command.options.map(({ flag }) => flag) : everyOption.keys();
      throw refuse(unknownOption(token, options));
    }
    const option =
      known === version || !command ? known : command.options.find(({ flag }) => flag === known.flag);
    if (!option) {
      throw refuse(`${command?.name} has no option ${token.rawName}`);
    }
    if (given.has(option)) {
      throw refuse(`${token.rawName} is given more than once`);
    }
    given.set(option, givenValue(token, option, refuse));
  }
  return given;
}

/** The value of an option, as it stands in the command line. */
function givenValue(
  { rawName, value, inlineValue }: OptionToken,
  option: CommandOption,
  refuse: Refuse,
): string | undefined {
  const { value: label } = option;
  if (label === undefined) {
    if (value !== undefined) {
      throw refuse(`${rawName} takes no value`);
    }
    return undefined;
  }
  if (value === undefined || value === "") {
    throw refuse(`${rawName} needs a value: ${rawName} ${label}`);
  }
  if (!inlineValue && value.startsWith("-")) {
    // What could not be its value anyway is refused as that, but for an option that was taken for it.
    if (!everyOption.has(value.slice(2))) {
      checkedValue(option, value, refuse);
    }
    throw refuse(
      `${rawName} needs a value before ${describeValue(value)}; one that begins with a dash is written ${rawName}=${label}`,
    );
  }
  return value;
}

/** What the operand and the options of a command mean. */
function meaningOf(
  command: Command,
  given: string | undefined,
  values: GivenOptions,
  refuse: Refuse,
): Pick<CommandRun, "definition" | "args" | "settings" | "others"> {
  const { name, operand, lookup, fixed, options } = command;
  const args: Record<string, unknown> = { ...fixed };
  const settings: Record<string, { value: string; from: string }> = {};
  const others: Record<string, string> = {};
  for (const [option, value] of values) {
    const { flag, argument, setting } = option;
    if (value === undefined) {
      continue;
    }
    const meant = checkedValue(option, value, refuse);
    if (argument !== undefined) {
      args[argument] = meant;
    } else if (setting !== undefined) {
      settings[setting] = { value: String(meant), from: `--${flag}` };
    } else {
      others[flag] = value;
    }
  }
  if (operand && given !== undefined) {
    const problem = valueProblem("id", operand.label, given);
    if (problem !== undefined) {
      throw refuse(problem + otherwise(command));
    }
    args[operand.argument] = given;
  }
  const alternatives = lookup?.exactlyOneOf ?? [operand?.argument ?? ""];
  const found = alternatives.filter((argument) => args[argument] !== undefined).length;
  if (operand && !operand.optional && found !== 1) {
    const others = options.filter(({ argument }) => alternatives.includes(argument ?? ""));
    const all = [operand.label, ...others.map(({ flag, value }) => `--${flag} ${value}`)].join(" or ");
    throw refuse(`${name} ${found === 0 ? "needs" : "takes either"} ${all}`);
  }
  return { definition: lookup && definitionFor(lookup, args), args, settings, others };
}

/** The value of an option as it is meant: seconds are milliseconds in every lookup and setting. */
function checkedValue({ flag, rule, mostSeconds }: CommandOption, value: string, refuse: Refuse): unknown {
  if (mostSeconds !== undefined && (!/^[1-9]\d{0,4}$/.test(value) || Number(value) > mostSeconds)) {
    throw refuse(`--${flag} must be whole seconds from 1 to ${mostSeconds}, but is ${describeValue(value)}`);
  }
  const problem = rule && valueProblem(rule, `--${flag}`, value);
  if (problem !== undefined) {
    throw refuse(problem);
  }
  return mostSeconds === undefined ? value : Number(value) * 1_000;
}
