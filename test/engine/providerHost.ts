// Pulumi's own host for dynamic providers, as a process. Used by session.ts and by the tests of the serialised provider.
import { once } from "node:events";
import { Process } from "./processes";
import type { Properties } from "./propertyValues";
import { ProviderClient } from "./providerClient";

/** The dynamic provider host of one operation. */
export class ProviderHost extends ProviderClient {
  readonly #process: Process;

  private constructor(process: Process, port: string) {
    super(port);
    this.#process = process;
  }

  /** Starts the host in the program's folder and configures it. Its lines belong to the user's terminal. */
  static async start(
    folder: string,
    config: Properties,
    env: NodeJS.ProcessEnv,
    onLine: (line: string) => void,
    node = process.execPath,
  ): Promise<ProviderHost> {
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider", {
      paths: [folder, __dirname],
    });
    const process_ = new Process(node, [script, "127.0.0.1:1"], { cwd: folder, env });
    process_.onLine("stderr", onLine);
    const port = await new Promise<string>((resolve, reject) => {
      let isFirst = true;
      process_.onLine("stdout", (line) => {
        if (isFirst) {
          isFirst = false;
          resolve(line.trim());
        } else {
          onLine(line);
        }
      });
      once(process_.child, "close").then(() => reject(new Error("the provider host ended before it began")));
    });
    const host = new ProviderHost(process_, port);
    await host.configure(config);
    return host;
  }

  /** Ends the host; every line it printed has been passed on by then. */
  async end(): Promise<void> {
    this.close();
    await this.#process.end("SIGTERM");
  }
}
