// Proves whose session a function uses: one for each run and configuration, over connections that all of them share.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

  describe("ask as whoever the files of the moment name", () => {
    const before = process.cwd();
    let root: string;
    const set = (variables: Record<string, string>) => Object.assign(process.env, variables);
    const names = [
      "OS_CLOUD",
      "XDG_CONFIG_HOME",
      "HW_SHARED_CONFIG_FILE",
      "PIPELINE_TOKEN",
      "VPCEP_ENDPOINT",
    ];

    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), "run-"));
      for (const at of ["one", "two"]) {
        const folder = join(root, at, "openstack");
        mkdirSync(folder, { recursive: true });
        const cloud = `clouds: {team: {region_name: eu-de, auth: {token: ${at}, project_id: p}}}`;
        writeFileSync(join(root, at, "clouds.yaml"), cloud);
        writeFileSync(join(folder, "clouds.yaml"), cloud);
        writeFileSync(join(root, at, "credentials"), `[basic]\nak = ${at}\nsk = s\n`);
        writeFileSync(join(root, at, "token"), `${at}.a.b`);
      }
      set({ VPCEP_ENDPOINT: emulator.url });
      process.chdir(root);
    });

    afterEach(() => {
      process.chdir(before);
      for (const name of names) {
        delete process.env[name];
      }
      rmSync(root, { recursive: true });
    });

    const goTo = (at: string) => process.chdir(join(root, at));
    const oidc = (source: object) => ({ "vpcep:oidc": JSON.stringify({ idpId: "i", ...source }) });
    const rows: Record<
      string,
      { readonly config?: () => Record<string, string>; readonly change: (at: string) => void }
    > = {
      "in the working folder": {
        change: (at) => {
          set({ OS_CLOUD: "team" });
          goTo(at);
        },
      },
      "in the folder of XDG_CONFIG_HOME": {
        change: (at) => set({ OS_CLOUD: "team", XDG_CONFIG_HOME: join(root, at) }),
      },
      "by a path that the working folder begins": {
        config: () => ({ "vpcep:projectId": "p" }),
        change: (at) => {
          set({ HW_SHARED_CONFIG_FILE: "credentials" });
          goTo(at);
        },
      },
      "as a file of an identity token": { config: () => oidc({ idTokenFile: "token" }), change: goTo },
      "as a variable of an identity token": {
        config: () => oidc({ idTokenVariable: "PIPELINE_TOKEN" }),
        change: (at) => set({ PIPELINE_TOKEN: `${at}.a.b` }),
      },
      "as a variable of an account's identity token": {
        config: () => {
          const oidc = { idpId: "i", idTokenVariable: "PIPELINE_TOKEN" };
          const account = { region: "eu-de", endpoint: emulator.url, authUrl: emulator.url, oidc };
          return { "vpcep:accounts": JSON.stringify({ a: account }) };
        },
        change: (at) => set({ PIPELINE_TOKEN: `${at}.a.b` }),
      },
    };
    for (const [name, { config = () => ({}), change }] of Object.entries(rows)) {
      it(name, async () => {
        const place = { "vpcep:region": "eu-de", "vpcep:authUrl": emulator.url };
        const run = { stack: {}, config: { ...place, ...config() }, log() {}, warn() {} };
        const account = Object.hasOwn(run.config, "vpcep:accounts") ? { account: "a" } : {};
        for (const at of ["one", "two"]) {
          change(at);
          const before = emulator.requests.length;
          // None of them is right.
          const lookup = runFunction(run, endpointService, { id: serviceId, ...account }, {});
          process.chdir(root);
          await lookup.catch(() => {});
          const [first] = emulator.requests.slice(before);
          const { "x-auth-token": token, authorization } = first?.headers ?? {};
          assert.match(`${token} ${authorization} ${first?.body}`, new RegExp(`\\b${at}\\b`));
        }
      });
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
