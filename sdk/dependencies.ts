// What a lookup depends on: while anything of it is still to be created, nothing is read. Pulumi decides this so for its
// own invokes, in helpers that moved between its versions. Used by lookupResource.ts.
import * as pulumi from "@pulumi/pulumi";

/** What Pulumi's option of this name takes. */
export type DependsOn = NonNullable<pulumi.ResourceOptions["dependsOn"]>;

/**
 * The ids of all that is depended on, of the children of a component in its place: unknown as long as one of them is
 * still to be created. What only reads is never created, and is passed over inside a component: a lookup may be a child
 * of the very component that it depends on.
 */
export function dependencyIds(
  dependsOn: DependsOn,
  isRead: (resource: pulumi.Resource) => boolean,
): pulumi.Output<pulumi.ID[]> {
  const created = pulumi.output(dependsOn as pulumi.Input<pulumi.Resource[]>).apply(async (named) => {
    const found = new Set<pulumi.Resource>();
    for (const resource of [named].flat()) {
      await collect(resource, found, isRead);
    }
    return [...found].filter((resource) => pulumi.CustomResource.isInstance(resource));
  });
  // A stand-in for a resource elsewhere has no id.
  const ids = created.apply((resources) =>
    pulumi.all(resources.map(({ id }) => id).filter((id) => id !== undefined)),
  );
  return unknownWhereUnread(ids);
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
  isRead: (resource: pulumi.Resource) => boolean,
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
      if (!isRead(child)) {
        await collect(child, found, isRead);
      }
    }
  }
}
