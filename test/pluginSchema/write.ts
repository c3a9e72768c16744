// Part of `npm run schema`: writes the schema of the plugin.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { schema } from "./schema";

writeFileSync(join(__dirname, "..", "..", "plugin", "schema.json"), `${JSON.stringify(schema, null, 2)}\n`);
