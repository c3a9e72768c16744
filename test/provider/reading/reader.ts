// An emulator and a client that reads it, new for every test. Used by the tests beside it.
import { createVpcepClient, type VpcepClient } from "../../../provider";
import { type Emulator, type EmulatorOptions, emulatorDefaults, startEmulator } from "../../../sdk/testing";

/** Who reads, and what is read; set while a test runs. */
export interface Reader {
  emulator: Emulator;
  client: VpcepClient;
}

/** Starts both before each test of the block it is called in, and ends them after. */
export function withReader(options: () => EmulatorOptions = () => ({})): Reader {
  const reader = {} as Reader;
  beforeEach(async () => {
    reader.emulator = await startEmulator(options());
    reader.client = createVpcepClient({
      region: "eu-de",
      endpoint: reader.emulator.url,
      projectId: emulatorDefaults.projectId,
      token: emulatorDefaults.token,
    });
  });
  afterEach(async () => {
    await reader.client.close();
    await reader.emulator.close();
  });
  return reader;
}
