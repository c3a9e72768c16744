// What every operation of the embedded engine has in common: a journal that becomes its result, and a provider that is
// started when it is first needed and ended for certain. Used by embeddedEngine.ts.
import { Journal } from "./journal";
import type { Project } from "./project";
import { type Properties, shownOutputs, withoutSecrets } from "./propertyValues";
import { ProviderHost } from "./providerHost";
import { render } from "./render";
import type { OperationResult } from "./stack";

/** What an operation runs with. */
export interface Session {
  readonly journal: Journal;
  readonly provider: () => Promise<ProviderHost>;
}

/** Runs an operation, which answers the stack's outputs. */
export async function runSession(
  operation: string,
  { project, stack, config, env, node }: SessionOptions,
  body: (session: Session) => Promise<Properties>,
): Promise<OperationResult> {
  const secrets = Object.values(config).filter((value) => typeof value !== "string");
  const journal = new Journal(
    operation === "preview" ? "preview" : "update",
    secrets.map((value) => String(withoutSecrets(value))),
  );
  // The project's name is what the provider looks up a key without a namespace under.
  const names = { PULUMI_NODEJS_PROJECT: project.name, PULUMI_PROJECT: project.name };
  const providerEnv = { ...env, ...names, PULUMI_CONFIG: "{}" };
  let host: Promise<ProviderHost> | undefined;
  const provider = () => {
    host ??= ProviderHost.start(
      project.programFolder,
      config,
      providerEnv,
      (line) => journal.log("info", line),
      node,
    );
    return host;
  };
  let outputs: Properties;
  try {
    outputs = await body({ journal, provider });
  } finally {
    await (await host?.catch(() => undefined))?.end();
  }
  journal.close();
  const { steps, diagnostics, failed } = journal;
  const shown = shownOutputs(outputs);
  const output = render(`${operation} (${stack})`, steps, shown, diagnostics, !failed);
  return { succeeded: !failed, output, diagnostics, steps, outputs: shown };
}

/** Where an operation runs. */
export interface SessionOptions {
  readonly project: Project;
  readonly stack: string;
  /** As the provider is given it: whole keys, secrets marked. */
  readonly config: Properties;
  readonly env: NodeJS.ProcessEnv;
  readonly node: string;
}
