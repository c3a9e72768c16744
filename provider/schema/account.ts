// The small records around endpoints and services: permissions, quotas, tags, versions.
// Fields: https://support.huaweicloud.com/intl/en-us/api-vpcep/vpcep_06_0000.html
import * as z from "zod";
import { nullable, otherFields, textField, timeField, wholeNumberField, withNulls } from "./fields";

const permissionFields = {
  id: nullable(z.string()),
  permission: z.string().min(1),
  permission_type: nullable(z.string()),
  created_at: nullable(timeField),
  description: nullable(z.string()),
};

/** One entry of a service's whitelist. */
export const permissionSchema = z.looseObject(permissionFields).transform((wire) =>
  withNulls({
    permissionId: wire.id,
    permission: wire.permission,
    permissionType: wire.permission_type,
    createdAt: wire.created_at,
    description: wire.description,
    extra: otherFields(wire, permissionFields),
  }),
);

const quotaFields = { type: z.string().min(1), used: wholeNumberField, quota: wholeNumberField };

/** The quota of one kind of resource. */
export const quotaSchema = z.looseObject(quotaFields).transform((wire) =>
  withNulls({
    resourceType: wire.type,
    used: wire.used,
    quota: wire.quota,
    extra: otherFields(wire, quotaFields),
  }),
);

const tagFields = { key: z.string(), values: z.array(z.string()) };

/** A tag's key with all values it has in the project. */
export const tagSchema = z.looseObject(tagFields).transform((wire) =>
  withNulls({
    key: wire.key,
    values: wire.values,
    extra: otherFields(wire, tagFields),
  }),
);

const versionFields = {
  id: z.string().min(1),
  status: nullable(z.string()),
  updated: nullable(timeField),
  version: nullable(textField),
  min_version: nullable(textField),
  links: nullable(
    z.array(
      z
        .looseObject({ href: z.string(), rel: nullable(z.string()), type: nullable(z.string()) })
        .transform(({ href, rel, type }) => ({ href, rel: rel ?? null, type: type ?? null })),
    ),
  ),
};

/** A version of the API. */
export const versionSchema = z.looseObject(versionFields).transform((wire) =>
  withNulls({
    versionId: wire.id,
    status: wire.status,
    updatedAt: wire.updated,
    version: wire.version,
    minVersion: wire.min_version,
    links: wire.links ?? [],
    extra: otherFields(wire, versionFields),
  }),
);
