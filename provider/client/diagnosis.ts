// The steps before a lookup's own request, one at a time, so that the command's doctor can tell which of them fails.
// Made by client.ts for each client.
import type { CredentialProvider } from "../credentials/kinds/credential";
import type { IdentityApi } from "../credentials/kinds/identityApi";
import { type VisibleProject, visibleProjects } from "../credentials/visibleProjects";
import { errorOfTimeout } from "../errors/answerErrors";
import { Deadline, DeadlinePassed } from "../http/deadline";
import type { Session } from "../requests/session";
import { originOf } from "../settings/hosts";
import type { Settings } from "../settings/settingsTypes";

/** What the steps are made with: what every lookup of the client is made with. */
export interface DiagnosisParts {
  readonly session: Session;
  readonly provider: CredentialProvider;
  readonly identity: IdentityApi;
  findProject(deadline: Deadline): Promise<string>;
}

/** The steps before a request. Each fails with a `VpcepError` that names no lookup. */
export class Diagnosis {
  readonly #settings: Settings;
  readonly #parts: DiagnosisParts;

  constructor(settings: Settings, parts: DiagnosisParts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  /** Obtains the credential, where it is exchanged for another. */
  async authenticate(): Promise<void> {
    const { provider } = this.#parts;
    await this.#step((deadline) => provider.current(deadline));
  }

  /** The project that is asked. */
  async findProject(): Promise<string> {
    return this.#settings.projectId ?? this.#step((deadline) => this.#parts.findProject(deadline));
  }

  /** All projects that IAM shows the credential. */
  async listProjects(): Promise<readonly VisibleProject[]> {
    const { provider, identity } = this.#parts;
    const authUrl = originOf(this.#settings.authUrl);
    return this.#step((deadline) =>
      deadline.wait(
        () => ({
          phase: "waiting for the projects",
          asked: { host: new URL(authUrl).host, address: "IAM" },
        }),
        visibleProjects(authUrl, identity.sendWith(provider)),
      ),
    );
  }

  /** How far the clock of VPCEP's host is ahead of this machine's, in milliseconds, as far as its answers have told. */
  get clockDifferenceMs(): number {
    return this.#parts.session.host(this.#settings.endpoint).clock.differenceMs;
  }

  /** What somebody else wrote, fit to be shown. */
  quoted(text: string): string {
    return this.#parts.session.secrets.quoted(text);
  }

  async #step<Value>(work: (deadline: Deadline) => Promise<Value>): Promise<Value> {
    using _running = this.#parts.session.lookup();
    try {
      return await work(new Deadline(this.#settings.timeoutMs));
    } catch (error) {
      throw error instanceof DeadlinePassed ? errorOfTimeout(error, this.#settings.settingNames, 0) : error;
    }
  }
}
