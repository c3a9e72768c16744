// Certificates for servers of the tests: an authority of our own, in a folder. Made with openssl, where there is one.
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The name that the server's certificate is for, beside 127.0.0.1. */
export const serverName = "vpcep.example.test";

/** Makes an authority, `ca.pem`, and what a server of one name needs, `server.key` and `server.pem`. */
export function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  const newKey = ["-newkey", "rsa:2048", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...newKey, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test authority");
  openssl(
    "req",
    ...newKey,
    "-keyout",
    "server.key",
    "-out",
    "server.csr",
    "-subj",
    `/CN=${serverName}`,
    "-addext",
    `subjectAltName=DNS:${serverName},IP:127.0.0.1`,
  );
  openssl(
    "x509",
    "-req",
    "-in",
    "server.csr",
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-days",
    "2",
    "-copy_extensions",
    "copy",
    "-out",
    "server.pem",
  );
}

/** Makes one more certificate of the server's key, `${file}.pem`, for a time such as 20200101000000Z. */
export function makeCertificateFor(folder: string, file: string, begin: string, end: string): void {
  const lines = [
    "[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=any",
    "certificate=ca.pem\nprivate_key=ca.key\ncopy_extensions=copy\nunique_subject=no\n[any]\ncommonName=supplied\n",
  ];
  writeFileSync(join(folder, "ca.cnf"), lines.join("\n"));
  writeFileSync(join(folder, "index.txt"), "");
  const times = ["-startdate", begin, "-enddate", end];
  execFileSync(
    "openssl",
    ["ca", "-batch", "-notext", "-config", "ca.cnf", "-in", "server.csr", "-out", `${file}.pem`, ...times],
    { cwd: folder, stdio: "ignore" },
  );
}

export const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
