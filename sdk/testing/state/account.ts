// One account of an emulator: what it owns, who may call in it, and whom it trusts.
// Imports options, defaults and the data. Built by emulator.ts; read by credentials.ts and every handler.
import { createHash } from "node:crypto";
import {
  defaultAgencies,
  defaultConnections,
  defaultEndpoints,
  defaultPermissions,
  defaultProjects,
  defaultPublicServices,
  defaultQuotas,
  emulatorDefaults,
} from "../options/defaults";
import type { Account as AccountOptions, EmulatorOptions } from "../options/options";
import { sampleEndpointService } from "../options/sampleEndpointService";
import { Data } from "./data";

type Own = "id" | "name" | "tokens" | "keys" | "users" | "agencies" | "identityProviders";

/** An account as the emulator keeps it. */
export interface Account extends Required<Pick<AccountOptions, Own>> {
  readonly data: Data;
}

/** Every account: the first one, then the others. */
export function accountsOf(region: string, options: EmulatorOptions): readonly [Account, ...Account[]] {
  const { accounts = [emulatorDefaults.otherAccount] } = options;
  const all = [
    firstAccount(region, options),
    ...accounts.map((other) => otherAccount(region, other)),
  ] as const;
  refuseTwice(all.map(({ name }) => name));
  refuseTwice(all.map(({ id }) => id));
  refuseTwice(all.flatMap(({ keys }) => [...new Set(keys.map(({ accessKey }) => accessKey))]));
  refuseTwice(all.flatMap(({ tokens }) => [...new Set(tokens)]));
  refuseTwice(all.flatMap(({ data }) => [...new Set(data.projects.map(({ id }) => id))]));
  return all;
}

function firstAccount(region: string, options: EmulatorOptions): Account {
  const { projects = defaultProjects(region), users = [emulatorDefaults.user] } = options;
  return {
    id: options.accountId ?? projects[0]?.domain_id ?? emulatorDefaults.accountId,
    name: options.accountName ?? users[0]?.domainName ?? emulatorDefaults.user.domainName,
    tokens: options.tokens ?? [emulatorDefaults.token],
    keys: options.keys ?? [emulatorDefaults.key, emulatorDefaults.temporaryKey],
    users,
    agencies: options.agencies ?? defaultAgencies,
    identityProviders: options.identityProviders ?? [emulatorDefaults.identityProvider],
    data: new Data({
      services: [sampleEndpointService],
      endpoints: defaultEndpoints,
      connections: defaultConnections,
      permissions: defaultPermissions,
      publicServices: defaultPublicServices,
      quotas: defaultQuotas,
      ...given(options),
      projects,
    }),
  };
}

function otherAccount(region: string, options: AccountOptions): Account {
  const { id, name, tokens = [], keys = [], users = [], agencies = [], identityProviders = [] } = options;
  // Always the same one, and no account's own id, so that a test notices one in the place of the other.
  const projectId = createHash("sha256").update(id).digest("hex").slice(0, 32);
  const data = new Data({
    projects: [{ id: projectId, name: region, domain_id: id, enabled: true }],
    services: [],
    endpoints: [],
    connections: {},
    permissions: {},
    publicServices: defaultPublicServices,
    quotas: defaultQuotas,
    ...given(options),
  });
  return { id, name, tokens, keys, users, agencies, identityProviders, data };
}

/** Without the parts that are `undefined`, which a spread would let win. */
function given<Options extends object>(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;
}

/** What tells accounts apart can be of one alone. */
function refuseTwice(values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) {
    throw new TypeError(`Two accounts have the same id, name, key, token or project: ${twice}.`);
  }
}
