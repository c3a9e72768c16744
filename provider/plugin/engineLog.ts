// The engine's log: the one way from a plugin to a user, who sees nothing else that it prints. Used by service.ts.
import { type Client, connectivityState, credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { Listeners } from "../client/sharedClients";

/** Lines on their way to one engine. */
export interface EngineLog extends Listeners {
  /** Fulfils when the engine has all lines. */
  written(): Promise<unknown>;
}

/** Opens the log of the engine at an address; `whenGone` is called when there is no engine any more. */
export function openLog(address: string, whenGone: () => void): EngineLog {
  const client = new EngineClient(address, credentials.createInsecure());
  watch(client as unknown as Client, whenGone);
  const onTheWay = new Set<Promise<void>>();
  const sender = (severity: 1 | 2, isEphemeral: boolean) => (line: string) => {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(line);
    request.setEphemeral(isEphemeral);
    // A line that is lost fails no lookup.
    const sent = new Promise<void>((resolve) => client.log(request, () => resolve()));
    onTheWay.add(sent);
    void sent.then(() => onTheWay.delete(sent));
  };
  return {
    log: sender(LogSeverity.INFO, true),
    warn: sender(LogSeverity.WARNING, false),
    written: () => Promise.all(onTheWay),
  };
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
