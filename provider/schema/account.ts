// The small records around endpoints and services: permissions, quotas, tags, versions.
// Fields: https://support.huaweicloud.com/intl/en-us/api-vpcep/vpcep_06_0000.html
import * as z from "zod";
import { filledText, nullable, oneOrMoreTexts, textField, wholeNumberField } from "./fields";
import { recordSchema, timeField } from "./recordSchema";

const permissionFields = {
  id: nullable(z.string()),
  permission: filledText,
  permission_type: nullable(z.string()),
  created_at: nullable(timeField),
  description: nullable(z.string()),
};

/** One entry of a service's whitelist. */
export const permissionSchema = recordSchema(permissionFields, (wire, extra) => ({
  permissionId: wire.id,
  permission: wire.permission,
  permissionType: wire.permission_type,
  createdAt: wire.created_at,
  description: wire.description,
  extra,
}));

const quotaFields = { type: filledText, used: wholeNumberField, quota: wholeNumberField };

/** The quota of one kind of resource. */
export const quotaSchema = recordSchema(quotaFields, (wire, extra) => ({
  resourceType: wire.type,
  used: wire.used,
  quota: wire.quota,
  extra,
}));

const tagFields = { key: z.string(), values: oneOrMoreTexts };

/** A tag's key with all values it has in the project. */
export const tagSchema = recordSchema(tagFields, (wire, extra) => ({
  key: wire.key,
  values: wire.values,
  extra,
}));

const versionFields = {
  id: filledText,
  status: nullable(z.string()),
  updated: nullable(timeField),
  version: nullable(textField),
  min_version: nullable(textField),
  links: nullable(
    z.array(
      z
        .strictObject({ href: z.string(), rel: nullable(z.string()), type: nullable(z.string()) })
        .transform(({ href, rel, type }) => ({ href, rel: rel ?? null, type: type ?? null })),
    ),
  ),
};

/** A version of the API. */
export const versionSchema = recordSchema(versionFields, (wire, extra) => ({
  versionId: wire.id,
  status: wire.status,
  updatedAt: wire.updated,
  version: wire.version,
  minVersion: wire.min_version,
  links: wire.links,
  extra,
}));
