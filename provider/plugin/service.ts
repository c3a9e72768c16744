// The calls of Pulumi's engine to the plugin, over gRPC: they are translated here, and nothing else. Called by main.ts.
import { isDeepStrictEqual } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import schema from "../../plugin/schema.json";
import { bounded } from "../errors/bounded";
import type { EngineLog } from "./engineLog";
import {
  holdsSecret,
  prefixOf,
  settingsForEngine,
  settingsProblems,
  unknownProblem,
} from "./providerSettings";
import { type Received, receive, type Values } from "./values";

/** The most bytes of a message once it is encoded: some of Pulumi's languages take 8 KiB with all that belongs to an answer. */
const mostBytes = 6_000;

/** What is served. */
export interface ServedProvider {
  configure(settings: Received, name: string): void;
  invoke(token: string, args: Received, caller: AbortSignal): Promise<Values>;
  cancel(): void;
}

/** Serves a provider on a port; `end` ends every function, and fulfils when their answers are sent. */
export async function serve(provider: ServedProvider, log: EngineLog) {
  // As large as what Pulumi sends.
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  const all = Object.entries(ResourceProviderService as unknown as grpc.ServiceDefinition);
  const others = all.filter(([, { responseStream }]) => !responseStream).map(([method]) => [method, refuse]);
  server.addService(ResourceProviderService as never, {
    ...Object.fromEntries(others),
    handshake: answer(
      messages.ProviderHandshakeResponse,
      (response, request: messages.ProviderHandshakeRequest) => {
        log.attach(request.getEngineAddress());
        response.setAcceptSecrets(true);
      },
    ),
    attach: answer(Empty, (_, request: PluginAttach) => log.attach(request.getAddress())),
    getPluginInfo: answer(PluginInfo, (response) => response.setVersion(schema.version)),
    getSchema: answer(messages.GetSchemaResponse, (response) => response.setSchema(JSON.stringify(schema))),
    checkConfig: answer(messages.CheckResponse, (response, request: messages.CheckRequest) => {
      const settings = receive(request.getNews());
      const prefix = prefixOf(request.getName());
      response.setInputs(structOf(settingsForEngine(settings)));
      const empty = "Pulumi takes what functions give with this provider for known and empty. ";
      const warning = unknownProblem(settings.unknown.filter(holdsSecret), prefix, empty);
      if (warning !== undefined) {
        log.warn(warning);
      }
      for (const problem of settingsProblems(settings, prefix)) {
        const failure = new messages.CheckFailure();
        // Of a property that is named, the engine prints the value.
        failure.setReason(bounded(problem, mostBytes));
        response.addFailures(failure);
      }
    }),
    diffConfig: answer(messages.DiffResponse, (response, request: messages.DiffRequest) => {
      const [before, after] = [request.getOldInputs() ?? request.getOlds(), request.getNews()].map(receive);
      const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
      response.setChanges(isDeepStrictEqual(before?.values, after?.values) ? DIFF_NONE : DIFF_SOME);
    }),
    configure: answer(messages.ConfigureResponse, (response, request: messages.ConfigureRequest) => {
      provider.configure(receive(request.getArgs()), request.getName() ?? "");
      response.setAcceptsecrets(true);
    }),
    invoke: answer(messages.InvokeResponse, async (response, request: messages.InvokeRequest, signal) => {
      try {
        const args = receive(request.getArgs());
        response.setReturn(structOf(await provider.invoke(request.getTok(), args, signal)));
      } finally {
        await log.written();
      }
    }),
    cancel: answer(Empty, () => provider.cancel()),
  });
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = grpc.ServerCredentials.createInsecure();
    server.bindAsync("127.0.0.1:0", credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  const end = () => {
    provider.cancel();
    return new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  };
  return { port, end };
}

/** Answers one kind of call with a message that is filled in. Of an error its message alone reaches the user. */
function answer<Request, Response>(
  Message: new () => Response,
  fill: (response: Response, request: Request, caller: AbortSignal) => unknown,
) {
  return async (
    call: grpc.ServerUnaryCall<Request, Response>,
    callback: grpc.sendUnaryData<Response>,
  ): Promise<void> => {
    const caller = new AbortController();
    call.on("cancelled", () => caller.abort());
    try {
      const response = new Message();
      await fill(response, call.request, caller.signal);
      callback(null, response);
    } catch (error) {
      callback({
        code: grpc.status.UNKNOWN,
        details: bounded((error as Error).message, mostBytes),
      } as grpc.ServiceError);
    }
  };
}

/** Answers a call that is not served, such as those for a resource. */
function refuse(_: unknown, callback: grpc.sendUnaryData<never>): void {
  const details = "vpcep has functions alone, and neither resources, methods nor parameters [VPCEP_CONFIG]";
  callback({ code: grpc.status.UNIMPLEMENTED, details } as grpc.ServiceError);
}

function structOf(values: Values): Struct {
  return Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
}
