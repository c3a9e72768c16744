// What a pipeline does with the outputs of the quickstart: checks them, and writes a line for each port to open.
// Usage: node useOutputs.mjs OUTPUTS RULES. Needs the packages pulumi-vpcep and ajv.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import schema from "pulumi-vpcep/quickstartOutputs.schema.json" with { type: "json" };

const [, , outputsFile = "outputs.json", rulesFile = "firewall-rules.txt"] = process.argv;

try {
  // Those of an earlier run are not to be taken for this one's.
  rmSync(rulesFile, { force: true });
  const rules = rulesOf(checkedOutputs());
  writeFileSync(rulesFile, rules.map((rule) => `${rule}\n`).join(""));
  console.log(`The endpoint service is available; ports to open: ${rules.length}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function checkedOutputs() {
  let outputs;
  try {
    outputs = JSON.parse(readFileSync(outputsFile, "utf8"));
  } catch (error) {
    throw new Error(
      `Cannot read ${outputsFile}: ${error.message}. Write it with \`pulumi stack output --json\`, after \`pulumi up\``,
    );
  }
  // What Pulumi shows in the place of a secret.
  const secret = schema.required.filter((name) => JSON.stringify(outputs?.[name])?.includes('"[secret]"'));
  if (secret.length > 0) {
    throw new Error(
      `${outputsFile} does not show ${secret.join(", ")}: an argument of the lookup is a secret. Write it with \`pulumi stack output --json --show-secrets\`, and keep it from logs and artifacts`,
    );
  }
  const ajv = new Ajv2020({ allErrors: true });
  if (!ajv.validate(schema, outputs)) {
    throw new Error(
      `${outputsFile} is not what the quickstart exports: ${ajv.errorsText(undefined, { dataVar: "outputs" })}. Export ports, vpc_id and status, and run \`pulumi up\``,
    );
  }
  if (outputs.status !== "available") {
    throw new Error(
      `The endpoint service is ${JSON.stringify(outputs.status)}, not "available": no port is opened. Ask its owner, then run this again`,
    );
  }
  return outputs;
}

/** Lines of protocol, port and VPC: what clients connect to, and once where the API repeats itself. */
function rulesOf({ ports, vpc_id }) {
  const rules = new Set(ports.map(({ protocol, clientPort }) => `${protocol} ${clientPort} ${vpc_id}`));
  for (const rule of rules) {
    // They go into a command line: what is no plain word goes no further.
    if (!/^[\w-]+ \d+ [\w-]+$/.test(rule)) {
      throw new Error(`${outputsFile} has a port or a VPC that is no plain word: ${JSON.stringify(rule)}`);
    }
  }
  return [...rules];
}
