// The arguments of a function that gives a promise: those of the lookup, of which none is an output. Types alone.
import type * as pulumi from "@pulumi/pulumi";

/** A type without the outputs and promises in it. */
export type Plain<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends pulumi.OutputInstance<unknown> | Promise<unknown>
    ? never
    : Value extends readonly (infer Member)[]
      ? readonly Plain<Member>[]
      : { readonly [Name in keyof Value]: Plain<Value[Name]> };
