// What a program expects of a service, compared with what it is. Pure; called by lookup.ts.
import { isDeepStrictEqual } from "node:util";
import { describeValue, listed } from "../errors/describeValue";
import { VpcepError } from "../errors/errors";
import type { EndpointServiceRecord } from "../lookups/records";
import { isUnreadable } from "../schema";

interface Port {
  readonly clientPort: number;
  readonly serverPort: number;
  readonly protocol?: string | undefined;
}

/** Of the ports of one side a message shows so many. */
const mostPorts = 20;

/** Every part that is given must be as it says. */
export interface Expectation {
  readonly status?: string | undefined;
  readonly vpcId?: string | undefined;
  readonly serverType?: string | undefined;
  readonly ports?: readonly Port[] | undefined;
}

/** Fails where the service is not as expected, with both sides, unless they are secret; the order of ports does not matter. */
export function checkExpectation(
  record: EndpointServiceRecord,
  expectation: Expectation,
  clean: (text: string) => string,
  isSecret: boolean,
): void {
  const { ports, ...texts } = expectation;
  const differences: string[] = [];
  const differs = (name: string, is: string, expected: string) =>
    differences.push(
      isSecret ? `${name} is not what is expected, which is secret` : `${name} ${is}, expected ${expected}`,
    );
  for (const [name, expected] of Object.entries(texts)) {
    const actual = record[name as keyof typeof texts];
    if (expected !== undefined && expected !== actual) {
      const is = isUnreadable(record, name) ? "cannot be read" : `is ${clean(JSON.stringify(actual))}`;
      differs(name, is, describeValue(expected));
    }
  }
  const [actual, expected] = [describePorts(record.ports), describePorts(ports ?? [])];
  if (ports !== undefined && !isDeepStrictEqual(actual, expected)) {
    differs("ports", `are ${listedPorts(actual, expected, clean)}`, listedPorts(expected, actual));
  }
  if (differences.length > 0) {
    throw new VpcepError(
      "VPCEP_EXPECTATION",
      `the service is not as expected: ${differences.join("; ")}. Ask its owner what has changed, or change what is expected`,
    );
  }
}

/** Of hundreds those that the other side does not have come first. */
function listedPorts(
  ports: readonly string[],
  others: readonly string[],
  clean = (port: string) => port,
): string {
  const known = new Set(others);
  const { own = [], common = [] } = Object.groupBy(ports, (port) => (known.has(port) ? "common" : "own"));
  const shown = ports.length > mostPorts ? [...own, ...common] : ports;
  return listed(shown.map(clean), ", ", mostPorts) || "none";
}

function describePorts(ports: readonly Port[]): string[] {
  return ports
    .map(
      ({ clientPort, serverPort, protocol }) =>
        `${clientPort}->${serverPort}/${(protocol ?? "TCP").toUpperCase()}`,
    )
    .sort();
}
