// What one stack remembers between operations, and the file it is kept in: shaped like the CLI's export, secrets
// encrypted. Used by embeddedEngine.ts.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Properties, SecretsManager } from "./propertyValues";

/** One resource of a stack. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  /** Replaced, but not deleted yet. */
  delete?: boolean;
  /** Read, not created: never deleted. */
  external?: boolean;
  id?: string;
  parent?: string;
  inputs: Properties;
  outputs: Properties;
  dependencies: string[];
  propertyDependencies?: Record<string, string[]>;
  provider?: string;
}

/** Not a secret: what it protects is in a throw-away folder. It keeps secrets out of the text, as a real one does. */
const passphrase = "embedded";

interface StoredState {
  readonly version: 3;
  readonly deployment: {
    readonly secrets_providers: { readonly type: "passphrase"; readonly state: { readonly salt: string } };
    readonly resources: readonly ResourceState[];
  };
}

/** The resources of a stack, each after what it depends on. */
export class StackState {
  readonly exists: boolean;
  resources: ResourceState[];
  readonly #file: string;
  readonly #salt: string;
  readonly #secrets: SecretsManager;

  constructor(backend: string, project: string, stack: string) {
    this.#file = join(backend, project, `${stack}.json`);
    this.exists = existsSync(this.#file);
    const stored = this.exists
      ? (JSON.parse(readFileSync(this.#file, "utf8")) as StoredState).deployment
      : undefined;
    this.#salt = stored?.secrets_providers.state.salt ?? randomBytes(8).toString("hex");
    this.#secrets = new SecretsManager(passphrase, this.#salt);
    this.resources = this.#secrets.decrypt(stored?.resources ?? []) as ResourceState[];
  }

  /** The text of the file, as everybody can read it. */
  get stored(): string {
    return this.exists ? readFileSync(this.#file, "utf8") : this.#text();
  }

  /** Writes the file, in one piece: who reads it meanwhile finds the old one or the new one. */
  save(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.new`, this.#text());
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** The outputs of the stack itself, as the program exported them. */
  get outputs(): Properties {
    return this.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  }

  #text(): string {
    const state: StoredState = {
      version: 3,
      deployment: {
        secrets_providers: { type: "passphrase", state: { salt: this.#salt } },
        resources: this.#secrets.encrypt(this.resources) as ResourceState[],
      },
    };
    return JSON.stringify(state, undefined, 4);
  }
}
