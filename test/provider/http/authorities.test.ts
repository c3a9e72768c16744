// Proves that a file of certificate authorities is read whole or refused, and that its authorities are trusted beside
// whatever Node trusts, by each of Node's own flags.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { readCertificates } from "../../../provider/http/authorities";
import { errorOf } from "../credentials/clients";
import { hasOpenssl, makeCertificates, serverName } from "./certificates";

describe(`a file of certificate authorities${hasOpenssl ? "" : ", skipped: no openssl on PATH"}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "authorities-"));
  const file = join(folder, "authorities.pem");
  let server: Server;
  let ca: string;
  let other: string;

  before(async function () {
    if (!hasOpenssl) {
      this.skip();
    }
    makeCertificates(folder);
    const read = (name: string) => readFileSync(join(folder, name), "utf8");
    ca = read("ca.pem");
    other = read("server.pem");
    server = createServer({ key: read("server.key"), cert: other }, (_, response) => response.end());
    await once(server.listen(0, "127.0.0.1"), "listening");
  });

  after(() => {
    server?.close();
    rmSync(folder, { recursive: true });
  });

  it("is refused where it is not there, is a pipe, or is larger than any", async () => {
    const refusal = async (value: string) =>
      (await errorOf(() => readCertificates({ value, from: "OS_CACERT" }))).message;
    const large = join(folder, "large.pem");
    writeFileSync(large, ca.repeat(Math.ceil((4 * 1024 * 1024 + 1) / ca.length)));
    const must = "OS_CACERT must name a file of certificates in PEM form, but";
    assert.equal(await refusal("/none"), `${must} /none cannot be read (ENOENT) [VPCEP_CONFIG]`);
    assert.equal(await refusal(large), `${must} ${large} is larger than 4194304 bytes [VPCEP_CONFIG]`);
    if (process.platform !== "win32") {
      const pipe = join(folder, "pipe.pem");
      execFileSync("mkfifo", [pipe]);
      assert.equal(
        await refusal(pipe),
        `${must} ${pipe} is a pipe or a device, but is read again and again: name a file [VPCEP_CONFIG]`,
      );
    }
  });

  const line = (text: string) => text.split("\n");
  const damaged = (which: string) => `certificate ${which} in ${file} is damaged`;
  const unpaired = `a line that begins or ends one is missing in ${file}`;
  for (const [name, make, problem] of [
    ["an empty file", () => "", `${file} is none`],
    [
      "a file that holds no certificate",
      () => readFileSync(join(folder, "server.key"), "utf8"),
      `${file} is none`,
    ],
    ["one without its end", () => ca.replace(/-----END.*/s, ""), unpaired],
    ["one without its beginning", () => ca.replace(/^.*\n/, ""), unpaired],
    ["one without its end before another", () => `${ca.replace(/-----END.*/s, "")}${other}`, unpaired],
    ["one that lacks a line", () => line(ca).toSpliced(5, 1).join("\n"), damaged("1 of 1")],
    ["one with a strange character", () => ca.replace(/\n.{9}/, "\n!!!!!!!!!"), damaged("1 of 1")],
    ["one whose beginning lacks a hyphen", () => ca.replace("-----B", "----B"), damaged("1 of 1")],
    ["one that is indented", () => ca.replaceAll(/^/gm, "  "), damaged("1 of 1")],
    [
      "a damaged one after a good one",
      () => `${ca}\n# the other\n${line(other).toSpliced(3, 2).join("\n")}`,
      damaged("2 of 2"),
    ],
    [
      "a damaged one before a good one",
      () => `${line(other).toSpliced(3, 2).join("\n")}${ca}`,
      damaged("1 of 2"),
    ],
  ] as const) {
    it(`is refused for ${name}`, async () => {
      writeFileSync(file, make());
      const error = await errorOf(() => readCertificates({ value: file, from: "OS_CACERT" }));
      assert.equal(
        error.message,
        `OS_CACERT must name a file of certificates in PEM form, but ${problem} [VPCEP_CONFIG]`,
      );
    });
  }

  for (const [name, flags, environment, trusted] of [
    ["no flag", [], {}, true],
    ["--use-openssl-ca", ["--use-openssl-ca"], {}, true],
    ["--use-system-ca", ["--use-system-ca"], {}, true],
    ["NODE_EXTRA_CA_CERTS of another", [], { NODE_EXTRA_CA_CERTS: "server.pem" }, true],
    ["NODE_EXTRA_CA_CERTS alone", [], { NODE_EXTRA_CA_CERTS: "ca.pem" }, false],
    ["the store of --use-openssl-ca alone", ["--use-openssl-ca"], { SSL_CERT_FILE: "ca.pem" }, false],
  ] as const) {
    it(`adds to what Node trusts with ${name}`, async () => {
      const given = trusted ? ca : other;
      writeFileSync(file, `a comment\n${given}\n${other.replaceAll("\n", "\r\n")}`);
      const script = `
        const { readCertificates, secureContextWith } = require("./provider/http/authorities");
        const { connect } = require("node:tls");
        const secureContext = secureContextWith(readCertificates({ value: ${JSON.stringify(file)}, from: "caFile" }));
        const { port, host, servername } = ${JSON.stringify({ ...(server.address() as AddressInfo), host: "127.0.0.1", servername: serverName })};
        const socket = connect({ port, host, servername, secureContext }, () => {
          console.log("trusted");
          socket.end();
        });`;
      const files = Object.entries(environment).map(([key, value]) => [key, join(folder, value)]);
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [...flags, "--import", "tsx", "--eval", script],
        { env: { ...process.env, ...Object.fromEntries(files) } },
      );
      assert.equal(stdout, "trusted\n");
    });
  }
});
