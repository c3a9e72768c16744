// What the CLI did and said, from its log of events, in the words of the embedded engine. Used by cliEngine.ts.
import type { Properties } from "./propertyValues";
import type { Diagnostic, Step } from "./stack";

/** One line of the CLI's log of events, as far as it is read here. */
interface EngineEvent {
  readonly resourcePreEvent?: {
    readonly metadata: {
      readonly op: string;
      readonly urn: string;
      readonly new?: { readonly id?: string };
      readonly old?: { readonly id?: string };
    };
  };
  readonly resOutputsEvent?: {
    readonly metadata: {
      readonly type: string;
      readonly new?: { readonly outputs?: Properties };
    };
  };
  readonly diagnosticEvent?: {
    readonly urn?: string;
    readonly message: string;
    readonly severity: string;
    readonly ephemeral?: boolean;
  };
}

/** Reads a log: one event a line. */
export function readEventLog(text: string): {
  readonly steps: Step[];
  readonly diagnostics: Diagnostic[];
  readonly stackOutputs: Properties;
} {
  const events = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
  return {
    steps: events.flatMap(({ resourcePreEvent: event }) => (event ? stepOf(event.metadata) : [])),
    diagnostics: events.flatMap(({ diagnosticEvent: event }) => (event ? diagnosticOf(event) : [])),
    // The stack tells its outputs last; until then it shows those of the last update.
    stackOutputs:
      events.findLast(({ resOutputsEvent: event }) => event?.metadata.type === "pulumi:pulumi:Stack")
        ?.resOutputsEvent?.metadata.new?.outputs ?? {},
  };
}

function stepOf({
  op,
  urn,
  new: after,
  old: before,
}: NonNullable<EngineEvent["resourcePreEvent"]>["metadata"]): Step {
  const id = after?.id || before?.id;
  return { op, urn, ...(id ? { id } : {}) };
}

/** Lines of the program and its provider come as `info` and `info#err`; what the engine marks up for colour is cut. */
function diagnosticOf({
  severity,
  message,
  urn,
  ephemeral,
}: NonNullable<EngineEvent["diagnosticEvent"]>): Diagnostic[] {
  const text = message.replaceAll(/<\{%.*?%\}>/g, "").trimEnd();
  return severity === "debug" || text === ""
    ? []
    : [
        {
          severity: severity === "info#err" ? "info" : severity,
          message: text,
          ...(urn ? { urn } : {}),
          ...(ephemeral ? { ephemeral } : {}),
        },
      ];
}
