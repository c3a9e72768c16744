// The credentials file of the cloud's own SDKs: sections of lines. Called by profile.ts.
import {
  labelOf,
  noProfile,
  type Profiles,
  profileProblem,
  type ReadProfiles,
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

export const readIniProfiles: ReadProfiles = (text, path) => {
  const sections = new Map<string, Record<string, string>>();
  let section: Record<string, string> | undefined;
  for (const line of text.split("\n").map((untrimmed) => untrimmed.trim())) {
    const equals = line.indexOf("=");
    if (/^(?:$|[#;])/.test(line)) {
      continue;
    }
    if (line.startsWith("[") && line.endsWith("]")) {
      section = {};
      sections.set(line.slice(1, -1).trim(), section);
    } else if (section && equals > 0) {
      section[line.slice(0, equals).trim()] = line.slice(equals + 1).trim();
    } else {
      throw profileProblem(`${path} is neither KooCLI's JSON nor the SDK's INI`);
    }
  }
  const names = [...sections.keys()];
  const choose: Profiles["choose"] = (wanted = "basic") => {
    const fields = sections.get(wanted);
    if (!fields) {
      throw noProfile(path, wanted, names);
    }
    const label = labelOf(wanted, path);
    refuseUnsupported(Object.entries(fields), (field) => `${field} in ${label}`);
    return { settings: settingsIn(fields, spelling, label) };
  };
  return { names, choose };
};
