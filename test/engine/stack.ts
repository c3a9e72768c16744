// A Pulumi stack as the end-to-end tests see it, whichever engine runs it. Both engines implement it. A leaf.

/** A value of the configuration; one with `secret` is encrypted. */
export type ConfigValue = string | { readonly secret: string };

/** What a stack is made of. */
export interface StackOptions {
  /** The folder with the project's Pulumi.yaml. */
  readonly project: string;
  /** The name of the stack. Default: `dev`. */
  readonly stack?: string;
  /** The folder that keeps the state; stacks that refer to one another share it. */
  readonly backend: string;
  /** Added to the environment of everything that runs. */
  readonly env?: Readonly<Record<string, string>>;
  /** By key; a dot leads into an object, as with the CLI's `--path`. */
  readonly config?: Readonly<Record<string, ConfigValue>>;
  /** The file of the Node that runs the program and its provider, on the embedded engine. Default: the one that runs this. */
  readonly node?: string;
}

/** What was done to one resource. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly id?: string;
}

/** A message of the program, the provider or the engine. */
export interface Diagnostic {
  readonly severity: string;
  readonly message: string;
  readonly urn?: string;
  /** Whether it is shown while the operation runs, and not kept. */
  readonly ephemeral?: true;
}

/** How an operation ended. */
export interface OperationResult {
  readonly succeeded: boolean;
  /** Everything that a user sees. */
  readonly output: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly steps: readonly Step[];
  /** The stack's outputs, secrets masked; what is unknown is left out. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** One stack. */
export interface Stack {
  readonly engine: "embedded" | "cli";
  preview(): Promise<OperationResult>;
  up(): Promise<OperationResult>;
  /** Reads what is recorded; with `runProgram` what the program asks for, with its configuration. */
  refresh(options?: { readonly runProgram?: boolean }): Promise<OperationResult>;
  destroy(): Promise<OperationResult>;
  setConfig(key: string, value: ConfigValue): Promise<void>;
  /** The outputs of the last update, as `pulumi stack output --json` has them. */
  outputs(options?: { readonly showSecrets?: boolean }): Promise<Record<string, unknown>>;
  /** The state as it is stored: whatever is not encrypted there can be read by everybody who reads it. */
  storedState(): Promise<string>;
}
