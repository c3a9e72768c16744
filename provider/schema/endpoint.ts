// The record of a VPC endpoint, and of a connection: the same thing as its service's owner sees it.
// Fields: https://support.huaweicloud.com/intl/en-us/api-vpcep/ListEndpointInfoDetails.html
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
} from "./fields";
import { recordSchema, timeField } from "./recordSchema";

const statement = z
  .strictObject({ Effect: z.string(), Action: oneOrMoreTexts, Resource: oneOrMoreTexts })
  .transform((wire) => ({ effect: wire.Effect, action: wire.Action, resource: wire.Resource }));

const fields = {
  id: z.string(),
  service_type: nullable(serviceTypeField),
  status: filledText,
  active_status: nullable(oneOrMoreTexts),
  enable_status: nullable(z.string()),
  specification_name: nullable(z.string()),
  endpoint_service_name: nullable(z.string()),
  endpoint_service_id: nullable(z.string()),
  marker_id: nullable(textField),
  enable_dns: nullable(booleanField),
  dns_names: nullable(oneOrMoreTexts),
  ip: nullable(z.string()),
  vpc_id: nullable(z.string()),
  subnet_id: nullable(z.string()),
  created_at: nullable(timeField),
  updated_at: nullable(timeField),
  project_id: nullable(z.string()),
  tags: tagsField,
  error: problemsField,
  whitelist: nullable(oneOrMoreTexts),
  enable_whitelist: nullable(booleanField),
  routetables: nullable(oneOrMoreTexts),
  description: nullable(z.string()),
  policy_statement: nullable(z.array(statement)),
  policy_document: nullable(z.unknown()),
  endpoint_pool_id: nullable(z.string()),
  public_border_group: nullable(z.string()),
};

/** An endpoint as the API sends it, transformed to the outputs. */
export const endpointSchema = recordSchema(fields, (wire, extra) => ({
  endpointId: wire.id,
  serviceId: wire.endpoint_service_id,
  serviceName: wire.endpoint_service_name,
  serviceType: wire.service_type,
  status: wire.status,
  activeStatus: wire.active_status,
  enableStatus: wire.enable_status,
  specificationName: wire.specification_name,
  markerId: wire.marker_id,
  enableDns: wire.enable_dns,
  dnsNames: wire.dns_names,
  ip: wire.ip,
  vpcId: wire.vpc_id,
  subnetId: wire.subnet_id,
  projectId: wire.project_id || null,
  createdAt: wire.created_at,
  updatedAt: wire.updated_at,
  tags: wire.tags,
  error: wire.error,
  whitelist: wire.whitelist,
  enableWhitelist: wire.enable_whitelist,
  routeTables: wire.routetables,
  description: wire.description,
  policyStatement: wire.policy_statement,
  policyDocument: wire.policy_document,
  endpointPoolId: wire.endpoint_pool_id,
  publicBorderGroup: wire.public_border_group,
  extra,
}));

const connectionFields = {
  id: z.string(),
  marker_id: nullable(textField),
  status: filledText,
  domain_id: nullable(z.string()),
  created_at: nullable(timeField),
  updated_at: nullable(timeField),
  error: problemsField,
  description: nullable(z.string()),
};

/** A connection to an endpoint service: the endpoint at its other end. */
export const connectionSchema = recordSchema(connectionFields, (wire, extra) => ({
  endpointId: wire.id,
  markerId: wire.marker_id,
  status: wire.status,
  domainId: wire.domain_id,
  createdAt: wire.created_at,
  updatedAt: wire.updated_at,
  error: wire.error,
  description: wire.description,
  extra,
}));
