// What the API tells of endpoint services beside their whole record: summaries, public ones, ones found by tags.
// Fields: https://support.huaweicloud.com/intl/en-us/api-vpcep/vpcep_06_0200.html
import * as z from "zod";
import { booleanField, nullable, serviceTypeField, tagsField } from "./fields";
import { recordSchema, timeField } from "./recordSchema";

const fields = {
  id: z.string(),
  service_name: nullable(z.string()),
  service_type: nullable(serviceTypeField),
  created_at: nullable(timeField),
  is_charge: nullable(booleanField),
  enable_policy: nullable(booleanField),
};

const summaryFields = { ...fields, public_border_group: nullable(z.string()) };

/** The summary of a service, its own or another account's. */
export const endpointServiceSummarySchema = recordSchema(summaryFields, (wire, extra) => ({
  serviceId: wire.id,
  serviceName: wire.service_name,
  serviceType: wire.service_type,
  createdAt: wire.created_at,
  isCharge: wire.is_charge,
  publicBorderGroup: wire.public_border_group,
  enablePolicy: wire.enable_policy,
  extra,
}));

const publicFields = { ...fields, owner: nullable(z.string()) };

/** A service that the cloud's operator offers to everybody. */
export const publicEndpointServiceSchema = recordSchema(publicFields, (wire, extra) => ({
  serviceId: wire.id,
  serviceName: wire.service_name,
  serviceType: wire.service_type,
  owner: wire.owner,
  createdAt: wire.created_at,
  isCharge: wire.is_charge,
  enablePolicy: wire.enable_policy,
  extra,
}));

const taggedFields = { resource_id: z.string(), resource_name: nullable(z.string()), tags: tagsField };

/** A service found by its tags. */
export const taggedServiceSchema = recordSchema(taggedFields, (wire, extra) => ({
  serviceId: wire.resource_id,
  serviceName: wire.resource_name,
  tags: wire.tags,
  extra,
}));
