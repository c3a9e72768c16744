// Proves whom an error names when no connection comes about: the proxy, or the host, whichever it was, with what to do
// about it. Over real proxies; the lookups are whole, so that the messages are those that users read.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { inspect } from "node:util";
import { emulatorDefaults, sampleEndpointService } from "../../../sdk/testing";
import { clientOf, errorOf } from "../credentials/clients";
import { hasOpenssl, makeCertificateFor, makeCertificates, serverName } from "./certificates";

const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${sampleEndpointService.length}\r\n\r\n${sampleEndpointService}`;
const established = "HTTP/1.1 200 Connection established\r\n\r\n";
const password = "canary-p@ss/w:rd#?%";
const login = `user:${encodeURIComponent(password)}`;
const credential = {
  HW_REGION_NAME: "eu-de",
  HW_PROJECT_ID: emulatorDefaults.projectId,
  HW_AUTH_TOKEN: "canary-token-1",
};
const { id } = JSON.parse(sampleEndpointService) as { id: string };

/** What a server does with each connection. */
type Serve = (socket: Socket) => void;

const answers =
  (text: string): Serve =>
  (socket) =>
    socket.once("data", () => socket.end(text));
const hangsUp: Serve = (socket) => socket.once("data", () => socket.end());

describe(`who is to blame${hasOpenssl ? "" : ", skipped: no openssl on PATH"}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "blame-"));
  const servers: Server[] = [];

  before(function () {
    if (!hasOpenssl) {
      this.skip();
    }
    makeCertificates(folder);
    makeCertificateFor(folder, "expired", "20200101000000Z", "20200201000000Z");
    makeCertificateFor(folder, "future", "20900101000000Z", "20900201000000Z");
  });

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close();
    }
    for (const name of ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "NO_PROXY", "no_proxy"]) {
      delete process.env[name];
    }
  });

  after(() => rmSync(folder, { recursive: true }));

  async function listen(server: Server): Promise<string> {
    server.on("connection", (socket) => socket.on("error", () => {}));
    servers.push(server);
    await once(server.listen(0, "127.0.0.1"), "listening");
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const plain = (serve: Serve) => listen(createServer(serve));

  const secure = (serve: Serve, options: TlsOptions & { readonly file?: string } = {}) =>
    listen(
      createTlsServer(
        {
          key: readFileSync(join(folder, "server.key")),
          cert: readFileSync(join(folder, `${options.file ?? "server"}.pem`)),
          ...options,
        },
        (socket) => {
          socket.on("error", () => {});
          serve(socket);
        },
      ),
    );

  /** A tunnel to one server, whatever is asked for. */
  const tunnelTo = (address: string, opening = established): Serve => {
    const [host, port] = address.split(":");
    return (socket) =>
      socket.once("data", () => {
        const upstream = connect(Number(port), host, () => {
          socket.write(opening);
          upstream.pipe(socket).pipe(upstream);
        });
        upstream.on("error", () => socket.destroy());
      });
  };

  /** The message of the error of a lookup, with the proxy's and the host's address as PROXY and HOST. */
  async function blame(
    proxy: string | undefined,
    { endpoint = `https://${serverName}`, trusts = false } = {},
  ): Promise<{ readonly said: string; readonly connections: number }> {
    let connections = 0;
    for (const server of servers) {
      server.on("connection", () => connections++);
    }
    if (proxy !== undefined) {
      process.env["HTTPS_PROXY"] = proxy;
    }
    const client = clientOf(
      {
        "vpcep:endpoint": endpoint,
        "vpcep:attemptTimeoutMs": "300",
        "vpcep:maxAttempts": "2",
        ...(trusts ? { "vpcep:caFile": join(folder, "ca.pem") } : {}),
      },
      credential,
    );
    try {
      const error = await errorOf(client.getEndpointService({ id }));
      const shown = inspect(error, { depth: 9, showHidden: true });
      for (const secret of [
        password,
        encodeURIComponent(password),
        "canary",
        Buffer.from(`user:${password}`).toString("base64"),
      ]) {
        assert.ok(!shown.includes(secret), shown);
      }
      const [, what = ""] = /^Cannot read .*? \(.*?\): (.*)$/.exec(error.message) ?? [];
      const said = what
        // OpenSSL has named it twice.
        .replace("SSLV3_ALERT", "SSL/TLS_ALERT")
        .replace("cannot be resolved now (EAI_AGAIN)", "does not exist (ENOTFOUND)")
        .replaceAll(proxy?.split(/[/@]/).at(-1) ?? "no proxy", "PROXY")
        .replaceAll(new URL(endpoint).host, "HOST")
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "NOW");
      return { said, connections };
    } finally {
      await client.close();
    }
  }

  const way = "Proxy: PROXY (HTTPS_PROXY), and no entry of NO_PROXY matches.";
  const reach = "Check HTTPS_PROXY, and that this machine can reach PROXY [VPCEP_CONNECTION]";
  const tls =
    "Check whether HTTPS_PROXY must begin with https://, and that this machine can reach PROXY [VPCEP_CONNECTION]";
  const past =
    "Check that the proxy can reach HOST and may, or name HOST in NO_PROXY if it needs none [VPCEP_CONNECTION]";
  const trust =
    "If it is to be trusted, name the authority that signed it in vpcep:caFile, OS_CACERT or NODE_EXTRA_CA_CERTS";
  const clock =
    "Check this machine's clock, which says NOW, and the authorities in vpcep:caFile, OS_CACERT or NODE_EXTRA_CA_CERTS";

  for (const [name, address, said] of [
    [
      "is dead",
      async () => "http://127.0.0.1:1",
      `the proxy PROXY (HTTPS_PROXY) refused the connection (ECONNREFUSED) (2 attempts). ${way} ${reach}`,
    ],
    [
      "has no such name",
      async () => "http://proxy.invalid:3128",
      `the proxy PROXY (HTTPS_PROXY) has no address in DNS (ENOTFOUND) (2 attempts). ${way} ${reach}`,
    ],
    [
      "hangs up",
      async () => `http://${login}@${await plain(hangsUp)}`,
      `the proxy PROXY (HTTPS_PROXY) closed the connection (UND_ERR_SOCKET) (2 attempts). ${way} ${tls}`,
    ],
    [
      "never answers",
      async () => `http://${await plain(() => {})}`,
      `the proxy PROXY (HTTPS_PROXY) gave no whole answer within 0.3 s, while connecting (2 attempts). ${way} ${reach.replace("CONNECTION", "TIMEOUT")}`,
    ],
    [
      "answers garbage",
      async () => `http://${await plain(answers("SSH-2.0-OpenSSH_9.6\r\n"))}`,
      `the answer of the proxy PROXY (HTTPS_PROXY) cannot be used: it is not HTTP. ${way} Check that HTTPS_PROXY names a proxy, and whether it begins with https:// [VPCEP_CONNECTION]`,
    ],
    [
      "wants another password",
      async () => `http://${login}@${await plain(answers("HTTP/1.1 407 canary-p@ss\r\n\r\n"))}`,
      `the proxy PROXY (HTTPS_PROXY) refused to connect to HOST (407). ${way} Check the user name and the password in HTTPS_PROXY [VPCEP_CONNECTION]`,
    ],
    [
      "forbids it",
      async () => `http://${await plain(answers("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"))}`,
      `the proxy PROXY (HTTPS_PROXY) refused to connect to HOST (403). ${way} ${past}`,
    ],
    [
      "cannot connect",
      async () => `http://${await plain(answers("HTTP/1.1 502 Bad Gateway\r\n\r\n"))}`,
      `the proxy PROXY (HTTPS_PROXY) refused to connect to HOST (502) (2 attempts). ${way} ${past}`,
    ],
    [
      "speaks plain http at an https address",
      async () => `https://${login}@${await plain(answers("HTTP/1.1 400 Bad Request\r\n\r\n"))}`,
      `the proxy PROXY (HTTPS_PROXY) does not speak TLS (ERR_SSL_WRONG_VERSION_NUMBER). ${way} Write http:// in place of https:// in HTTPS_PROXY, or name the port at which it does [VPCEP_CONNECTION]`,
    ],
    [
      "speaks TLS at an http address",
      async () => `http://${await secure(() => {})}`,
      `the proxy PROXY (HTTPS_PROXY) closed the connection (UND_ERR_SOCKET) (2 attempts). ${way} ${tls}`,
    ],
    [
      "says that it speaks TLS at an http address",
      async () => `http://${await plain(answers("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"))}`,
      `the proxy PROXY (HTTPS_PROXY) refused to connect to HOST (400). ${way} Check whether HTTPS_PROXY must begin with https://. ${past}`,
    ],
    [
      "hangs up at an https address",
      async () => `https://${await plain(hangsUp)}`,
      `the proxy PROXY (HTTPS_PROXY) reset the connection (ECONNRESET) (2 attempts). ${way} ${reach}`,
    ],
    [
      "has a certificate nobody trusts",
      async () => `https://${(await secure(() => {})).replace("127.0.0.1", "localhost")}`,
      `the proxy PROXY (HTTPS_PROXY) presented a certificate that cannot be verified (UNABLE_TO_VERIFY_LEAF_SIGNATURE). ${way} ${trust} [VPCEP_CONNECTION]`,
    ],
    [
      "answers in the host's place, in plain http",
      async () =>
        `http://${await plain((socket) =>
          socket.once("data", () => {
            socket.write(established);
            socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
          }),
        )}`,
      `the proxy PROXY (HTTPS_PROXY) answered in place of HOST, and not with TLS (ERR_SSL_WRONG_VERSION_NUMBER). ${way} Check that HTTPS_PROXY names a proxy that connects to HOST, or name HOST in NO_PROXY if it needs none [VPCEP_CONNECTION]`,
    ],
    [
      "hangs up in its tunnel",
      async () => `http://${await plain((socket) => socket.once("data", () => socket.end(established)))}`,
      `the proxy PROXY (HTTPS_PROXY) reset the connection to HOST (ECONNRESET) (2 attempts). ${way} ${past}`,
    ],
  ] as const) {
    it(`is the proxy that ${name}`, async () => {
      assert.equal((await blame(await address())).said, said);
    });
  }

  const demands = { requestCert: true, rejectUnauthorized: true } as const;
  const none = "demands a certificate of the client, which is not supported";
  for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
    const code = maxVersion === "TLSv1.3" ? "UND_ERR_SOCKET" : "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE";

    it(`is the host that demands a certificate of the client, for good, with ${maxVersion}`, async () => {
      const endpoint = `https://${await secure(() => {}, { ...demands, maxVersion })}`;
      assert.deepEqual(await blame(undefined, { endpoint, trusts: true }), {
        said: `HOST ${none} (${code}). Use an endpoint that demands none [VPCEP_CONNECTION]`,
        connections: 1,
      });
    });

    it(`is the host that demands one through a proxy, with ${maxVersion}`, async () => {
      const host = await secure(() => {}, { ...demands, maxVersion });
      const { said } = await blame(`http://${await plain(tunnelTo(host))}`, { trusts: true });
      assert.equal(
        said,
        `HOST ${none} (${code}). ${way} Use an endpoint that demands none [VPCEP_CONNECTION]`,
      );
    });

    it(`is the proxy that demands one, with ${maxVersion}`, async () => {
      const proxy = `https://${await secure(() => {}, { ...demands, maxVersion })}`;
      assert.deepEqual(await blame(proxy, { trusts: true }), {
        said: `the proxy PROXY (HTTPS_PROXY) ${none} (${code}). ${way} Use a proxy that demands none [VPCEP_CONNECTION]`,
        connections: 1,
      });
    });
  }

  for (const [file, problem, step, trusts] of [
    ["expired", "has expired (CERT_HAS_EXPIRED)", clock, true],
    ["future", "is not yet valid (CERT_NOT_YET_VALID)", clock, true],
    ["server", "cannot be verified (UNABLE_TO_VERIFY_LEAF_SIGNATURE)", trust, false],
  ] as const) {
    it(`is the host whose certificate ${problem}`, async () => {
      const endpoint = `https://${await secure(() => {}, { file })}`;
      assert.deepEqual(await blame(undefined, { endpoint, trusts }), {
        said: `HOST presented a certificate that ${problem}. ${step} [VPCEP_CONNECTION]`,
        connections: 1,
      });
    });

    it(`is the host whose certificate, through a proxy, ${problem}`, async () => {
      const { said } = await blame(`http://${await plain(tunnelTo(await secure(() => {}, { file })))}`, {
        trusts,
      });
      assert.equal(
        said,
        `HOST presented a certificate that ${problem}. ${way} ${step}; a proxy that opens TLS has its own [VPCEP_CONNECTION]`,
      );
    });

    it(`is the proxy whose certificate ${problem}`, async () => {
      const { said } = await blame(`https://${await secure(() => {}, { file })}`, { trusts });
      assert.equal(
        said,
        `the proxy PROXY (HTTPS_PROXY) presented a certificate that ${problem}. ${way} ${step} [VPCEP_CONNECTION]`,
      );
    });
  }

  it("is the proxy whose certificate has the host's name, and not its own", async () => {
    const proxy = (await secure(() => {})).replace("127.0.0.1", "localhost");
    const { said } = await blame(`https://${proxy}`, { trusts: true });
    assert.equal(
      said,
      `the proxy PROXY (HTTPS_PROXY) presented a certificate that is for other names (ERR_TLS_CERT_ALTNAME_INVALID). ${way} ${reach}`,
    );
  });

  const reachHost =
    "Check the region, the endpoint and the proxy settings, and that this machine can reach HOST";

  it("is the host that speaks plain http, where no proxy is asked", async () => {
    const endpoint = `https://${await plain(answers("HTTP/1.1 400 Bad Request\r\n\r\n"))}`;
    assert.deepEqual(await blame(undefined, { endpoint }), {
      said: `HOST does not speak TLS (ERR_SSL_WRONG_VERSION_NUMBER). ${reachHost} [VPCEP_CONNECTION]`,
      connections: 1,
    });
  });

  it("is the host that is given up in a tunnel, and the proxy is named beside it", async () => {
    const { said } = await blame(
      `http://${await plain((socket) => socket.once("data", () => socket.write(established)))}`,
    );
    assert.equal(
      said,
      `HOST gave no whole answer within 0.3 s, while connecting (2 attempts). ${way} ${reachHost} [VPCEP_TIMEOUT]`,
    );
  });

  it("is the host that is not asked through the proxy, for the entry of NO_PROXY that is named", async () => {
    process.env["NO_PROXY"] = "other.test, .invalid";
    const { said } = await blame("http://127.0.0.1:1", { endpoint: "https://vpcep.invalid" });
    assert.equal(
      said,
      `HOST has no address in DNS (ENOTFOUND) (2 attempts). Proxy: none, since the entry .invalid of NO_PROXY matches. ${reachHost} [VPCEP_CONNECTION]`,
    );
  });

  for (const scheme of ["http", "https"]) {
    it(`is nobody, through a proxy by ${scheme} with a login`, async () => {
      const host = await secure((socket) => socket.on("data", () => socket.write(answer)));
      let asked = "";
      const serve: Serve = (socket) => {
        socket.once("data", (bytes) => {
          asked = bytes.toString("latin1");
        });
        tunnelTo(host)(socket);
      };
      const address = await (scheme === "http" ? plain(serve) : secure(serve));
      process.env["HTTPS_PROXY"] = `${scheme}://${login}@${address}`;
      const client = clientOf(
        { "vpcep:endpoint": `https://${serverName}`, "vpcep:caFile": join(folder, "ca.pem") },
        credential,
      );
      try {
        assert.equal((await client.getEndpointService({ id })).serviceId, id);
      } finally {
        await client.close();
      }
      const sent = Buffer.from(`user:${password}`).toString("base64");
      assert.ok(asked.startsWith(`CONNECT ${serverName}:443 HTTP/1.1\r\nhost: ${serverName}:443\r\n`), asked);
      assert.ok(asked.includes(`\r\nproxy-authorization: Basic ${sent}\r\n`), asked);
    });
  }

  for (const scheme of ["socks", "socks4", "socks4a", "socks5", "socks5h"]) {
    for (const variable of ["HTTPS_PROXY", "https_proxy"]) {
      it(`is ${variable} that names a ${scheme} proxy, to which nothing is sent`, async () => {
        let connections = 0;
        const proxy = await plain(() => connections++);
        const warnings: Error[] = [];
        const onWarning = (warning: Error) => warnings.push(warning);
        process.on("warning", onWarning);
        process.env[variable] = `${scheme}://${login}@${proxy}`;
        const error = await errorOf(() =>
          clientOf({ "vpcep:endpoint": "https://vpcep.example.test" }, credential),
        );
        assert.equal(
          error.message,
          `${variable} names a ${scheme}:// proxy, which is not supported: name an http:// or https:// one, or unset it [VPCEP_CONFIG]`,
        );
        await new Promise(setImmediate);
        process.off("warning", onWarning);
        assert.deepEqual([connections, warnings], [0, []]);
      });
    }
  }

  for (const status of ["201 Created", "204 No Content", "299 Whatever"]) {
    it(`is the host where the proxy opens its tunnel with ${status}`, async () => {
      const host = await secure(answers("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"));
      const proxy = await plain(tunnelTo(host, `HTTP/1.1 ${status}\r\n\r\n`));
      assert.match((await blame(`http://${proxy}`, { trusts: true })).said, /^HOST answered 403/);
    });
  }

  for (const [why, environment, isNear] of [
    ["the host is on this machine", { HTTPS_PROXY: "socks5://proxy.test:1" }, true],
    ["NO_PROXY has the host", { HTTPS_PROXY: "socks5://proxy.test:1", NO_PROXY: "*" }, false],
    ["another proxy is asked", { HTTPS_PROXY: "PROXY", HTTP_PROXY: "socks5://proxy.test:1" }, false],
  ] as const) {
    it(`is no proxy that cannot be used where ${why}`, async () => {
      const host = await secure(answers("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"));
      const proxy = `http://${await plain(tunnelTo(host))}`;
      Object.assign(process.env, environment);
      const { said } = await blame(environment.HTTPS_PROXY === "PROXY" ? proxy : undefined, {
        trusts: true,
        ...(isNear ? { endpoint: `https://${host}` } : {}),
      });
      assert.doesNotMatch(said, /socks/);
      assert.match(said, "NO_PROXY" in environment ? /^HOST has [^.]+ \(ENOTFOUND\)/ : /^HOST answered 403/);
    });
  }

  it("is the proxy that cannot be used for IAM alone, and the host is not asked", async () => {
    process.env["HTTPS_PROXY"] = "socks5://proxy.test:1";
    let connections = 0;
    const host = await secure(() => connections++);
    const client = clientOf(
      { "vpcep:endpoint": `https://${host}`, "vpcep:authUrl": "https://iam.example.test" },
      { ...credential, HW_PROJECT_ID: "" },
    );
    try {
      const { code, message } = await errorOf(client.getEndpointService({ id }));
      assert.equal(code, "VPCEP_CONFIG");
      assert.match(
        message,
        /: HTTPS_PROXY names a socks5:\/\/ proxy, which is not supported: [^.]+ \[VPCEP_CONFIG\]$/,
      );
      assert.equal(connections, 0);
    } finally {
      await client.close();
    }
  });

  it("is whoever answers in the host's place and repeats the password, of which nothing is shown", async () => {
    const body = JSON.stringify({
      error: { code: "x", message: `no ${password} ${encodeURIComponent(password)}` },
    });
    const host = await secure(
      answers(`HTTP/1.1 403 Forbidden\r\ncontent-length: ${body.length}\r\n\r\n${body}`),
    );
    const { said } = await blame(`http://${login}@${await plain(tunnelTo(host))}`, { trusts: true });
    assert.match(said, /^HOST answered 403 x: no \[redacted\] \[redacted\]\. /);
  });

  it("is the variable whose address is none, and no part of it is shown", async () => {
    process.env["HTTPS_PROXY"] = "http://user:canary-1/canary-2@proxy.example.test:8080";
    const error = await errorOf(() => clientOf({}, credential));
    assert.equal(
      error.message,
      "HTTPS_PROXY is not an address such as http://proxy.example.com:8080: percent-encode @ : / # ? and % in its user name and password [VPCEP_CONFIG]",
    );
    assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes("canary"));
  });
});
