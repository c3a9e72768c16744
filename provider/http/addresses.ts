// The addresses that stay on this machine or its link, and what that means: no proxy, and plain http is no risk. A leaf.

/** Where a server of the cloud finds its own metadata: the one link-local address, the same on every server. */
export const metadataOrigin = "http://169.254.169.254";

/** Whether an origin is on this machine. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
