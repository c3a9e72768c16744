// Proves that a credential travels over TLS that is checked, through the proxy of the environment, and shows nowhere.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer, type Server as HttpsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { inspect } from "node:util";
import { emulatorDefaults, type Reply, sampleEndpointService, startEmulator } from "../../../sdk/testing";
import { clientOf, errorOf, type Values } from "../credentials/clients";
import { hasOpenssl, makeCertificates, serverName } from "./certificates";

const id = "4189d3c2-8882-4871-a3c2-d380272eed83";
const name = serverName;

describe(`the transport of a credential${hasOpenssl ? "" : ", skipped: no openssl on PATH"}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "certificates-"));
  let server: HttpsServer;
  let proxy: Server;
  let asked: string[];
  let proxied: string[];

  before(async function () {
    if (!hasOpenssl) {
      this.skip();
    }
    makeCertificates(folder);
    const files = {
      key: readFileSync(join(folder, "server.key")),
      cert: readFileSync(join(folder, "server.pem")),
    };
    server = createServer(files, (request, response) => {
      asked.push(String(request.headers["x-auth-token"]));
      response.setHeader("content-type", "application/json");
      response.end(sampleEndpointService);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    // Knows the one name, wherever it is said to be.
    proxy = createHttpServer();
    proxy.on("connect", (request, socket) => {
      proxied.push(`${request.url} ${request.headers["proxy-authorization"] ?? "nobody"}`);
      const upstream = connect(portOf(server), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on("error", () => socket.destroy());
      socket.on("error", () => upstream.destroy());
    });
    await once(proxy.listen(0, "127.0.0.1"), "listening");
  });

  beforeEach(() => {
    asked = [];
    proxied = [];
  });

  afterEach(() => {
    for (const variable of ["HTTPS_PROXY", "NO_PROXY"]) {
      delete process.env[variable];
    }
  });

  after(() => {
    server?.closeAllConnections();
    server?.close();
    proxy?.closeAllConnections();
    proxy?.close();
    rmSync(folder, { recursive: true });
  });

  function settings(): Values {
    return {
      HW_REGION_NAME: "eu-de",
      HW_PROJECT_ID: emulatorDefaults.projectId,
      HW_AUTH_TOKEN: "canary-token-1",
    };
  }

  async function lookUp(config: Values, environment: Values = {}) {
    const client = clientOf(config, { ...settings(), ...environment });
    try {
      return await client.getEndpointService({ id });
    } finally {
      await client.close();
    }
  }

  it("trusts an authority of the user's beside Node's own, through a proxy that sees host and port alone", async () => {
    process.env["HTTPS_PROXY"] = `http://user:canary-proxy@127.0.0.1:${portOf(proxy)}`;
    const service = await lookUp({
      "vpcep:endpoint": `https://${name}`,
      "vpcep:caFile": join(folder, "ca.pem"),
    });
    assert.equal(service.serviceId, id);
    assert.deepEqual(asked, ["canary-token-1"]);
    const login = Buffer.from("user:canary-proxy").toString("base64");
    assert.deepEqual(proxied, [`${name}:443 Basic ${login}`]);
  });

  it("refuses an authority that nobody trusts, whatever NODE_TLS_REJECT_UNAUTHORIZED says", async () => {
    const endpoint = `https://localhost:${portOf(server)}`;
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      const error = await errorOf(lookUp({ "vpcep:endpoint": endpoint }));
      assert.equal(error.code, "VPCEP_CONNECTION");
      assert.match(
        error.message,
        /: localhost:\d+ presented a certificate that cannot be verified \(\w+\)\. If it is to be trusted, name the authority that signed it in vpcep:caFile, OS_CACERT or NODE_EXTRA_CA_CERTS \[/,
      );
    } finally {
      if (before === undefined) {
        delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      } else {
        process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = before;
      }
    }
    assert.deepEqual(asked, []);
  });

  it("refuses a certificate of another name", async () => {
    const error = await errorOf(
      lookUp({
        "vpcep:endpoint": `https://localhost:${portOf(server)}`,
        "vpcep:caFile": join(folder, "ca.pem"),
      }),
    );
    assert.match(
      error.message,
      /: localhost:\d+ presented a certificate that is for other names \(ERR_TLS_CERT_ALTNAME_INVALID\)\. /,
    );
    assert.deepEqual(asked, []);
  });

  it("refuses TLS 1.1, even where Node itself is told to take it", async () => {
    const before = { ciphers: tls.DEFAULT_CIPHERS, version: tls.DEFAULT_MIN_VERSION };
    const files = {
      key: readFileSync(join(folder, "server.key")),
      cert: readFileSync(join(folder, "server.pem")),
    };
    Object.assign(tls, { DEFAULT_CIPHERS: "DEFAULT@SECLEVEL=0", DEFAULT_MIN_VERSION: "TLSv1" });
    server.setSecureContext({ ...files, minVersion: "TLSv1", maxVersion: "TLSv1.1" });
    process.env["HTTPS_PROXY"] = `http://127.0.0.1:${portOf(proxy)}`;
    try {
      const error = await errorOf(
        lookUp({ "vpcep:endpoint": `https://${name}`, "vpcep:caFile": join(folder, "ca.pem") }),
      );
      assert.match(error.message, /the TLS connection to vpcep\.example\.test cannot be trusted \(ERR_SSL_/);
      assert.deepEqual([error.code, asked], ["VPCEP_CONNECTION", []]);
    } finally {
      Object.assign(tls, { DEFAULT_CIPHERS: before.ciphers, DEFAULT_MIN_VERSION: before.version });
      server.setSecureContext(files);
    }
  });
});

describe("a secret", () => {
  const secrets = {
    token: "canary-token-4b1f",
    secretKey: "canary-secret-key-77aa",
    securityToken: "canary-security-token-9c0d",
    password: "canary-password-e21b",
  };
  const echo = Object.values(secrets).join(" ");
  const failures: Record<string, Reply> = {
    "an error's words": { status: 403, body: { error: { code: "EndPoint.0004", message: echo } } },
    "an error's code": { status: 400, body: { error_code: echo, error_msg: "no" } },
    "the gateway's canonical request": {
      status: 401,
      body: {
        error_code: "APIGW.0301",
        error_msg: `verify aksk signature fail, canonicalRequest:GET|x-security-token:${echo}`,
      },
    },
    "an HTML page": { status: 200, headers: { "content-type": "text/html" }, body: `<p>${echo}</p>` },
    "a broken body": {
      status: 200,
      headers: { "content-type": "application/json" },
      body: `{"id": "${echo}`,
    },
    "a wrong field": {
      status: 200,
      headers: { "content-type": "application/json" },
      body: { id, vpc_id: 5, status: echo },
    },
    "the record's id": {
      status: 200,
      headers: { "content-type": "application/json" },
      body: { ...JSON.parse(sampleEndpointService), id: echo },
    },
    "the request's id": { status: 404, headers: { "x-request-id": secrets.token }, body: {} },
    "a redirect": { status: 302, headers: { location: `https://example.test/?${echo}` }, body: "" },
    "a server's fault": { status: 500, body: { error_msg: echo } },
    throttling: { status: 429, headers: { "retry-after": "9999" }, body: { error_msg: echo } },
    "a body cut short": { breakOff: { by: "reset", afterBytes: 20 } },
  };
  const credentials: Record<string, Values> = {
    token: { HW_AUTH_TOKEN: secrets.token },
    keys: { HW_ACCESS_KEY: "A", HW_SECRET_KEY: secrets.secretKey, HW_SECURITY_TOKEN: secrets.securityToken },
    password: { HW_USER_NAME: "u", HW_USER_PASSWORD: secrets.password, HW_DOMAIN_NAME: "d" },
  };
  for (const [kind, environment] of Object.entries(credentials)) {
    for (const [where, reply] of Object.entries(failures)) {
      it(`of the kind ${kind} shows in no error that repeats it in ${where}`, async () => {
        await using emulator = await startEmulator();
        emulator.reply(() => reply);
        const client = clientOf(
          {},
          {
            HW_REGION_NAME: "eu-de",
            HW_PROJECT_ID: emulatorDefaults.projectId,
            VPCEP_ENDPOINT: emulator.url,
            HW_AUTH_URL: emulator.url,
            ...environment,
          },
        );
        const error = await errorOf(client.getEndpointService({ id }));
        await client.close();
        const shown = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`;
        for (const [name, secret] of Object.entries(secrets)) {
          if (Object.values(environment).includes(secret)) {
            assert.ok(!shown.includes(secret), `${name}: ${shown}`);
          }
        }
        // What the server has seen of it is where it has to be, and nowhere else.
        for (const request of emulator.requests) {
          const { "x-auth-token": _, "x-security-token": __, ...headers } = request.headers;
          const elsewhere = JSON.stringify([headers, request.path, request.query]);
          assert.ok(!Object.values(secrets).some((secret) => elsewhere.includes(secret)), elsewhere);
        }
      });
    }
  }
});

function portOf(server: { address(): AddressInfo | string | null }): number {
  return (server.address() as AddressInfo).port;
}
