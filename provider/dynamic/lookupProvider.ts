// The object that Pulumi serialises into the state of every lookup, and that the engine calls in the provider process.
// It captures nothing: no secret, no path, no schema. Everything is behind one import of the package by its own name,
// and the text is kept short, since every lookup stores it twice. Used by sdk/; imports types alone.
import type { dynamic } from "@pulumi/pulumi";

interface LookupProvider extends dynamic.ResourceProvider {
  /** What the methods import. A bundler that could read the name would put the package's code in its place. */
  readonly entry: string;
  config?: dynamic.Config;
}

/** Both halves of a creation: `check` runs in a preview already. */
const refuse = async function (this: LookupProvider) {
  return (await import(/* webpackIgnore: true */ this.entry)).refuseCreation();
};

/** The provider of every lookup: one instance, since Pulumi serialises each. */
export const lookupProvider: LookupProvider = {
  entry: "pulumi-vpcep/provider",
  // The host asks for reads before an awaited configure has ended: one assignment, nothing after an await.
  async configure(request) {
    this.config = request.config;
  },
  async read(id, properties) {
    return (await import(/* webpackIgnore: true */ this.entry)).read(id, properties, this.config);
  },
  check: refuse,
  create: refuse,
};
