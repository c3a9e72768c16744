// The arguments of a function that gives a promise: those of the lookup, of which none is an output. Types alone.
import type * as pulumi from "@pulumi/pulumi";

/** A type without the outputs and promises in it. */
export type Plain<Value> = Value extends pulumi.OutputInstance<unknown> | Promise<unknown>
  ? never
  : Value extends readonly (infer Member)[]
    ? readonly Plain<Member>[]
    : Value extends object
      ? { readonly [Name in keyof Value]: Plain<Value[Name]> }
      : Value;
