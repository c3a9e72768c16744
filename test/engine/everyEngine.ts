// Tests that run on every engine, each with an emulator and a workspace: skipped, with the reason in their title, on an
// engine that is not here. Used by all tests of whole programs.
import assert from "node:assert/strict";
import { type Emulator, sampleEndpointService, startEmulator } from "../../sdk/testing";
import { type Engine, engines, Workspace } from "./engines";
import type { OperationResult } from "./stack";

/** What the tests of one engine run with. */
export interface Bench {
  readonly engine: Engine;
  readonly workspace: Workspace;
  /** Has the sample alone, before every test; set while one runs. */
  emulator: Emulator;
}

/** Defines tests once for each engine. */
export function onEveryEngine(subject: string, define: (bench: Bench) => void): void {
  for (const engine of engines()) {
    const skipped = engine.missing ? `, skipped: ${engine.missing}` : "";
    describe(`${subject} on the ${engine.name} engine${skipped}`, () => {
      const bench = { engine, workspace: new Workspace() } as Bench;
      before(async function () {
        if (engine.missing) {
          this.skip();
        }
        bench.emulator = await startEmulator();
      });
      beforeEach(() => {
        bench.emulator.reset();
        bench.emulator.set({ services: [sampleEndpointService] });
      });
      after(async () => {
        await bench.emulator?.close();
        bench.workspace.remove();
      });
      define(bench);
    });
  }
}

/** The outputs of an operation that has gone well, without a word. */
export function succeeds(result: OperationResult): OperationResult["outputs"] {
  assert.ok(result.succeeded, result.output);
  assert.deepEqual(result.diagnostics, [], result.output);
  return result.outputs;
}
