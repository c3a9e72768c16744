// Counts a server's TCP connections and can end them all, those in the middle of a fault included.
// Imports nothing of the project. Called by emulator.ts.
import type { Server } from "node:http";
import type { Socket } from "node:net";

export interface Sockets {
  /** Live: always the present numbers. */
  readonly counts: { readonly open: number; readonly peak: number; readonly total: number };
  destroyAll(): void;
  forgetPeak(): void;
}

export function trackSockets(server: Server): Sockets {
  const open = new Set<Socket>();
  let peak = 0;
  let total = 0;
  server.on("connection", (socket) => {
    open.add(socket);
    total += 1;
    peak = Math.max(peak, open.size);
    socket.once("close", () => open.delete(socket));
    // A client that goes away in the middle is what tests are for, not an error.
    socket.on("error", () => socket.destroy());
  });
  return {
    counts: {
      get open() {
        return open.size;
      },
      get peak() {
        return peak;
      },
      get total() {
        return total;
      },
    },
    destroyAll() {
      for (const socket of open) {
        socket.destroy();
      }
    },
    forgetPeak() {
      peak = open.size;
    },
  };
}
