// Pulumi's own host for dynamic providers, as a process, and the calls that the engine makes to it.
// Used by embeddedEngine.ts and by the tests of the serialised provider.
import { once } from "node:events";
import { credentials } from "@grpc/grpc-js";
import * as providerClient from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Process } from "./processes";
import { type Properties, withoutSecrets } from "./propertyValues";

/** What a diff says. */
export interface ProviderDiff {
  readonly changes: boolean | undefined;
  readonly replaces: readonly string[];
}

/** The dynamic provider host of one operation. */
export class ProviderHost {
  readonly #process: Process;
  readonly #client: InstanceType<typeof providerClient.ResourceProviderClient>;

  private constructor(process: Process, port: string) {
    this.#process = process;
    this.#client = new providerClient.ResourceProviderClient(
      `127.0.0.1:${port}`,
      credentials.createInsecure(),
    );
  }

  /** Starts the host in the program's folder and configures it. Its lines belong to the user's terminal. */
  static async start(
    folder: string,
    config: Properties,
    env: NodeJS.ProcessEnv,
    onLine: (line: string) => void,
  ): Promise<ProviderHost> {
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider", { paths: [folder, __dirname] });
    const process_ = new Process(process.execPath, [script, "127.0.0.1:1"], { cwd: folder, env });
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
    await host.#configure(config);
    return host;
  }

  async #configure(config: Properties): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setArgs(struct(config));
    await this.#call("configure", request);
  }

  /** Checks inputs; the failures are the reasons the user is told. */
  async check(old: Properties, inputs: Properties): Promise<{ inputs: Properties; failures: string[] }> {
    const request = new messages.CheckRequest();
    request.setOlds(struct(old));
    request.setNews(struct(inputs));
    const response: messages.CheckResponse = await this.#call("check", request);
    return {
      inputs: properties(response.getInputs()),
      failures: response
        .getFailuresList()
        .map((failure) => `${failure.getProperty()}: ${failure.getReason()}`),
    };
  }

  async diff(id: string, old: Properties, inputs: Properties): Promise<ProviderDiff> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(struct(old));
    request.setNews(struct(inputs));
    const response: messages.DiffResponse = await this.#call("diff", request);
    const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
    const changes = response.getChanges();
    return {
      changes: changes === DIFF_NONE ? false : changes === DIFF_SOME ? true : undefined,
      replaces: response.getReplacesList(),
    };
  }

  async create(inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const request = new messages.CreateRequest();
    request.setProperties(struct(inputs));
    const response: messages.CreateResponse = await this.#call("create", request);
    return { id: response.getId(), outputs: properties(response.getProperties()) };
  }

  async read(id: string, state: Properties): Promise<{ id: string; outputs: Properties }> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setProperties(struct(state));
    const response: messages.ReadResponse = await this.#call("read", request);
    return { id: response.getId(), outputs: properties(response.getProperties()) };
  }

  async update(id: string, old: Properties, inputs: Properties): Promise<Properties> {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setOlds(struct(old));
    request.setNews(struct(inputs));
    const response: messages.UpdateResponse = await this.#call("update", request);
    return properties(response.getProperties());
  }

  async delete(id: string, state: Properties): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(struct(state));
    await this.#call("delete", request);
  }

  /** Ends the host; every line it printed has been passed on by then. */
  async end(): Promise<void> {
    this.#client.close();
    await this.#process.end("SIGTERM");
  }

  /** An error has the provider's message alone, as the real engine gets it. */
  #call<Response>(method: string, request: unknown): Promise<Response> {
    return new Promise((resolve, reject) => {
      const client = this.#client as unknown as Record<
        string,
        (request: unknown, callback: (error: { details: string } | null, response: Response) => void) => void
      >;
      client[method]?.(request, (error, response) =>
        error ? reject(new Error(error.details)) : resolve(response),
      );
    });
  }
}

/** The dynamic host takes no secrets: the engine takes the marks off and puts them back on the outputs. */
function struct(value: Properties): Struct {
  return Struct.fromJavaScript(withoutSecrets(value) as Parameters<typeof Struct.fromJavaScript>[0]);
}

function properties(value: Struct | undefined): Properties {
  return (value?.toJavaScript() ?? {}) as Properties;
}
