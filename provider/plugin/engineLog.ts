// The engine's log: the one way from a plugin to a user, who sees nothing else that it prints. Used by main.ts and service.ts.
import { setTimeout } from "node:timers/promises";
import { type Client, connectivityState, credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** How long an answer waits for an engine that does not take a line. */
const patienceMs = 1_000;

/** Lines on their way to the engine. */
export class EngineLog {
  readonly #whenGone: () => void;
  readonly #onTheWay = new Set<Promise<void>>();
  #client: EngineClient | undefined;

  /** `whenGone` is called when there is no engine any more. */
  constructor(whenGone: () => void) {
    this.#whenGone = whenGone;
  }

  /** Learns where the engine is. */
  attach(address: string): void {
    // The engine is on this machine, which a proxy knows nothing of.
    const options = { "grpc.enable_http_proxy": 0 };
    this.#client = new EngineClient(address, credentials.createInsecure(), options);
    watch(this.#client as unknown as Client, this.#whenGone);
  }

  /** Shows a line while the lookup goes on. */
  readonly log = (line: string): void => this.#send(line, LogSeverity.INFO, true);

  /** Shows a line that stays. */
  readonly warn = (line: string): void => this.#send(line, LogSeverity.WARNING, false);

  /** Fulfils when the engine has all lines, or has had the time to take them. */
  async written(): Promise<void> {
    if (this.#onTheWay.size > 0) {
      await Promise.race([Promise.all(this.#onTheWay), setTimeout(patienceMs)]);
    }
  }

  #send(line: string, severity: 1 | 2, isEphemeral: boolean): void {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(line);
    request.setEphemeral(isEphemeral);
    // A line that is lost fails no lookup.
    const sent = new Promise<void>((resolve) => this.#client?.log(request, () => resolve()) ?? resolve());
    this.#onTheWay.add(sent);
    void sent.then(() => this.#onTheWay.delete(sent));
  }
}

/** An engine that was killed sends no signal: what is left of it is a connection that cannot be made again. */
function watch(client: Client, whenGone: () => void): void {
  const channel = client.getChannel();
  const state = channel.getConnectivityState(true);
  if (state === connectivityState.TRANSIENT_FAILURE || state === connectivityState.SHUTDOWN) {
    whenGone();
  } else {
    channel.watchConnectivityState(state, Number.POSITIVE_INFINITY, () => watch(client, whenGone));
  }
}
