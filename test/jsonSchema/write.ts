// `npm run schema`: writes what is made of the code: the published JSON Schemas, and the tables of docs/lookups.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lookupsPage, writtenLookupsPage } from "../docs/lookupsPage";
import { jsonSchemas } from "./jsonSchemas";

const folder = join(__dirname, "..", "..", "sdk", "schema");
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas)) {
  writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
}
writeFileSync(lookupsPage, writtenLookupsPage());
