// What a lookup asked whose state an earlier version wrote: there the arguments lie among the outputs, and an output of the
// same name has overwritten an argument. Called by read.ts.
import { given } from "../lookups/arguments";
import { type LookupDefinition, outputNames } from "../lookups/definition";

type Properties = Readonly<Record<string, unknown>>;

/** The lookups that an argument of before has become. */
const lookupsOfBefore: Readonly<Record<string, (properties: Properties) => string | undefined>> = {
  endpointService: ({ ifNotFound }) => (ifNotFound === "null" ? "optionalEndpointService" : undefined),
  endpointServices: ({ ids }) => (Array.isArray(ids) ? "endpointServicesByIds" : undefined),
};

/** The name of the lookup. */
export function nameOf(properties: Properties): unknown {
  const name = properties["lookup"] ?? "endpointService";
  const renamed =
    typeof name === "string" && Object.hasOwn(lookupsOfBefore, name)
      ? lookupsOfBefore[name]?.(properties)
      : undefined;
  return renamed ?? name;
}

/** Whether these are outputs of before: arguments alone hold none. */
export function isAnswerOfBefore(properties: Properties): boolean {
  return "extra" in properties || "totalCount" in properties;
}

/** The arguments among the properties, those too that the lookup does not know, so that they are refused. */
export function askedBefore(definition: LookupDefinition, id: string, properties: Properties): Properties {
  const { ifNotFound, ...others } = properties;
  const { arguments: known, exactlyOneOf } = definition;
  const answers = ["lookup", "exists", "id", ...outputNames(definition)];
  const asked: Record<string, unknown> = given({
    ...Object.fromEntries(
      Object.entries(others).filter(
        ([name]) => Object.hasOwn(known, name) || !(answers.includes(name) || name.startsWith("__")),
      ),
    ),
    ...(Object.hasOwn(known, "id") ? { id } : {}),
    ...(ifNotFound === "null" && Object.hasOwn(known, "ifMissing") ? { ifMissing: "omit" } : {}),
  });
  // Both alternatives are among the outputs: the first counts.
  const [, ...second] = exactlyOneOf?.filter((name) => name in asked) ?? [];
  for (const name of isAnswerOfBefore(properties) ? second : []) {
    delete asked[name];
  }
  return asked;
}
