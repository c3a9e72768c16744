// The API reference's own sample response, so that the package needs no file beside its code to serve it.
// Imports nothing. Called by data.ts as the default service, and by users who start from it.

/**
 * The sample response of the VPCEP API reference for "Querying Details About a VPC Endpoint Service", as text.
 *
 * Whitespace, the misspelt `update_at` and the integer `marker_id`, too large for a JavaScript number, are
 * exactly the document's. It is the one service an emulator serves unless told otherwise, under the id
 * `4189d3c2-8882-4871-a3c2-d380272eed83`.
 *
 * @example
 * ```ts
 * import { sampleEndpointService, startEmulator } from "pulumi-vpcep/testing";
 *
 * const creating = sampleEndpointService.replace('"available"', '"creating"');
 * export const emulator = startEmulator({ services: [creating] });
 * ```
 */
export const sampleEndpointService: string = `{
   "id":"4189d3c2-8882-4871-a3c2-d380272eed83",
   "port_id":"4189d3c2-8882-4871-a3c2-d380272eed88",
   "vpc_id":"4189d3c2-8882-4871-a3c2-d380272eed80",
   "marker_id":422321321312321321,
   "status":"available",
   "approval_enabled":false,
   "service_name":"test123",
   "server_type":"VM",
   "service_type":"interface",
   "ports":
            [
              {
                "client_port":8080,
                "server_port":80,
                "protocol":"TCP"
              },
              {
                "client_port":8081,
                "server_port":80,
                "protocol":"TCP"
              }
            ],
   "project_id":"6e9dfd51d1124e8d8498dce894923a0d",
   "created_at":"2018-01-30T07:42:01.174",
   "update_at":"2018-01-30T07:42:01.174"
}`;
