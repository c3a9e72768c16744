// The calls of Pulumi's engine to the plugin, over gRPC: they are translated here, and nothing else. A call that is not here
// is answered as unimplemented. Called by main.ts.
import { isDeepStrictEqual } from "node:util";
import { Server, ServerCredentials, type ServiceError, type sendUnaryData, status } from "@grpc/grpc-js";
import { type PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import schema from "../../plugin/schema.json";
import type { EngineLog } from "./engineLog";
import { settingsForEngine, settingsProblems } from "./providerSettings";
import { type Received, receive, type Values } from "./values";

/** What is served. */
export interface ServedProvider {
  configure(settings: Received, name: string): void;
  invoke(token: string, args: Received): Promise<Values>;
  cancel(): void;
}

/** Serves a provider on a port; `end` ends every function, and fulfils when their answers are sent. */
export async function serve(provider: ServedProvider, log: EngineLog) {
  // As large as what Pulumi sends.
  const server = new Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  server.addService(ResourceProviderService as never, {
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
      response.setInputs(structOf(settingsForEngine(settings)));
      for (const [name, problem] of settingsProblems(settings)) {
        const failure = new messages.CheckFailure();
        failure.setProperty(name);
        failure.setReason(problem);
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
    invoke: answer(messages.InvokeResponse, async (response, request: messages.InvokeRequest) => {
      try {
        response.setReturn(structOf(await provider.invoke(request.getTok(), receive(request.getArgs()))));
      } finally {
        await log.written();
      }
    }),
    cancel: answer(Empty, () => provider.cancel()),
  });
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = ServerCredentials.createInsecure();
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
  fill: (response: Response, request: Request) => unknown,
) {
  return async ({ request }: { request: Request }, callback: sendUnaryData<Response>): Promise<void> => {
    try {
      const response = new Message();
      await fill(response, request);
      callback(null, response);
    } catch (error) {
      callback({ code: status.UNKNOWN, details: (error as Error).message } as ServiceError);
    }
  };
}

function structOf(values: Values): Struct {
  return Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
}
