// What one run of a lookup asks of its place: requests there, in its project, and what may be said of them.
// Called by client.ts for every run, which sends the requests.

import type { SettingNames } from "../errors/failures";
import { httpBounds } from "../http/bounds";
import type { Deadline } from "../http/deadline";
import type { LookupApi, LookupRequest } from "../reading/lookupApi";
import { requestIdOf } from "../requests/answers";
import type { ApiRequest } from "../requests/apiRequest";
import type { Answered } from "../requests/outcome";
import type { Session } from "../requests/session";

/** A place, as all runs in it share it. */
export interface Place {
  /** The name of the account that asks; undefined for the default one. */
  readonly account: string | undefined;
  readonly region: string;
  /** The origin of VPCEP. */
  readonly endpoint: string;
  readonly settingNames: SettingNames;
  readonly session: Session;
  readonly log: (line: string) => void;
  readonly warn: (line: string) => void;
  /** The project where no setting names one. */
  findProject(deadline: Deadline): Promise<string>;
  send(request: ApiRequest, deadline: Deadline): Promise<Answered>;
}

/** What is known of a run so far. */
export interface RunState {
  /** The project that was asked. */
  projectId: string | undefined;
  attempts: number;
}

/** A place as an error names it; its project once it is known. */
export function describePlace({ account, region }: Place, { projectId }: RunState): string {
  const project = projectId ? `, project ${projectId}` : "";
  return `${account === undefined ? "" : `account ${account}, `}region ${region}${project}`;
}

/** The api of one run, which keeps its state up to date. */
export function placeApi(
  { region, endpoint, settingNames, session, log, warn, findProject, send }: Place,
  run: Pick<LookupApi, "subject" | "refreshing" | "secretArguments" | "argumentNames">,
  state: RunState,
): LookupApi {
  const { secrets } = session;
  return {
    ...run,
    host: session.host(endpoint).host,
    region,
    timeoutSettings: settingNames.timeoutMs,
    clean: (text) => secrets.quoted(text),
    log: (line) => tell(line, log, secrets),
    warn: warningsOf(session, warn),
    projectId: async (deadline) => {
      state.projectId ??= await findProject(deadline);
      return state.projectId;
    },
    send: async (request, deadline) => {
      const { headers, attempts, ...answer } = await send(requestTo(endpoint, request), deadline);
      state.attempts += attempts;
      return {
        ...answer,
        // An error alone asks for it.
        get requestId() {
          const requestId = requestIdOf(headers);
          return requestId && secrets.quoted(requestId);
        },
      };
    },
  };
}

/** Tells each subject's warning once. */
export function warningsOf(session: Session, warn: Place["warn"]): LookupApi["warn"] {
  return (subject, line) => session.once(["warning", subject], () => tell(line, warn, session.secrets));
}

/** Whatever they do with a line, no lookup fails for it. */
function tell(line: string, listener: (line: string) => unknown, secrets: Session["secrets"]): void {
  try {
    Promise.resolve(listener(secrets.ownLine(line))).catch(() => {});
  } catch {
    // A sick listener is the caller's to mend.
  }
}

function requestTo(origin: string, { body, isPage, ...request }: LookupRequest): ApiRequest {
  return {
    ...request,
    method: body === undefined ? "GET" : "POST",
    origin,
    ...(body === undefined ? {} : { body }),
    ...(isPage ? { answerBytes: httpBounds.listBytes, answerValues: httpBounds.listValues } : {}),
  };
}
