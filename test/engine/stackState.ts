// What one stack remembers between operations, and the file it is kept in, secrets encrypted. Used by embeddedEngine.ts.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Properties, SecretsManager } from "./propertyValues";

/** One resource of a stack. */
export interface ResourceState {
  urn: string;
  type: string;
  custom: boolean;
  /** Read, not created: never deleted. */
  external?: boolean;
  id?: string;
  parent?: string;
  inputs: Properties;
  outputs: Properties;
  dependencies: string[];
  provider?: string;
}

/** The resources of a stack, in the order in which they were registered. */
export class StackState {
  readonly file: string;
  readonly salt: string;
  resources: ResourceState[];
  readonly #secrets: SecretsManager;

  constructor(backend: string, project: string, stack: string, passphrase: string) {
    this.file = join(backend, project, `${stack}.json`);
    const stored = existsSync(this.file)
      ? (JSON.parse(readFileSync(this.file, "utf8")) as { salt: string; resources: ResourceState[] })
      : { salt: randomBytes(8).toString("hex"), resources: [] };
    this.salt = stored.salt;
    this.#secrets = new SecretsManager(passphrase, stored.salt);
    this.resources = this.#secrets.decrypt(stored.resources) as ResourceState[];
  }

  /** Writes the file. */
  save(): void {
    mkdirSync(dirname(this.file), { recursive: true });
    const resources = this.#secrets.encrypt(this.resources);
    writeFileSync(this.file, JSON.stringify({ salt: this.salt, resources }, undefined, 2));
  }

  /** The outputs of the stack itself, as the program exported them. */
  get outputs(): Properties {
    return this.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  }
}
