// Proves whose session a function uses: one for each run and configuration, over connections that all of them share.
import assert from "node:assert/strict";
import { runFunction } from "../../../provider/functions/run";
import { endpointService } from "../../../provider/lookups/endpointService";
import { type Emulator, emulatorDefaults, startEmulator } from "../../../sdk/testing";
import { errorOf, serviceId, settingsFor } from "../lookups";

describe("the functions of a process", () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await startEmulator();
  });

  afterEach(() => emulator.close());

  /** A lookup in a run, whose stack stands for it. */
  function lookUp(stack: object | undefined, settings: Record<string, string> = {}, id: string = serviceId) {
    const all = { ...settingsFor(emulator, { authUrl: emulator.url }), ...settings };
    const config = Object.fromEntries(
      Object.entries(all).map(([key, value]) => [`vpcep:${key}`, `${value}`]),
    );
    return runFunction({ stack, config, log() {}, warn() {} }, endpointService, { id }, {});
  }

  /** The server refuses a credential once. */
  function refuseOnce(): void {
    emulator.replyTo(serviceId, { status: 401, body: { error_code: "APIGW.0301", error_msg: "refused" } });
  }

  it("hold a refused credential back in the run that was refused it, and in no other", async () => {
    const [first, second] = [{}, {}];
    refuseOnce();
    assert.equal((await errorOf(lookUp(first))).code, "VPCEP_AUTH");
    assert.equal((await errorOf(lookUp(first))).code, "VPCEP_AUTH");
    assert.equal(emulator.requests.length, 1);
    assert.equal((await lookUp(second))?.["serviceId"], serviceId);
  });

  it("hold it back in one configuration, and not in another of the same run", async () => {
    for (const stack of [{}, undefined]) {
      emulator.reset();
      refuseOnce();
      assert.equal((await errorOf(lookUp(stack))).code, "VPCEP_AUTH");
      const { accessKey, secretKey } = emulatorDefaults.key;
      const other = { token: "", accessKey, secretKey };
      assert.equal((await lookUp(stack, other))?.["serviceId"], serviceId);
      assert.equal((await errorOf(lookUp(stack))).code, "VPCEP_AUTH");
      assert.equal(emulator.requests.length, 2);
    }
  });

  it("use what the environment says when they are called", async () => {
    const other = await startEmulator();
    const run = { stack: {}, config: {}, log() {}, warn() {} };
    const names = Object.keys(emulator.environment);
    try {
      for (const { environment: settings, requests } of [emulator, other]) {
        Object.assign(process.env, settings);
        await runFunction(run, endpointService, { id: serviceId }, {});
        assert.equal(requests.filter(({ path }) => path.endsWith(serviceId)).length, 1);
      }
    } finally {
      for (const name of names) {
        delete process.env[name];
      }
      await other.close();
    }
  });

  it("have eight connections to a host, all runs together, and use again what is idle", async () => {
    const runs = Array.from({ length: 5 }, () => ({}));
    emulator.reply(() => ({ delayMs: 20 }));
    for (const round of [1, 2]) {
      for (const stack of runs) {
        await Promise.all(
          Array.from({ length: 20 }, (_, at) => lookUp(stack, {}, `${round}-${at}`).catch(() => {})),
        );
      }
      await Promise.all(
        runs.flatMap((stack) =>
          [1, 2, 3, 4].map((at) => lookUp(stack, {}, `all-${round}-${at}`).catch(() => {})),
        ),
      );
    }
    assert.deepEqual([emulator.sockets.peak, emulator.sockets.total], [8, 8]);
    assert.equal(emulator.requests.length, 2 * (5 * 20 + 5 * 4));
  });

  it("give an error that is one line where nobody catches it", async () => {
    const error = await errorOf(lookUp({}, {}, "gone"));
    assert.equal(error.stack, error.message);
    assert.equal(Reflect.get(error, "__pulumiRunError"), true);
    assert.ok(!Object.keys(error).includes("__pulumiRunError"));
    assert.equal(String(error), `VpcepError: ${error.message}`);
  });
});
