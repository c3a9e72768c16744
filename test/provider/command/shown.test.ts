// Proves that what the command prints holds no secret and nothing that a terminal obeys, whatever the record and the
// settings are.
import assert from "node:assert/strict";
import { resolveConfiguration } from "../../../provider/client/configuration";
import { doctor } from "../../../provider/command/doctor";
import { printRecord } from "../../../provider/command/record";
import { Secrets } from "../../../provider/errors/redaction";
import { endpointServiceOutputs } from "../../../provider/lookups/endpointService";
import { environmentSource } from "../../../provider/settings/families";

/** What is printed meanwhile. */
async function printed(work: () => unknown): Promise<string> {
  const { log } = console;
  const lines: unknown[] = [];
  console.log = (line) => lines.push(line);
  try {
    await work();
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

describe("what the command prints", () => {
  const secret = "a-longer-secret";
  const whole = Object.fromEntries(endpointServiceOutputs.map((name) => [name, null]));
  const record = {
    ...whole,
    status: "constructor",
    description: `x${secret.toUpperCase()}\u001b[31m`,
    serviceId: "a",
  };

  it("of a record, as lines", async () => {
    const text = await printed(() => printRecord(record, false, new Secrets([secret, "a"])));
    assert.match(text, /description .*x\[redacted\] \[31m/);
    assert.ok(text.includes("constructor"));
  });

  it("of a record, as JSON", async () => {
    const text = await printed(() => printRecord(record, true, new Secrets([secret, "a"])));
    assert.deepEqual(JSON.parse(text), { ...record, description: "x[redacted]\u001b[31m" });
    assert.ok(!text.includes("\u001b"));
  });

  for (const json of [false, true]) {
    it(`of settings, ${json ? "as JSON" : "as lines"}`, async () => {
      const configuration = resolveConfiguration(
        {},
        environmentSource({
          HW_REGION_NAME: "eu-de",
          HW_PROJECT_NAME: `${secret}\u200e`,
          HW_AUTH_TOKEN: secret,
          OS_CACERT: `/${secret}\u001b[31m`,
          VPCEP_ENDPOINT: "https://vpcep.eu-de.otc.t-systems.com",
        }).map((family) => [family]),
        "/nonexistent",
      );
      const text = await printed(() =>
        doctor(configuration, json, async () => ({ projectId: "p", clockDifferenceMs: 0 })),
      );
      assert.match(text, /the one named \[redacted\] , found/);
      assert.match(text, /those in \/\[redacted\] \[31m \(OS_CACERT\)/);
      assert.ok(!text.includes(secret) && !text.includes("\u001b") && !text.includes("\u200e"));
    });
  }
});
