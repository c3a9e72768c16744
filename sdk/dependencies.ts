// What a lookup depends on: while anything of it is still to be created, nothing is read. Pulumi decides this so for its
// own invokes, in helpers that moved between its versions. Used by lookupResource.ts, question.ts and functions/.
import * as pulumi from "@pulumi/pulumi";
import { asRunError } from "../provider/errors/uncaught";

/** What Pulumi's option of this name takes. */
export type DependsOn = NonNullable<pulumi.ResourceOptions["dependsOn"]>;

const notAResource = "'dependsOn' was passed a value that was not a Resource.";

/** What is wrong with the plain parts of the option, in Pulumi's own words. */
export function dependsOnProblem(dependsOn: unknown): string | undefined {
  const wrong = [dependsOn]
    .flat()
    .some((each) => !(each === undefined || isPending(each) || pulumi.Resource.isInstance(each)));
  return wrong ? notAResource : undefined;
}

/** What a lookup waits for. */
export interface Waits {
  /** The resources that an argument comes from, where one is only known later. */
  readonly sources: pulumi.Input<pulumi.Resource[]> | undefined;
  readonly dependsOn: DependsOn | undefined;
}

/** What is known once everything has been created that is depended on, or that an argument comes from. */
export function creations(
  { sources, dependsOn }: Waits,
  isSelf: (resource: pulumi.Resource) => boolean = () => false,
): pulumi.Output<unknown>[] {
  return [sources, dependsOn]
    .filter((each) => each !== undefined)
    .map((each) => dependencyIds(each as DependsOn, isSelf));
}

export function isPending(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether a value, or one inside it, is only known later. */
export function hasPending(value: unknown): boolean {
  return pathOf(value, isPending) !== undefined;
}

/** Beyond so many levels of a value there is nothing that a lookup asks or gives. */
const levels = 20;

/** Where in a value something of a kind is, as a program would write it: empty for the value itself. */
export function pathOf(
  value: unknown,
  isKind: (value: unknown) => boolean,
  path = "",
  left = levels,
): string | undefined {
  if (isKind(value)) {
    return path;
  }
  if (typeof value !== "object" || value === null || isPending(value) || left === 0) {
    return undefined;
  }
  for (const [key, part] of Object.entries(value)) {
    const found = pathOf(part, isKind, pathTo(value, path, key), left - 1);
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
  const ids = pulumi.output(dependsOn as pulumi.Input<pulumi.Resource[]>).apply(async (named) => {
    const found = new Set<pulumi.Resource>();
    for (const resource of [named].flat()) {
      if (!pulumi.Resource.isInstance(resource)) {
        throw asRunError(new TypeError(notAResource));
      }
      await collect(resource, found, isSelf);
    }
    const created = [...found].filter((resource) => pulumi.CustomResource.isInstance(resource));
    // A stand-in for a resource elsewhere has no id.
    return unknownWhereUnread(pulumi.all(created.map(({ id }) => id).filter((id) => id !== undefined)));
  });
  return ids as pulumi.Output<unknown> as pulumi.Output<pulumi.ID[]>;
}

/** The resources that a value comes from, as Pulumi's invokes ask for them. */
export function resourcesOf(value: pulumi.Output<unknown>): Promise<pulumi.Resource[]> {
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

/** Whether a value, or one inside it, is the text that stands for the id of a resource that was not read. */
export function isUnread(value: unknown): boolean {
  return pathOf(value, (part) => part === pulumi.runtime.unknownValue) !== undefined;
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
