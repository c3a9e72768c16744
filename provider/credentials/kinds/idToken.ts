// Where an identity token comes from: a file that somebody writes anew, a setting or a variable, or GitHub Actions.
// Used by oidc.ts.
import { resolve } from "node:path";
import { type Fault, VpcepError } from "../../errors/errors";
import { type FileProblem, readTextFile } from "../../files/textFile";
import { HttpProblem } from "../../http/httpProblem";
import { headerValueProblem, issuedIdTokenSchema, longestHeaderValue } from "../../schema/identity";
import { inHome } from "../../settings/files";
import { checkOrigin } from "../../settings/hosts";
import { requestTokenVariable } from "../../settings/table";
import type { IdentityApi } from "./identityApi";
import type { Parts } from "./parts";

/** Where an identity token is found whenever one is needed. `from` is how an error calls it. */
export type IdTokenSource =
  | { readonly kind: "file"; readonly path: string; readonly from: string }
  | { readonly kind: "text"; readonly text: string; readonly from: string }
  | {
      readonly kind: "request";
      readonly origin: string;
      readonly path: string;
      readonly requestToken: string;
      readonly from: string;
    };

const requestVariables = ["ACTIONS_ID_TOKEN_REQUEST_URL", requestTokenVariable] as const;

/** How long GitHub Actions may take, retries included. */
const requestTimeoutMs = 20_000;

/** The source that the settings name, else GitHub Actions where it offers one. */
export function idTokenSourceOf({ get, nameOf, from, machine, family }: Parts): IdTokenSource {
  const [file, variable, text] = [get("oidc.idTokenFile"), get("oidc.idTokenVariable"), get("oidc.idToken")];
  if (text !== undefined) {
    const name = nameOf("oidc.idToken") ?? "";
    return { kind: "text", text: checked(text, name), from: name };
  }
  if (file !== undefined) {
    const path = inHome(file, machine.home);
    // It is read again and again, wherever the program has gone meanwhile.
    return { kind: "file", path: resolve(path), from: `${path} (${nameOf("oidc.idTokenFile")})` };
  }
  if (variable !== undefined) {
    const named = `${variable} (${nameOf("oidc.idTokenVariable")})`;
    return { kind: "text", text: checked(machine.environment[variable] ?? "", named), from: named };
  }
  const [url, requestToken] = requestVariables.map((name) => machine.environment[name] ?? "");
  if (!url || !requestToken) {
    const names = (["oidc.idTokenFile", "oidc.idTokenVariable", "oidc.idToken"] as const).flatMap((key) =>
      family.namesOf(key, ""),
    );
    throw problem(
      `${from} is set, but there is no identity token: set ${names.join(" or ")}, or give the job of GitHub Actions \`permissions: id-token: write\`, which sets ${requestVariables.join(" and ")}`,
      { settings: names, missing: "any" },
    );
  }
  return requestSource(url, requestToken, get("oidc.audience"));
}

function requestSource(url: string, requestToken: string, audience: string | undefined): IdTokenSource {
  const [urlName, tokenName] = requestVariables;
  const origin = checkOrigin(url.replace(/[?#].*/s, ""), urlName, /^/);
  const wrong = headerValueProblem(requestToken);
  if (wrong !== undefined) {
    throw problem(`${tokenName} ${wrong}: let the job set it`);
  }
  const { pathname, search } = new URL(url);
  const query = audience === undefined ? "" : `audience=${encodeURIComponent(audience)}`;
  const joint = query === "" ? "" : search === "" ? "?" : "&";
  const path = `${pathname}${search}${joint}${query}`;
  return { kind: "request", origin, path, requestToken, from: "GitHub Actions" };
}

/** The secrets that a source holds from the beginning. */
export function secretsOfSource(source: IdTokenSource): string[] {
  switch (source.kind) {
    case "file":
      return [];
    case "text":
      return [source.text];
    default:
      return [source.requestToken];
  }
}

/** The identity token of the moment; known as a secret before it is anything else. */
export async function readIdToken(source: IdTokenSource, api: IdentityApi): Promise<string> {
  switch (source.kind) {
    case "file": {
      const token = checked(textOfFile(source.path, source.from), source.from);
      api.secrets.add(token);
      return token;
    }
    case "text":
      return source.text;
    default:
      return requested(source, api);
  }
}

function textOfFile(path: string, from: string): string {
  try {
    // Room for what stands around the longest one.
    return readTextFile(path, 2 * longestHeaderValue);
  } catch (error) {
    throw problem(`The file of the identity token, ${from}, ${(error as FileProblem).message}`);
  }
}

/** A token without what editors and shells leave around it. */
function checked(text: string, from: string): string {
  const token = text.trim();
  if (token === "") {
    throw problem(`The identity token is empty: ${from}`);
  }
  const wrong = headerValueProblem(token, "none");
  if (wrong !== undefined) {
    throw problem(`The identity token ${wrong}: ${from}`);
  }
  return token;
}

async function requested(
  { origin, path, requestToken }: Extract<IdTokenSource, { kind: "request" }>,
  api: IdentityApi,
): Promise<string> {
  const { host } = new URL(origin);
  const headers = { accept: "application/json", authorization: `bearer ${requestToken}` };
  const answer = await api
    .sendOpenly(requestTimeoutMs, (send) => send({ method: "GET", origin, path, headers }))
    .catch((error: unknown) => {
      throw error instanceof HttpProblem ? unanswered(error, host) : error;
    });
  if (answer.status !== 200) {
    throw refused(answer.status, host);
  }
  try {
    const token = issuedIdTokenSchema.parse(JSON.parse(answer.text));
    api.secrets.add(token);
    return token;
  } catch {
    throw new VpcepError(
      "VPCEP_RESPONSE",
      `GitHub Actions gave no identity token: ${host} answered something else`,
    );
  }
}

/** Only what refuses the job is the job's own fault. */
function refused(status: number, host: string): VpcepError {
  const [code, step] =
    status === 429
      ? (["VPCEP_THROTTLED", "Run again in a minute, or with fewer jobs at a time"] as const)
      : status >= 500 || status === 408 || status === 425
        ? (["VPCEP_API", "The fault is on GitHub's side: run again later"] as const)
        : status >= 400
          ? ([
              "VPCEP_AUTH",
              "Check that the job has `permissions: id-token: write`, and has not ended",
            ] as const)
          : ([
              "VPCEP_RESPONSE",
              `Check that ${host} is GitHub's own host, and that no proxy answers in its place`,
            ] as const);
  return new VpcepError(code, `GitHub Actions gave no identity token: ${host} answered ${status}. ${step}`, {
    status,
  });
}

function unanswered({ kind, message }: HttpProblem, host: string): VpcepError {
  const none = "GitHub Actions gave no identity token";
  return kind === "timeout"
    ? new VpcepError("VPCEP_TIMEOUT", `${none}: ${host} gave ${message}`)
    : new VpcepError("VPCEP_CONNECTION", `${none}: ${message}`);
}

function problem(message: string, fault?: Fault): VpcepError {
  return new VpcepError("VPCEP_CONFIG", message, { fault });
}
