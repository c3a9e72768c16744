// The steps before a lookup's own request, one at a time, so that the command's doctor can tell which of them fails.
// Made by client.ts for each client.
import type { Authentication } from "../credentials/chosen";
import type { CredentialProvider } from "../credentials/kinds/credential";
import type { IdentityApi } from "../credentials/kinds/identityApi";
import { projectOf } from "../credentials/project";
import { type VisibleProject, visibleProjects } from "../credentials/visibleProjects";
import { errorOfTimeout } from "../errors/answerErrors";
import { Deadline, DeadlinePassed } from "../http/deadline";
import type { Session } from "../requests/session";
import type { Settings } from "../settings/settingsTypes";

/** What the steps are made with: what every lookup of the client is made with. */
export interface DiagnosisParts {
  readonly settings: Settings;
  readonly authentication: Authentication;
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
    const { settings, authentication, provider, identity } = this.#parts;
    return (
      settings.projectId ??
      this.#step((deadline) => projectOf(authentication, settings, provider, identity, deadline))
    );
  }

  /** All projects that IAM shows the credential. */
  async listProjects(): Promise<readonly VisibleProject[]> {
    const { settings, provider, identity } = this.#parts;
    return this.#step((deadline) =>
      deadline.wait(
        "waiting for the projects",
        visibleProjects(settings.authUrl, identity.sendWith(provider)),
        new URL(settings.authUrl).host,
      ),
    );
  }

  /** When the credential that asks VPCEP ends, in milliseconds since 1970; undefined where it does not. */
  get credentialEndsAt(): number | undefined {
    return this.#parts.provider.chain().at(-1)?.expiresAt;
  }

  /** How far the clock of VPCEP's host is ahead of this machine's, in milliseconds, as far as its answers have told. */
  get clockDifferenceMs(): number {
    const { settings, session } = this.#parts;
    return session.host(settings.endpoint).clock.differenceMs;
  }

  /** What somebody else wrote, fit to be shown. */
  quoted(text: string): string {
    return this.#parts.session.secrets.quoted(text);
  }

  async #step<Value>(work: (deadline: Deadline) => Promise<Value>): Promise<Value> {
    const { settings, session } = this.#parts;
    using _running = session.lookup();
    try {
      return await work(new Deadline(settings.timeoutMs));
    } catch (error) {
      throw error instanceof DeadlinePassed ? errorOfTimeout(error, 0) : error;
    }
  }
}
