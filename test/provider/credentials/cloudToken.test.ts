// Proves over real sockets that a token of clouds.yaml that names no project asks IAM for its own, once, and no other way is
// taken where a project is named; that nobody loads js-yaml who has no such file; and that an agency of it is assumed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, emulatorDefaults, startEmulator } from "../../../sdk/testing";
import { clientOf, errorOf, type Values } from "./clients";
import { IdentityServer, sourceKey, targetProject } from "./identityServer";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const { token } = emulatorDefaults;
const team = { id: emulatorDefaults.projectId, name: "eu-de_team" };
const general = { id: "0".repeat(32), name: "eu-de" };

describe("a token of clouds.yaml", () => {
  const home = mkdtempSync(join(tmpdir(), "home-"));
  let emulator: Emulator;

  before(() => mkdirSync(join(home, ".config", "openstack"), { recursive: true }));

  beforeEach(async () => {
    emulator = await startEmulator({ projects: [team, general] });
  });

  afterEach(() => emulator.close());
  after(() => rmSync(home, { recursive: true }));

  /** A file as otc-auth writes it, with more fields in its auth. */
  function clientWith(auth = "", environment: Values = {}) {
    writeFileSync(
      join(home, ".config", "openstack", "clouds.yaml"),
      `clouds:
  team:
    profile: team
    auth_type: token
    region_name: eu-de
    auth:
      auth_url: ${emulator.url}/v3
      token: ${token}
      project_domain_name: ${team.name}
      ${auth}
`,
    );
    return clientOf({}, { OS_CLOUD: "team", VPCEP_ENDPOINT: emulator.url, ...environment }, home);
  }

  const asked = () => emulator.requests.map(({ method, path }) => `${method} ${path}`);
  const detail = `GET /v1/${team.id}/vpc-endpoint-services/${id}`;

  it("is asked for its project once, and sent to nobody but IAM and VPCEP", async () => {
    const client = clientWith();
    assert.equal((await client.getEndpointService({ id })).projectId, team.id);
    await client.getEndpointService({ id });
    await client.close();
    assert.deepEqual(asked(), ["GET /v3/auth/tokens", detail, detail]);
    const [first] = emulator.requests;
    assert.deepEqual([first?.headers["x-auth-token"], first?.headers["x-subject-token"]], [token, token]);
  });

  it("asks for a project by its name, where one is named", async () => {
    const client = clientWith(`project_name: ${team.name}`);
    await client.getEndpointService({ id });
    await client.close();
    assert.deepEqual(asked(), ["GET /v3/projects", detail]);
  });

  it("asks for a project by the name that another setting has", async () => {
    const client = clientWith("", { HW_PROJECT_NAME: team.name });
    await client.getEndpointService({ id });
    await client.close();
    assert.deepEqual(asked(), ["GET /v3/projects", detail]);
  });

  it("asks for the region's project, where it is a token of none", async () => {
    emulator.reply(({ path }) =>
      path === "/v3/auth/tokens"
        ? { status: 200, body: { token: { expires_at: "2099-01-01T00:00:00.000000Z" } } }
        : undefined,
    );
    const client = clientWith();
    await client.getEndpointService({ id }).catch(() => {});
    await client.close();
    assert.deepEqual(asked().slice(0, 2), ["GET /v3/auth/tokens", "GET /v3/projects"]);
  });

  it("says who refused it, and not what it is", async () => {
    const client = clientWith();
    emulator.reply(() => ({ status: 401, body: { error: { code: 401, message: `no ${token}` } } }));
    const { code, message } = await errorOf(client.getEndpointService({ id }));
    await client.close();
    assert.equal(code, "VPCEP_AUTH");
    assert.match(message, /Check the credential from auth\.token in cloud "team" of .*clouds\.yaml/);
    assert.ok(!message.includes(token), message);
  });

  for (const [name, environment, loaded] of [
    ["is read with js-yaml", { OS_CLOUD: "team", HOME: home }, true],
    ["needs no js-yaml where there is another credential", { HW_AUTH_TOKEN: "t", HOME: home }, false],
    ["needs no js-yaml where there is no file", { HOME: "/nonexistent" }, false],
  ] as const) {
    it(name, () => {
      clientWith();
      const script = `
        const { createVpcepClient } = require(${JSON.stringify(join(__dirname, "../../../provider"))});
        createVpcepClient({ region: "eu-de", endpoint: "http://127.0.0.1:1" });
        console.log(Object.keys(require.cache).some((file) => /node_modules.js-yaml/.test(file)));`;
      const printed = execFileSync(process.execPath, ["--import", "tsx", "--eval", script], {
        env: { ...process.env, ...environment },
        encoding: "utf8",
      });
      assert.equal(printed, `${loaded}\n`);
    });
  }
});

describe("an agency of clouds.yaml", () => {
  it("is assumed with the key beside it, and asked for the project that is named of it", async () => {
    const home = mkdtempSync(join(tmpdir(), "home-"));
    const server = await new IdentityServer().start();
    mkdirSync(join(home, ".config", "openstack"), { recursive: true });
    writeFileSync(
      join(home, ".config", "openstack", "clouds.yaml"),
      `clouds:
  owner:
    auth_type: agency
    region_name: eu-de
    auth:
      auth_url: ${server.url}
      ak: ${sourceKey.accessKey}
      sk: ${sourceKey.secretKey}
      project_id: project-of-the-caller
      project_domain_id: default
      target_agency_name: reader
      target_domain_name: owner
      target_project_name: eu-de
`,
    );
    const client = clientOf({}, { OS_CLOUD: "owner", VPCEP_ENDPOINT: server.url }, home);
    await client.getEndpointService({ id });
    await client.close();
    await server.close();
    rmSync(home, { recursive: true });
    assert.deepEqual(
      server.calls.map(({ name, by }) => `${name} by ${by}`),
      ["domains by SOURCEKEY", "agencyKey by SOURCEKEY", "projects by ISSUED1", "service by ISSUED1"],
    );
    assert.equal(server.only("service").path, `/v1/${targetProject}/vpc-endpoint-services/${id}`);
  });
});
