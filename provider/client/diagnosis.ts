// The steps before a lookup's own request, one at a time, so that the command's doctor can tell which of them fails.
// Made by client.ts for each client.
import type { CredentialProvider } from "../credentials/credential";
import type { IdentityApi } from "../credentials/identityApi";
import { projectOf } from "../credentials/project";
import { type VisibleProject, visibleProjects } from "../credentials/visibleProjects";
import { errorOfTimeout } from "../errors/answerErrors";
import { Deadline, DeadlinePassed } from "../http/deadline";
import type { Session } from "../requests/session";
import type { Configuration } from "./configuration";

/** What the steps are made with: what every lookup of the client is made with. */
export interface DiagnosisParts {
  readonly configuration: Configuration;
  readonly session: Session;
  readonly provider: CredentialProvider;
  readonly identity: IdentityApi;
}

/** The steps before a request. Each fails with a `VpcepError` that names no lookup. */
export class Diagnosis {
  readonly #parts: DiagnosisParts;

  constructor(parts: DiagnosisParts) {
    this.#parts = parts;
  }

  /** Obtains the credential, where it is exchanged for another. */
  async authenticate(): Promise<void> {
    const { provider } = this.#parts;
    await this.#step((deadline) => provider.current(deadline));
  }

  /** The project that is asked. */
  async findProject(): Promise<string> {
    const { configuration, provider, identity } = this.#parts;
    return (
      configuration.projectId ??
      this.#step((deadline) =>
        projectOf(configuration.credential, configuration, provider, identity, deadline),
      )
    );
  }

  /** All projects that IAM shows the credential. */
  async listProjects(): Promise<readonly VisibleProject[]> {
    const { configuration, provider, identity } = this.#parts;
    return this.#step((deadline) =>
      deadline.wait(
        "waiting for the projects",
        visibleProjects(configuration.authUrl, identity.sendWith(provider)),
        new URL(configuration.authUrl).host,
      ),
    );
  }

  /** How far the clock of VPCEP's host is ahead of this machine's, in milliseconds, as far as its answers have told. */
  get clockDifferenceMs(): number {
    const { configuration, session } = this.#parts;
    return session.host(configuration.endpoint).clock.differenceMs;
  }

  async #step<Value>(work: (deadline: Deadline) => Promise<Value>): Promise<Value> {
    const { configuration, session } = this.#parts;
    using _running = session.lookup();
    try {
      return await work(new Deadline(configuration.timeoutMs));
    } catch (error) {
      throw error instanceof DeadlinePassed ? errorOfTimeout(error, 0) : error;
    }
  }
}
