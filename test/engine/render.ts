// An operation's result as text, as a user would read it. A leaf of the embedded engine.
import type { Diagnostic, Step } from "./stack";

const signs: Readonly<Record<string, string>> = {
  create: "+",
  "create-replacement": "++",
  update: "~",
  refresh: "~",
  replace: "+-",
  delete: "-",
  "delete-replaced": "--",
  read: ">",
  "read-replacement": ">>",
  discard: "<",
  "discard-replaced": "<<",
};

/** What happened, the messages, and the outputs. */
export function render(
  title: string,
  steps: readonly Step[],
  outputs: Readonly<Record<string, unknown>>,
  diagnostics: readonly Diagnostic[],
  succeeded: boolean,
): string {
  const done = steps
    .filter(({ op, urn }) => op !== "same" && !urn.includes("::pulumi:providers:"))
    .map(({ op, urn }) => `  ${(signs[op] ?? " ").padEnd(2)} ${urn.split("::").slice(2).join(" ")} ${op}`);
  const messages = diagnostics.map(({ severity, message }) =>
    severity === "info" ? message : `${severity}: ${message}`,
  );
  const values = Object.entries(outputs).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return [
    `${title}:`,
    ...done,
    ...(messages.length > 0 ? ["Diagnostics:", ...messages] : []),
    ...(values.length > 0 ? ["Outputs:", ...values] : []),
    succeeded ? "succeeded" : "failed",
  ].join("\n");
}
