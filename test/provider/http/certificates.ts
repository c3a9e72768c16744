// Certificates for servers of the tests: an authority of our own, in a folder. Made with openssl, where there is one.
import { execFileSync, spawnSync } from "node:child_process";

/** The name that the server's certificate is for. */
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
    `subjectAltName=DNS:${serverName}`,
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

export const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
