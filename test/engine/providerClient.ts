// The calls that the engine makes to a dynamic provider's host, over real gRPC. Used by providerHost.ts, which starts it.
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Properties, withoutSecrets } from "./propertyValues";

/** What a check finds wrong. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** What a diff says. */
export interface ProviderDiff {
  readonly changes: boolean | undefined;
  readonly replaces: readonly string[];
}

/** What a read finds; a blank id where there is nothing. */
export interface ReadResource {
  readonly id: string;
  readonly outputs: Properties;
  /** Inputs that fit what was found. */
  readonly inputs?: Properties;
}

/** A connection to a provider. */
export class ProviderClient {
  readonly #client: InstanceType<typeof ResourceProviderClient>;

  constructor(port: string) {
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  async configure(config: Properties): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setArgs(struct(config));
    await this.#call("configure", request);
  }

  async check(
    old: Properties,
    inputs: Properties,
  ): Promise<{ inputs: Properties; failures: CheckFailure[] }> {
    const request = new messages.CheckRequest();
    request.setOlds(struct(old));
    request.setNews(struct(inputs));
    const response: messages.CheckResponse = await this.#call("check", request);
    return {
      inputs: properties(response.getInputs()),
      failures: response.getFailuresList().map((failure) => failure.toObject()),
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

  async read(id: string, state: Properties): Promise<ReadResource> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setProperties(struct(state));
    const response: messages.ReadResponse = await this.#call("read", request);
    const inputs = response.getInputs();
    return {
      id: response.getId(),
      outputs: properties(response.getProperties()),
      ...(inputs ? { inputs: properties(inputs) } : {}),
    };
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

  close(): void {
    this.#client.close();
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
