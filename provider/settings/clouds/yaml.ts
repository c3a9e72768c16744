// The one reader of YAML, of which JSON is a part: every scalar stays the text that it is, since an id of digits or the
// password 0123 is no number. js-yaml is loaded for the first file. A leaf; used by cloudFiles.ts.

/** How large a document may be: in bytes, in values once its aliases are followed, and in levels. */
export const documentBounds = { bytes: 1024 * 1024, values: 20_000, depth: 100 } as const;

/** What is wrong with a document, as a clause: the line and no more, since whatever stands there may be a secret. */
export class YamlProblem extends Error {}

/** Reads a document: texts, null, lists and mappings. Fails with a {@link YamlProblem}. */
export function parseYaml(text: string): unknown {
  // Loaded here: most have no such file.
  const yaml: typeof import("js-yaml") = require("js-yaml");
  const isNull = (data: unknown) => data === null || /^(|~|null|Null|NULL)$/.test(String(data));
  const schema = yaml.FAILSAFE_SCHEMA.extend({
    implicit: [
      new yaml.Type("tag:yaml.org,2002:null", { kind: "scalar", resolve: isNull, construct: () => null }),
      new yaml.Type("tag:yaml.org,2002:merge", { kind: "scalar", resolve: (data) => data === "<<" }),
    ],
  });
  let document: unknown;
  try {
    document = yaml.load(text, { schema });
  } catch (error) {
    const { mark } = error as { readonly mark?: { readonly line: number } };
    throw new YamlProblem(`cannot be read as YAML${mark ? `: line ${mark.line + 1}` : ""}`);
  }
  return withoutAliases(document);
}

/** A copy in which nothing is shared: a few aliases of aliases can stand for more values than fit into memory. */
function withoutAliases(document: unknown): unknown {
  let values = 0;
  const copy = (value: unknown, depth: number): unknown => {
    values++;
    if (values > documentBounds.values || depth > documentBounds.depth) {
      throw new YamlProblem(
        `has more than ${documentBounds.values} values, or ${documentBounds.depth} levels, once its aliases are followed`,
      );
    }
    if (Array.isArray(value)) {
      return value.map((each) => copy(each, depth + 1));
    }
    return typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copy(each, depth + 1)]))
      : value;
  };
  return copy(document, 0);
}
