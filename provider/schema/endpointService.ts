// The record of an endpoint service: the wire's fields, checked, to the outputs a program sees.
// Reached through schema/index.ts for every record. The type of the outputs follows from the schema.
// Fields: https://support.huaweicloud.com/intl/en-us/api-vpcep/ListServiceDetails.html
import * as z from "zod";
import {
  booleanField,
  filledText,
  nullable,
  oneOrMoreTexts,
  problemsField,
  serviceTypeField,
  tagsField,
  textField,
  wholeNumberField,
} from "./fields";
import { recordSchema, timeField } from "./recordSchema";

const port = z
  .strictObject({
    client_port: wholeNumberField.pipe(z.int().min(1).max(65535)),
    server_port: wholeNumberField.pipe(z.int().min(1).max(65535)),
    protocol: nullable(z.string()),
  })
  .transform(({ client_port, server_port, protocol }) => ({
    clientPort: client_port,
    serverPort: server_port,
    protocol: protocol ?? "TCP",
  }));

const fields = {
  id: z.string(),
  port_id: nullable(z.string()),
  vip_port_id: nullable(z.string()),
  service_name: nullable(z.string()),
  server_type: nullable(z.string()),
  vpc_id: filledText,
  approval_enabled: nullable(booleanField),
  status: filledText,
  service_type: nullable(serviceTypeField),
  created_at: nullable(timeField),
  updated_at: nullable(timeField),
  project_id: nullable(z.string()),
  ports: z.array(port),
  error: problemsField,
  pool_id: nullable(z.string()),
  cidr_type: nullable(z.string()),
  tcp_proxy: nullable(z.string()),
  description: nullable(z.string()),
  enable_policy: nullable(booleanField),
  ip: nullable(z.string()),
  ip_version: nullable(z.string()),
  snat_network_id: nullable(z.string()),
  public_border_group: nullable(z.string()),
  connection_count: nullable(wholeNumberField.pipe(z.int().min(0))),
  domain_id: nullable(z.string()),
  supported_editions: nullable(oneOrMoreTexts),
  tags: tagsField,
  marker_id: nullable(textField),
};

/** A record as the API sends it, transformed to the outputs; anything else is an error that names the field. */
export const endpointServiceSchema = recordSchema(fields, (wire, extra) => ({
  serviceId: wire.id,
  serviceName: wire.service_name,
  status: wire.status,
  vpcId: wire.vpc_id,
  ports: wire.ports,
  portId: wire.port_id,
  vipPortId: wire.vip_port_id,
  serverType: wire.server_type,
  serviceType: wire.service_type,
  approvalEnabled: wire.approval_enabled,
  projectId: wire.project_id || null,
  createdAt: wire.created_at,
  updatedAt: wire.updated_at,
  error: wire.error,
  poolId: wire.pool_id,
  cidrType: wire.cidr_type,
  tcpProxy: wire.tcp_proxy,
  description: wire.description,
  enablePolicy: wire.enable_policy,
  ip: wire.ip,
  ipVersion: wire.ip_version,
  snatNetworkId: wire.snat_network_id,
  publicBorderGroup: wire.public_border_group,
  connectionCount: wire.connection_count,
  domainId: wire.domain_id,
  supportedEditions: wire.supported_editions,
  tags: wire.tags,
  markerId: wire.marker_id,
  extra,
}));
