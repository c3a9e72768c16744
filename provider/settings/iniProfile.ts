// The credentials file of the cloud's own SDKs: sections of lines. Called by profile.ts.
import {
  labelOf,
  noProfile,
  type Profiles,
  profileProblem,
  type ReadProfiles,
  repeated,
  settingsIn,
} from "./profileFormat";
import { refuseUnsupported } from "./unsupported";

const spelling = {
  region: "region",
  projectId: "project_id",
  domainId: "domain_id",
  authUrl: "iam_endpoint",
  accessKey: "ak",
  secretKey: "sk",
  securityToken: "security_token",
  "oidc.idpId": "idp_id",
  "oidc.idTokenFile": "id_token_file",
} as const;

/** A section of the file: where it begins, and its fields, each with the lines that it stands in. */
interface Section {
  readonly line: number;
  readonly fields: Map<string, { readonly value: string; readonly lines: number[] }>;
}

export const readIniProfiles: ReadProfiles = (text, path) => {
  const sections = sectionsOf(text, path);
  const names = [...sections.keys()];
  const choose: Profiles["choose"] = (wanted = "basic") => {
    const [section, ...others] = sections.get(wanted) ?? [];
    if (!section) {
      throw noProfile(path, wanted, names);
    }
    const label = labelOf(wanted, path);
    if (others.length > 0) {
      throw repeated(
        label,
        [section, ...others].map(({ line }) => `line ${line}`),
      );
    }
    for (const [field, { lines }] of section.fields) {
      if (lines.length > 1) {
        throw repeated(
          `${field} in ${label}`,
          lines.map((line) => `line ${line}`),
        );
      }
    }
    const fields = Object.fromEntries([...section.fields].map(([field, { value }]) => [field, value]));
    refuseUnsupported(Object.entries(fields), (field) => `${field} in ${label}`);
    return { settings: settingsIn(fields, spelling, label) };
  };
  return { names, choose };
};

/** The sections of a file by their names. */
function sectionsOf(text: string, path: string): ReadonlyMap<string, readonly Section[]> {
  const sections = new Map<string, Section[]>();
  let section: Section | undefined;
  for (const [at, untrimmed] of text.split("\n").entries()) {
    const line = untrimmed.trim();
    const equals = line.indexOf("=");
    if (/^(?:$|[#;])/.test(line)) {
      continue;
    }
    if (line.startsWith("[") && line.endsWith("]")) {
      const name = line.slice(1, -1).trim();
      section = { line: at + 1, fields: new Map() };
      sections.set(name, [...(sections.get(name) ?? []), section]);
    } else if (section && equals > 0) {
      const field = line.slice(0, equals).trim();
      const lines = [...(section.fields.get(field)?.lines ?? []), at + 1];
      section.fields.set(field, { value: line.slice(equals + 1).trim(), lines });
    } else {
      throw profileProblem(`${path} is neither KooCLI's JSON nor the SDK's INI`);
    }
  }
  return sections;
}
