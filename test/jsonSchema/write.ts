// `npm run schema`: writes the published JSON Schemas into sdk/schema.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jsonSchemas } from "./jsonSchemas";

const folder = join(__dirname, "..", "..", "sdk", "schema");
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas)) {
  writeFileSync(join(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
}
