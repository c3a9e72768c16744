// The built plugin as a process, and an engine that is played to it over gRPC. Used by the tests beside it.

import { once } from "node:events";
import { join } from "node:path";
import {
  type ClientUnaryCall,
  credentials,
  Server,
  ServerCredentials,
  type sendUnaryData,
} from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { PluginAttach, type PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Process } from "../../engine/processes";

type Values = Record<string, unknown>;

export const executable = join(__dirname, "..", "..", "..", "plugin", "pulumi-resource-vpcep");

/** A plugin that has been started, and the engine that it talks to. */
export class PluginProcess {
  readonly process: Process;
  /** What it printed. */
  readonly lines: string[];
  /** What it told the engine, as `severity message`. */
  readonly logged: string[] = [];
  /** Whether the engine answers when it is told a line. */
  takesLines = true;
  readonly #engine: Server;
  readonly #address: string;
  readonly #client: ResourceProviderClient;

  private constructor(process: Process, lines: string[], engine: Server, address: string, port: string) {
    this.process = process;
    this.lines = lines;
    this.#engine = engine;
    this.#address = address;
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  /** Starts a plugin with an environment of its own, and shakes hands. */
  static async start(env: NodeJS.ProcessEnv = {}): Promise<PluginProcess> {
    const engine = new Server();
    let plugin: PluginProcess | undefined;
    engine.addService(EngineService as never, {
      log: ({ request }: { request: LogRequest }, callback: sendUnaryData<Empty>) => {
        const [severity] =
          Object.entries(LogSeverity).find(([, value]) => value === request.getSeverity()) ?? [];
        plugin?.logged.push(
          `${severity}${request.getEphemeral() ? " ephemeral" : ""} ${request.getMessage()}`,
        );
        if (plugin?.takesLines !== false) {
          callback(null, new Empty());
        }
      },
    });
    const enginePort = await new Promise<number>((resolve, reject) =>
      engine.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
    const address = `127.0.0.1:${enginePort}`;
    const started = new Process(process.execPath, [executable, "--logtostderr", "-v=9", address], {
      env: { ...process.env, ...env },
    });
    const lines: string[] = [];
    started.onLine("stderr", (line) => lines.push(line));
    const port = await new Promise<string>((resolve, reject) => {
      started.onLine("stdout", (line) => (lines.push(line) === 1 ? resolve(line) : undefined));
      void once(started.child, "close").then(() => reject(new Error(`no port: ${lines.join("\n")}`)));
    });
    plugin = new PluginProcess(started, lines, engine, address, port);
    await plugin.handshake();
    return plugin;
  }

  /** Whether it takes secrets. */
  async handshake(): Promise<boolean> {
    const request = new messages.ProviderHandshakeRequest();
    request.setEngineAddress(this.#address);
    return (await this.call<messages.ProviderHandshakeResponse>("handshake", request)).getAcceptSecrets();
  }

  async attach(): Promise<void> {
    const request = new PluginAttach();
    request.setAddress(this.#address);
    await this.call("attach", request);
  }

  async version(): Promise<string> {
    return (await this.call<PluginInfo>("getPluginInfo", new Empty())).getVersion();
  }

  async schema(): Promise<string> {
    return (
      await this.call<messages.GetSchemaResponse>("getSchema", new messages.GetSchemaRequest())
    ).getSchema();
  }

  /** Checks the settings of the provider of a name, else of the stack's configuration; failures as `property: reason`. */
  async checkConfig(
    settings: Values,
    name = "default_0_1_0",
  ): Promise<{ inputs: Values; failures: readonly string[] }> {
    const request = new messages.CheckRequest();
    request.setNews(struct(settings));
    request.setName(name);
    const response = await this.call<messages.CheckResponse>("checkConfig", request);
    return {
      inputs: values(response.getInputs()),
      failures: response
        .getFailuresList()
        .map((failure) => `${failure.getProperty()}: ${failure.getReason()}`),
    };
  }

  /** Whether other settings are a change. */
  async changes(before: Values, after: Values): Promise<boolean> {
    const request = new messages.DiffRequest();
    request.setOldInputs(struct(before));
    request.setNews(struct(after));
    const response = await this.call<messages.DiffResponse>("diffConfig", request);
    return response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME;
  }

  /** Configures the provider of a name, else that of the stack's configuration. */
  async configure(settings: Values, name = "default_0_1_0"): Promise<boolean> {
    const request = new messages.ConfigureRequest();
    request.setArgs(struct(settings));
    request.setName(name);
    return (await this.call<messages.ConfigureResponse>("configure", request)).getAcceptsecrets();
  }

  /** Calls a function by its name; a signal gives the call up. */
  async invoke(name: string, args: Values = {}, signal?: AbortSignal): Promise<Values> {
    const request = new messages.InvokeRequest();
    request.setTok(name.includes(":") ? name : `vpcep:index:${name}`);
    request.setArgs(struct(args));
    return values((await this.call<messages.InvokeResponse>("invoke", request, signal)).getReturn());
  }

  async cancel(): Promise<void> {
    await this.call("cancel", new Empty());
  }

  /** Any call; an error has the message alone, as the engine shows it. */
  call<Response>(method: string, request: unknown, signal?: AbortSignal): Promise<Response> {
    return new Promise((resolve, reject) => {
      const client = this.#client as unknown as Record<
        string,
        (
          request: unknown,
          callback: (error: { code: number; details: string } | null, response: Response) => void,
        ) => ClientUnaryCall
      >;
      const call = client[method]?.(request, (error, response) =>
        error ? reject(Object.assign(new Error(error.details), { code: error.code })) : resolve(response),
      );
      signal?.addEventListener("abort", () => call?.cancel());
    });
  }

  /** Ends the engine alone, as a kill does. */
  endEngine(): void {
    this.#engine.forceShutdown();
  }

  async end(): Promise<void> {
    this.#client.close();
    await this.process.end("SIGINT");
    this.#engine.forceShutdown();
  }
}

function struct(properties: Values): Struct {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

function values(struct: Struct | undefined): Values {
  return (struct?.toJavaScript() ?? {}) as Values;
}
