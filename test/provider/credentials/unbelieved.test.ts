// Proves over real sockets that whatever IAM and a server's metadata send is checked as a user's own values are: ids of
// projects, names, times, tokens and temporary keys.
import assert from "node:assert/strict";
import { tokenSchema } from "../../../provider/schema/identity";
import { type Emulator, emulatorDefaults, type Reply, startEmulator } from "../../../sdk/testing";
import { clientOf, errorOf, type Values } from "./clients";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const { user, temporaryKey, projectId } = emulatorDefaults;
const day = () => new Date(Date.now() + 86_400_000).toISOString();

describe("of what IAM sends", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  beforeEach(() => emulator.reset());
  after(() => emulator.close());

  const place = (): Values => ({
    HW_REGION_NAME: "eu-de",
    VPCEP_ENDPOINT: emulator.url,
    HW_AUTH_URL: emulator.url,
    VPCEP_METADATA_ENDPOINT: emulator.url,
  });
  const withPassword = (): Values => ({
    ...place(),
    HW_USER_NAME: user.userName,
    HW_USER_PASSWORD: user.password,
    HW_DOMAIN_NAME: user.domainName,
  });
  const withToken = (): Values => ({ ...place(), HW_AUTH_TOKEN: emulatorDefaults.token });

  async function look(environment: Values) {
    const client = clientOf({}, environment);
    try {
      return await client.getEndpointService({ id });
    } finally {
      await client.close();
    }
  }

  const issued = (token: object, header: string | readonly string[] | null = "a-token"): Reply => ({
    status: 201,
    headers: { "x-subject-token": header ?? undefined },
    body: { token: { expires_at: day(), ...token } },
  });
  /** What left for VPCEP. */
  const asked = () => emulator.requests.filter(({ path }) => path.startsWith("/v1/"));

  for (const [what, path, place] of [
    ["a token", "/v3/auth/tokens", withPassword],
    ["a project", "/v3/projects", withToken],
  ] as const) {
    it(`nothing says that a service is missing: a 404 to the question for ${what} is IAM's own`, async () => {
      emulator.replyTo(path, { status: 404, body: { error: { code: "EndPoint.0005", message: "no" } } });
      const { code, message } = await errorOf(look(place()));
      assert.equal(code, "VPCEP_API");
      assert.match(
        message,
        /EndPoint\.0005: no.* does not serve this call of IAM: check the region and the address of IAM/,
      );
    });
  }

  const wrongIds: readonly unknown[] = [
    "",
    "..",
    "a/b",
    "a?b",
    "describe",
    "a\u001b[31mb",
    "a\r\nx: y",
    "\ud800",
    "a".repeat(65),
    5,
    null,
    ["a"],
    { toString: 1 },
  ];
  for (const wrong of wrongIds) {
    it(`no id of a project that is ${JSON.stringify(wrong).slice(0, 20)} is used, and none is shown`, async () => {
      const host = new URL(emulator.url).host;
      emulator.replyTo("/v3/auth/tokens", issued({ project: { id: wrong } }));
      const ofToken = await errorOf(look(withPassword()));
      emulator.replyTo("/v3/projects", { body: { projects: [{ id: wrong, name: "eu-de" }] } });
      const ofList = await errorOf(look(withToken()));
      for (const [error, field] of [
        [ofToken, "token.project.id"],
        [ofList, "projects[0].id"],
      ] as const) {
        assert.equal(
          error.message,
          `Cannot read VPC endpoint service ${id} (region eu-de): the answer of ${host} cannot be used: ${field} (expected ${
            typeof wrong === "string"
              ? "letters, digits, hyphens or underscores"
              : `string, received ${wrong === null ? "null" : Array.isArray(wrong) ? "array" : typeof wrong}`
          }). Check that ${host} is the cloud's own host, and that no proxy answers in its place [VPCEP_RESPONSE]`,
        );
      }
      assert.deepEqual(asked(), []);
    });
  }

  for (const [set, project, wrong, wanted] of [
    [{}, { id: "p1", name: "eu-de_other" }, "eu-de_other", "eu-de"],
    [{ HW_PROJECT_NAME: "eu-de_team" }, { id: "p1", name: "eu-de" }, "eu-de", "eu-de_team"],
  ] as const) {
    it(`no token of the project ${wrong} is used for ${wanted}`, async () => {
      const oidc = { HW_ASSUME_ROLE_IDP_ID: "i", HW_ASSUME_ROLE_ID_TOKEN: "j" };
      for (const credential of [withPassword(), { ...place(), ...oidc }]) {
        emulator.reply(() => issued({ project }));
        const { code, message } = await errorOf(look({ ...credential, ...set }));
        assert.equal(code, "VPCEP_RESPONSE");
        assert.ok(
          message.includes(
            `cannot be used: its token is for the project "${wrong}", not for "${wanted}", which was asked for. `,
          ),
          message,
        );
        assert.deepEqual(asked(), []);
      }
    });
  }

  it("a token that names no project is used for the one that is known", async () => {
    emulator.replyTo("/v3/auth/tokens", issued({}));
    await errorOf(look({ ...withPassword(), HW_PROJECT_ID: "p2" }));
    assert.match(asked()[0]?.path ?? "", /^\/v1\/p2\//);
  });

  for (const [name, body] of [
    ["no object", []],
    ["no list", { projects: {} }],
    ["a list of texts", { projects: ["a"] }],
    ["a name that is a number", { projects: [{ id: "a", name: 5 }] }],
    ["nothing", {}],
  ] as const) {
    it(`a list of projects that is ${name} is refused`, async () => {
      emulator.replyTo("/v3/projects", { body });
      assert.equal((await errorOf(look(withToken()))).code, "VPCEP_RESPONSE");
      assert.deepEqual(asked(), []);
    });
  }

  it("one project that is listed twice is one", async () => {
    const project = { id: projectId, name: "eu-de" };
    emulator.replyTo("/v3/projects", { body: { projects: [project, project] } });
    assert.equal((await look(withToken())).projectId, projectId);
  });

  it("ten of many projects of one name are named", async () => {
    const projects = Array.from({ length: 12 }, (_, at) => ({ id: `p${at}`, name: "eu-de" }));
    emulator.replyTo("/v3/projects", { body: { projects } });
    const error = await errorOf(look(withToken()));
    assert.match(error.message, /knows 12 projects named "eu-de": p0, p1, .*p9 and more\. Set/);
  });

  for (const [name, header] of [
    ["missing", null],
    ["no token", ""],
    ["no token", "a b"],
    ["no token", "\u00e9"],
    ["no token", ["one", "another"]],
    ["no token", "t".repeat(65_537)],
  ] as const) {
    it(`a token that is ${JSON.stringify(header)?.slice(0, 20)} is refused`, async () => {
      emulator.replyTo("/v3/auth/tokens", { ...issued({}, header) });
      const error = await errorOf(look(withPassword()));
      assert.match(error.message, new RegExp(`cannot be used: its header x-subject-token is ${name}\\.`));
      assert.equal(error.code, "VPCEP_RESPONSE");
      assert.deepEqual(asked(), []);
    });
  }

  it("a token of 64 KiB is taken and sent, from a header that came twice", async () => {
    const token = "t".repeat(65_536);
    await using iam = await startEmulator({ tokens: [token] });
    iam.replyTo(
      "/v3/auth/tokens",
      issued({ project: { id: projectId } }, [token.slice(0, 4), token.slice(0, 4)]),
    );
    const environment = { ...withPassword(), VPCEP_ENDPOINT: iam.url, HW_AUTH_URL: iam.url };
    await look(environment);
    assert.equal(iam.requests[1]?.headers["x-auth-token"], "tttt");
    iam.replyTo("/v3/auth/tokens", issued({ project: { id: projectId } }, token));
    assert.equal((await look(environment)).serviceId, id);
    assert.equal(iam.requests.at(-1)?.headers["x-auth-token"], token);
  });

  it("a token of 64 KiB that the user has is sent as well", async () => {
    const token = "u".repeat(65_536);
    await using cloud = await startEmulator({ tokens: [token] });
    const environment = {
      ...place(),
      VPCEP_ENDPOINT: cloud.url,
      HW_AUTH_URL: cloud.url,
      HW_AUTH_TOKEN: token,
    };
    assert.equal((await look(environment)).serviceId, id);
  });

  it("a time without a zone is UTC, wherever this machine is", () => {
    const { TZ } = process.env;
    try {
      for (const zone of ["Etc/GMT-3", "America/New_York", "UTC"]) {
        process.env["TZ"] = zone;
        for (const time of [
          "2026-07-02T14:47:29",
          "2026-07-02 14:47:29.770299",
          "2026-07-02T16:47:29+02:00",
        ]) {
          const { expiresAt } = tokenSchema.parse({ token: { expires_at: time } });
          assert.equal(
            Math.floor(expiresAt / 1_000),
            Date.UTC(2026, 6, 2, 14, 47, 29) / 1_000,
            `${time} ${zone}`,
          );
        }
      }
    } finally {
      process.env["TZ"] = TZ ?? "UTC";
      if (TZ === undefined) {
        delete process.env["TZ"];
      }
    }
  });

  for (const time of ["", "tomorrow", "2026-02-30T00:00:00Z", "1", 1, null]) {
    it(`a time that is ${JSON.stringify(time)} is refused`, async () => {
      emulator.replyTo("/v3/auth/tokens", issued({ expires_at: time }));
      const error = await errorOf(look(withPassword()));
      assert.match(error.message, /cannot be used: token\.expires_at \(expected /);
    });
  }

  for (const wrong of ["a b", "a\r\nx: y", "", "é", "k".repeat(65_537), 5, null]) {
    for (const field of ["access", "secret", "securitytoken"]) {
      it(`a temporary key whose ${field} is ${JSON.stringify(wrong).slice(0, 20)} is none`, async () => {
        const credential = {
          access: "a",
          secret: "s",
          securitytoken: "t",
          expires_at: day(),
          [field]: wrong,
        };
        emulator.replyTo("/openstack/latest/securitykey", { body: { credential } });
        const error = await errorOf(look({ ...place(), HW_PROJECT_ID: projectId }));
        assert.match(error.message, /the server's metadata \(no usable answer\)/);
        assert.deepEqual(asked(), []);
      });
    }
  }

  it("a token of metadata that is none is not sent, and a temporary key is", async () => {
    emulator.replyTo("/meta-data/latest/api/token", { body: "a b" });
    const error = await errorOf(look({ ...place(), HW_PROJECT_ID: projectId }));
    assert.match(error.message, /the server's metadata \(no usable answer\)/);
    await look({ ...place(), HW_PROJECT_ID: projectId });
    assert.equal(asked()[0]?.headers["x-security-token"], temporaryKey.securityToken);
  });
});
