// What a lookup depends on: while anything of it is still to be created, nothing is read. Pulumi decides this so for its
// own invokes, in helpers that moved between its versions. Used by lookupResource.ts, question.ts and functions/.
import * as pulumi from "@pulumi/pulumi";

/** What Pulumi's option of this name takes. */
export type DependsOn = NonNullable<pulumi.ResourceOptions["dependsOn"]>;

/** What a lookup waits for. */
export interface Waits {
  readonly args: Readonly<Record<string, unknown>>;
  readonly dependsOn: DependsOn | undefined;
}

/** A value once everything has been created that is depended on, or that an argument comes from. */
export function onceCreated<Value>(
  value: pulumi.Input<Value>,
  { args, dependsOn }: Waits,
  isSelf: (resource: pulumi.Resource) => boolean = () => false,
): pulumi.Input<Value> {
  const sources = hasPending(args) ? [resourcesOf(pulumi.output(args))] : [];
  const named = dependsOn === undefined ? [] : [dependsOn];
  const all = [...sources, ...named] as DependsOn[];
  if (all.length === 0) {
    return value;
  }
  const created = pulumi.all(all.map((each) => dependencyIds(each, isSelf)));
  return pulumi.all([value, created]).apply(([known]) => known) as pulumi.Output<Value>;
}

export function isPending(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether a value, or one inside it, is only known later. */
export function hasPending(value: unknown): boolean {
  return pendingPath(value) !== undefined;
}

/** Where in a value something is only known later, as a program would write it: empty for the value itself. */
export function pendingPath(value: unknown, path = ""): string | undefined {
  if (isPending(value)) {
    return path;
  }
  if (typeof value !== "object" || value === null) {
    return undefined;
  }
  for (const [key, part] of Object.entries(value)) {
    const found = pendingPath(part, pathTo(value, path, key));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** The path to a part of a value that is at a path itself. */
export function pathTo(value: object, path: string, key: string): string {
  return path === "" ? key : Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
}

/**
 * The ids of all that is depended on, of the children of a component in its place: unknown as long as one of them is
 * still to be created. A lookup that is a child of the component it depends on does not wait for itself.
 */
function dependencyIds(
  dependsOn: DependsOn,
  isSelf: (resource: pulumi.Resource) => boolean,
): pulumi.Output<pulumi.ID[]> {
  const created = pulumi.output(dependsOn as pulumi.Input<pulumi.Resource[]>).apply(async (named) => {
    const found = new Set<pulumi.Resource>();
    for (const resource of [named].flat()) {
      await collect(resource, found, isSelf);
    }
    return [...found].filter((resource) => pulumi.CustomResource.isInstance(resource));
  });
  // A stand-in for a resource elsewhere has no id.
  const ids = created.apply((resources) =>
    pulumi.all(resources.map(({ id }) => id).filter((id) => id !== undefined)),
  );
  return unknownWhereUnread(ids);
}

/** The resources that a value comes from, as Pulumi's invokes ask for them. */
function resourcesOf(value: pulumi.Output<unknown>): Promise<pulumi.Resource[]> {
  const { allResources } = value as { allResources?: () => Promise<ReadonlySet<pulumi.Resource>> };
  return allResources ? allResources.call(value).then((all) => [...all]) : Promise.resolve([]);
}

/**
 * The id of a resource that was not read, since its own id is not known yet, is a text that stands for it: Pulumi takes
 * it for a known value.
 */
export function unknownWhereUnread<Value>(values: pulumi.Output<Value>): pulumi.Output<Value> {
  return values.apply((value) =>
    isUnread(value) ? (pulumi.unknown as Value) : value,
  ) as pulumi.Output<Value>;
}

function isUnread(value: unknown): boolean {
  return typeof value === "object" && value !== null
    ? Object.values(value).some(isUnread)
    : value === pulumi.runtime.unknownValue;
}

/** Pulumi's own way from a component to its children, the same in every version this package supports. */
interface Component {
  readonly __data: Promise<unknown>;
  readonly __childResources?: ReadonlySet<pulumi.Resource>;
}

async function collect(
  resource: pulumi.Resource,
  found: Set<pulumi.Resource>,
  isSelf: (resource: pulumi.Resource) => boolean,
): Promise<void> {
  if (found.has(resource)) {
    return;
  }
  found.add(resource);
  if (pulumi.ComponentResource.isInstance(resource)) {
    const component = resource as unknown as Component;
    // All children are there once it is constructed.
    await component.__data;
    for (const child of component.__childResources ?? []) {
      if (!isSelf(child)) {
        await collect(child, found, isSelf);
      }
    }
  }
}
