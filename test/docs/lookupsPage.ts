// The tables of docs/lookups.md, made of what the code says: the definitions have which arguments and outputs there are, the
// docstrings what they mean, the types what they may be. Called by pages.test.ts and write.ts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { lookups } from "../../provider/lookups";
import { argumentWords } from "../../provider/lookups/arguments";
import {
  type ArgumentRule,
  type LookupArgument,
  type LookupDefinition,
  outputNames,
  placeArguments,
} from "../../provider/lookups/definition";

const root = join(__dirname, "..", "..");

/** The page, and the line that divides what is written by hand from what is made. */
export const lookupsPage = join(root, "docs", "lookups.md");
const divider = "<!-- The rest is made of the code by `npm run schema`. -->\n";

/** The page as it has to be. */
export function writtenLookupsPage(): string {
  const [byHand = ""] = readFileSync(lookupsPage, "utf8").split(divider);
  return `${byHand}${divider}\n${generated()}`;
}

/** What each rule allows. */
const allowed: Readonly<Record<ArgumentRule, string>> = {
  id: "1 to 64 of `A-Z a-z 0-9 _ -`",
  ids: "array of ids",
  region: "such as `eu-de`",
  text: "1 to 1000 printable characters",
  boolean: "`true`, `false`",
  milliseconds: "1 to 86400000",
  pollInterval: "500 to 86400000",
  tagFilter: "array of `{ key, values }`",
  expectation: "`{ status, vpcId, serverType, ports }`, any of them",
  ...(Object.fromEntries(
    Object.entries(argumentWords).map(([rule, words]) => [
      rule,
      words.map((word) => `\`${word}\``).join(", "),
    ]),
  ) as Record<"resourceType" | "sortKey" | "sortDirection" | "waitFor" | "ifMissing", string>),
};

/** Records that are the outputs of a lookup. */
const shownAs: Readonly<Record<string, string>> = {
  EndpointServiceRecord: lookups.endpointService.getter,
  EndpointRecord: lookups.endpoint.getter,
};

const argumentHead = ["argument", "allowed", "default", "meaning"];

interface Property {
  readonly name: string;
  readonly type: string;
  readonly meaning: string;
}

function generated(): string {
  const entries = ["sdk/index.ts", "sdk/functions/index.ts"].map((file) => join(root, file));
  const program = ts.createProgram(entries, {
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.Node16,
    types: ["node"],
  });
  const checker = program.getTypeChecker();
  const [resources = new Map(), functions = new Map()] = entries.map((entry) => {
    const file = program.getSourceFile(entry);
    const module = file && checker.getSymbolAtLocation(file);
    return new Map(
      (module ? checker.getExportsOfModule(module) : []).map((symbol) => [
        symbol.name,
        symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      ]),
    );
  });
  const records = new Map<string, readonly Property[]>();
  const placeRows: string[][][] = [];

  function sectionOf(definition: LookupDefinition): string {
    const { getter, path, permission, arguments: known, exactlyOneOf, list } = definition;
    const [signature] = checker.getTypeOfSymbol(functions.get(getter)).getCallSignatures();
    const [parameter] = signature?.getParameters() ?? [];
    const meanings = new Map(
      parameter
        ? propertiesOf(checker.getTypeOfSymbol(parameter)).map(({ name, meaning }) => [name, meaning])
        : [],
    );
    const row = ([name, { required, rule }]: [string, LookupArgument]): string[] => {
      const meaning = meanings.get(name) ?? "";
      const [, said = meaning, value = "none"] = /^(.*?) ?Default: (.*)\.$/.exec(meaning) ?? [];
      const fallback = exactlyOneOf?.includes(name) ? `one of ${exactlyOneOf.join(" and ")}` : value;
      return [`\`${name}\``, allowed[rule], required ? "required" : fallback, said];
    };
    const [own, places] = [true, false].map((isOwn) =>
      Object.entries(known).filter(([name]) => Object.hasOwn(placeArguments, name) !== isOwn),
    ) as [[string, LookupArgument][], [string, LookupArgument][]];
    placeRows.push(places.map(row));
    const where = `${own.length === 0 ? "Arguments: " : "Also "}${places.map(([name]) => `\`${name}\``).join(", ")}: [where to read](#where-to-read).\n`;
    return [
      `### ${getter}\n`,
      `${described(resources.get(getter)).split("\n\n")[0]?.replaceAll(/\s+/g, " ")}\n`,
      `\`${list?.body ? "POST" : "GET"} ${path}\`, permission: ${permission === "none" ? "none" : `\`${permission}\``}\n`,
      ...(own.length === 0 ? [] : [table(argumentHead, own.map(row))]),
      where,
      outputsOf(definition, signature),
    ].join("\n");
  }

  function outputsOf(definition: LookupDefinition, signature: ts.Signature | undefined): string {
    const { getter, outputs } = lookups.endpointService;
    const names = outputNames(definition);
    const others = names.filter((name) => !outputs.includes(name as (typeof outputs)[number]));
    if (definition.getter !== getter && outputs.every((name) => names.includes(name))) {
      const more = others.map((name) => `\`${name}\``).join(", ");
      return `Outputs: those of [${getter}](#${getter.toLowerCase()})${more === "" ? "" : `, which may be \`null\`, and ${more}`}.\n`;
    }
    const type = signature && checker.getAwaitedType(signature.getReturnType());
    const known = new Map((type ? propertiesOf(type) : []).map((property) => [property.name, property]));
    return table(
      ["output", "type", "meaning"],
      names.map((name) => rowOf(known.get(name) ?? { name, type: "", meaning: "" })),
    );
  }

  /** All members of a type, of whichever alternative. */
  function propertiesOf(type: ts.Type): Property[] {
    const whole = checker.getNonNullableType(type);
    const symbols = (whole.isUnion() ? whole.types : [whole]).flatMap((each) => each.getProperties());
    const members = new Map(symbols.map((symbol) => [symbol.name, propertyOf(symbol)] as const));
    for (const symbol of symbols) {
      const { name } = symbol;
      members.set(name, members.get(name)?.meaning ? (members.get(name) as Property) : propertyOf(symbol));
    }
    return [...members.values()];
  }

  function propertyOf(symbol: ts.Symbol): Property {
    const type = checker.getTypeOfSymbol(symbol);
    const orNull =
      type.isUnion() && type.types.some(({ flags }) => flags & ts.TypeFlags.Null) ? ", null" : "";
    const meaning = described(symbol).replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
    return {
      name: symbol.name,
      type: `${shown(type.flags & ts.TypeFlags.Unknown ? type : checker.getNonNullableType(type))}${orNull}`,
      meaning,
    };
  }

  /** A type as the tables have it: the members of a record have a table of their own. */
  function shown(type: ts.Type): string {
    const [member] = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [];
    const record = member?.aliasSymbol ?? member?.getSymbol();
    if (member && record && record.flags & ts.SymbolFlags.Interface) {
      if (!records.has(record.name) && shownAs[record.name] === undefined) {
        records.set(record.name, propertiesOf(member));
      }
      return `array of [\`${record.name}\`](#${(shownAs[record.name] ?? record.name).toLowerCase()})`;
    }
    if (type.flags & ts.TypeFlags.Unknown) {
      return "any JSON";
    }
    if (type.isUnion() && type.types.some((each) => each.isStringLiteral())) {
      return "string";
    }
    const text = checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
    const plain = text.replaceAll("readonly ", "").replace(/^Readonly<(.*)>$/, "$1");
    return (
      {
        "string[]": "array of strings",
        "Record<string, string>": "object of strings",
        "Record<string, unknown>": "object",
      }[plain] ?? (/^\w+$/.test(plain) ? plain : `\`${plain.replaceAll("|", "\\|")}\``)
    );
  }

  function described(symbol: ts.Symbol | undefined): string {
    const text = ts.displayPartsToString(symbol?.getDocumentationComment(checker));
    return text.replaceAll(/\{@link (\w+)\}/g, "`$1`");
  }

  const ofLookups = Object.values(lookups).map(sectionOf);
  const ofRecords = [...records].map(
    ([name, fields]) => `### ${name}\n\n${table(["field", "type", "meaning"], fields.map(rowOf))}`,
  );
  const place = `## Where to read\n\n${table(argumentHead, placeRows[1] ?? [])}`;
  return `## Every lookup\n\n${ofLookups.join("\n")}\n${place}\n## Records\n\n${ofRecords.join("\n")}`;
}

function rowOf({ name, type, meaning }: Property): string[] {
  return [`\`${name}\``, type, meaning];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return `${line(head)}|${"---|".repeat(head.length)}\n${rows.map(line).join("")}`;
}
