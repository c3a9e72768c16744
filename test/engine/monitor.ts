// The two services that a Pulumi program talks to, over real gRPC: the resource monitor and the engine. They only
// translate; what happens to a resource is in operation.ts.
import { Server, ServerCredentials, type ServiceError, type sendUnaryData, status } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engineMessages from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "./propertyValues";

/** A resource that a program registers or reads. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly custom: boolean;
  /** The id to read; absent where the resource is registered. */
  readonly id?: string;
  readonly inputs: Properties;
  readonly dependencies: string[];
  readonly propertyDependencies?: Record<string, string[]>;
  readonly additionalSecretOutputs: string[];
}

/** What became of it. */
export interface Registered {
  readonly urn: string;
  readonly id: string;
  readonly outputs: Properties;
}

/** What the services pass on. */
export interface MonitorHandler {
  register(registration: Registration): Promise<Registered>;
  registerOutputs(urn: string, outputs: Properties): void;
  log(severity: string, message: string, urn: string, ephemeral: boolean): void;
}

/** Features that the program may count on: secrets as marked values, and aliases sent whole (and ignored). */
const features = ["secrets", "aliasSpecs", "deletedWith"];

/** Serves a program on loopback until it is closed. */
export async function serveMonitor(
  handler: MonitorHandler,
): Promise<{ readonly address: string } & AsyncDisposable> {
  const server = new Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  let rootUrn = "";
  server.addService(ResourceMonitorService as never, {
    supportsFeature: answer((request: messages.SupportsFeatureRequest) => {
      const response = new messages.SupportsFeatureResponse();
      response.setHassupport(features.includes(request.getId()));
      return response;
    }),
    registerResource: answer(async (request: messages.RegisterResourceRequest) => {
      const { urn, id, outputs } = await handler.register({
        type: request.getType(),
        name: request.getName(),
        parent: request.getParent(),
        custom: request.getCustom(),
        inputs: properties(request.getObject()),
        dependencies: request.getDependenciesList(),
        propertyDependencies: dependenciesOfProperties(request),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      });
      const response = new messages.RegisterResourceResponse();
      response.setUrn(urn);
      response.setId(id);
      response.setObject(struct(outputs));
      return response;
    }),
    readResource: answer(async (request: messages.ReadResourceRequest) => {
      const { urn, outputs } = await handler.register({
        type: request.getType(),
        name: request.getName(),
        parent: request.getParent(),
        custom: true,
        id: request.getId(),
        inputs: properties(request.getProperties()),
        dependencies: request.getDependenciesList(),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      });
      const response = new messages.ReadResourceResponse();
      response.setUrn(urn);
      response.setProperties(struct(outputs));
      return response;
    }),
    registerResourceOutputs: answer((request: messages.RegisterResourceOutputsRequest) => {
      handler.registerOutputs(request.getUrn(), properties(request.getOutputs()));
      return new Empty();
    }),
    signalAndWaitForShutdown: answer(() => new Empty()),
    invoke: answer((request: messages.ResourceInvokeRequest) => {
      throw new Error(`unknown function ${request.getTok()}`);
    }),
  });
  server.addService(EngineService as never, {
    log: answer((request: engineMessages.LogRequest) => {
      const severity = Object.entries(engineMessages.LogSeverity).find(
        ([, value]) => value === request.getSeverity(),
      )?.[0];
      handler.log(
        severity?.toLowerCase() ?? "info",
        request.getMessage(),
        request.getUrn(),
        request.getEphemeral(),
      );
      return new Empty();
    }),
    setRootResource: answer((request: engineMessages.SetRootResourceRequest) => {
      rootUrn = request.getUrn();
      return new engineMessages.SetRootResourceResponse();
    }),
    getRootResource: answer(() => {
      const response = new engineMessages.GetRootResourceResponse();
      response.setUrn(rootUrn);
      return response;
    }),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, [Symbol.asyncDispose]: async () => server.forceShutdown() };
}

/** Thrown to a program whose operation has failed: its runner takes it as the end, not as an error of the program. */
export class OperationStopped extends Error {}

/** A handler that answers a request, or refuses it; an operation that has failed is over for the program. */
function answer<Request, Response>(handle: (request: Request) => Response | Promise<Response>) {
  return async (call: { readonly request: Request }, callback: sendUnaryData<Response>): Promise<void> => {
    try {
      callback(null, await handle(call.request));
    } catch (error) {
      const code = error instanceof OperationStopped ? status.UNAVAILABLE : status.UNKNOWN;
      callback({ code, details: (error as Error).message } as ServiceError, null);
    }
  };
}

function dependenciesOfProperties(request: messages.RegisterResourceRequest): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    found[property] = dependencies.getUrnsList();
  });
  return found;
}

function struct(value: Properties): Struct {
  return Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);
}

function properties(value: Struct | undefined): Properties {
  return (value?.toJavaScript() ?? {}) as Properties;
}
