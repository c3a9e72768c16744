// The arguments of a call: taken once, so that what is asked is what was checked, and what is wrong with them. Used by
// lookupResource.ts and functions/invoke.ts.
import * as pulumi from "@pulumi/pulumi";
import { argumentsProblem, given } from "../provider/lookups/arguments";
import type { LookupDefinition } from "../provider/lookups/definition";
import { ownMembers } from "../provider/lookups/ownMembers";
import { hasPending, isPending, pathOf } from "./dependencies";

/** The arguments of a call, or what is wrong with them. */
export type TakenArguments =
  | { readonly asked: Record<string, unknown>; readonly problem?: undefined }
  | { readonly problem: string };

/** Takes the arguments of a call. What is only known later is taken as it is. */
export function takeArguments(definition: LookupDefinition, args: unknown): TakenArguments {
  if (isResource(args)) {
    return { problem: "the arguments are a resource: give an object, such as { id: resource.id }" };
  }
  const taken = ownMembers(args, Object.keys(definition.arguments), isWhole);
  if (taken.problem !== undefined) {
    return taken;
  }
  const { own } = taken;
  const resource = pathOf(own, isResource);
  if (resource !== undefined) {
    return { problem: `${resource} is a resource: pass its id` };
  }
  const asked = typeof own === "object" && own !== null && !Array.isArray(own) ? given(own) : own;
  const problem = argumentsProblem(definition, asked as Record<string, unknown>, hasPending);
  return problem === undefined ? { asked: asked as Record<string, unknown> } : { problem };
}

function isWhole(value: object): boolean {
  return isPending(value) || isResource(value);
}

function isResource(value: unknown): boolean {
  return !isPending(value) && pulumi.Resource.isInstance(value);
}
