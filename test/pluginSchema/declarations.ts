// The types and docstrings of the SDK's declarations as a Pulumi schema has them: both are written once, where a program's
// editor shows them. Used by schema.ts.
import { join } from "node:path";
import ts from "typescript";

/** A property, a type or the like, in the words of a Pulumi schema. */
export type Spec = Record<string, unknown>;

const root = join(__dirname, "..", "..");
const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config;
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const files = ["sdk/index.ts", "provider/settings/table.ts"].map((file) => join(root, file));
const program = ts.createProgram(files, options);
const checker = program.getTypeChecker();

/** The object types that properties have named, by their tokens. */
export const types: Record<string, Spec> = {};

/** What a function takes and gives, what is said about it, and the page of the API. */
export function functionOf(name: string, inputs: readonly string[], outputs: readonly string[]) {
  const exported = exportOf("sdk/index.ts", name);
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const [signature] = checker.getTypeOfSymbol(symbol).getCallSignatures() as [ts.Signature];
  const page = symbol.getJsDocTags().find((tag) => tag.name === "see")?.text;
  return {
    // What follows the first paragraph is about a resource.
    description: textOf(symbol)
      .replace(/\n\n.*/s, "")
      .replaceAll("\n", " "),
    page: ts.displayPartsToString(page).replace(/^.*?(?=:)/, "https"),
    inputs: objectSpec(checker.getTypeOfSymbol(signature.parameters[1] as ts.Symbol), name, inputs),
    outputs: objectSpec(signature.getReturnType(), name, outputs),
  };
}

/** What is said about a setting. */
export function settingDescription(key: string): string {
  const table = checker.getTypeOfSymbol(exportOf("provider/settings/table.ts", "settingsTable"));
  return textOf(checker.getPropertyOfType(table, key) as ts.Symbol, key);
}

function exportOf(file: string, name: string): ts.Symbol {
  const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, file)) as ts.SourceFile);
  return checker.tryGetMemberInModuleExports(name, module as ts.Symbol) as ts.Symbol;
}

function objectSpec(
  type: ts.Type,
  owner: string,
  names: readonly string[] = type.getProperties().map((member) => member.name),
) {
  const members = names.map((name) => [name, checker.getPropertyOfType(type, name) as ts.Symbol] as const);
  const required = members.filter(([, member]) => {
    const value = knownType(checker.getTypeOfSymbol(member));
    return !(member.flags & ts.SymbolFlags.Optional) && value === checker.getNonNullableType(value);
  });
  const properties = members.map(([name, member]): [string, Spec] => [
    name,
    { ...typeSpec(checker.getTypeOfSymbol(member)), description: textOf(member, `${owner}.${name}`) },
  ]);
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: required.map(([name]) => name),
  };
}

function typeSpec(type: ts.Type): Spec {
  const value = checker.getNonNullableType(knownType(type));
  // Every number of the API is a whole one.
  const plain = {
    string: checker.getStringType(),
    boolean: checker.getBooleanType(),
    integer: checker.getNumberType(),
  };
  const found = Object.entries(plain).find(([, each]) => checker.isTypeAssignableTo(value, each));
  const [item, member] = [value.getNumberIndexType(), value.getStringIndexType()];
  if (found) {
    return { type: found[0] };
  }
  if (item || member) {
    return item
      ? { type: "array", items: typeSpec(item) }
      : { type: "object", additionalProperties: typeSpec(member as ts.Type) };
  }
  if (value.getProperties().length === 0) {
    return { $ref: "pulumi.json#/Any" };
  }
  const { name } = value.symbol;
  types[`vpcep:index:${name}`] ??= { description: textOf(value.symbol, name), ...objectSpec(value, name) };
  return { $ref: `#/types/vpcep:index:${name}` };
}

/** The type of a value once it is known: an output is an instance, alone or beside what it lifts. */
function knownType(type: ts.Type): ts.Type {
  const parts = (each: ts.Type): ts.Type[] =>
    each.isUnionOrIntersection() ? each.types.flatMap(parts) : [each];
  const output = parts(type).find(({ symbol }) => symbol?.name === "OutputInstance");
  return output ? knownType(checker.getTypeArguments(output as ts.TypeReference)[0] as ts.Type) : type;
}

function textOf(symbol: ts.Symbol, path = symbol.name): string {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  if (text === "") {
    throw new Error(`${path} has no docstring: write it, for programs in every language`);
  }
  return text.replaceAll(/\{@link (\w+)\}/g, "`$1`").replaceAll(/(?<!\n)\n(?!\n)/g, " ");
}
