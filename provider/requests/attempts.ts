// The loop around a request: try, pause, try again, within the lookup's deadline. The one place that turns what happened
// into an error. Called by client.ts.
// This room knows one request, sent again and again within its time, and what is shared by all; client/ and above may enter.
import type { CredentialProvider, SentCredential } from "../credentials/kinds/credential";
import { errorOfAnswer, errorOfProblem, errorOfTimeout } from "../errors/answerErrors";
import type { RefusedAnswer } from "../errors/failures";
import type { SentKind } from "../errors/nextSteps";
import { type Deadline, DeadlinePassed } from "../http/deadline";
import type { ApiRequest } from "./apiRequest";
import { attempt, type RequestContext, type Sent } from "./attempt";
import { type Answered, askedApi, type Failed, isRefusedCredential } from "./outcome";
import { Retries } from "./retryBudget";
import { pauseMs, retryCost } from "./retryStrategy";
import type { HostState } from "./session";

/** Sends a request until it is answered with a JSON object, or fails with a {@link VpcepError}. */
export async function sendUntilAnswered(request: ApiRequest, context: RequestContext): Promise<Answered> {
  const { session, provider, deadline, maxAttempts, settingNames } = context;
  const host = session.host(request.origin);
  let credential: SentCredential | undefined;
  const sent: Sent = { attempts: 0, clockCorrections: 0 };
  const fail = (
    { cause, waitMs, asked }: Pick<Failed, "cause" | "waitMs" | "asked">,
    retriesSpent = false,
  ) => {
    const failure = {
      ...asked,
      credentialFrom: provider.from,
      credentialKind: credential && sentKind(credential, provider),
      remedy: credential?.kind === "keys" ? credential.remedy : undefined,
      permission: request.permission === "none" ? undefined : request.permission,
      inProject: request.projectId !== undefined,
      nextSteps: request.nextSteps,
      settingNames,
      attempts: sent.attempts,
      mayBeMissing: request.mayBeMissing,
      clockDifferenceMs: ("refused" in cause && cause.signedWithMs) || 0,
      rememberedMs: "refused" in cause ? cause.rememberedMs : undefined,
      quoted: (text: string) => session.secrets.quoted(text),
      retriesSpent,
    };
    return "refused" in cause
      ? errorOfAnswer(cause.refused, failure, waitMs)
      : errorOfProblem(cause.problem, failure);
  };
  const spent = new Set<string>();
  const firstTime = (reason: string) => !spent.has(reason) && spent.add(reason).has(reason);
  using retries = new Retries(session.budget);
  let failures = 0;
  try {
    credential = await provider.current(deadline);
    for (;;) {
      if (host.throttled) {
        await throttlePassed(host, deadline, (refused, waitMs) =>
          fail({ cause: { refused }, waitMs, asked: askedApi(request, host) }),
        );
      }
      const outcome = await attempt(request, credential, context, host, sent);
      if ("json" in outcome) {
        retries.succeed();
        return outcome;
      }
      retries.fail();
      const { verdict } = outcome;
      let pause: number | undefined;
      if (outcome.clockCorrected || (verdict === "now" && firstTime("now"))) {
        pause = 0;
      } else if (isRefusedCredential(outcome) && provider.renew && firstTime("credential")) {
        credential = await provider.renew(credential, deadline);
        pause = 0;
      } else if (verdict === "once") {
        pause = firstTime("once") ? pauseMs("transient", 1, 0, Math.random()) : undefined;
      } else if (verdict !== "final") {
        failures++;
        pause =
          failures < maxAttempts ? pauseMs(verdict, failures, outcome.waitMs, Math.random()) : undefined;
      }
      if (pause === undefined || pause >= deadline.leftMs) {
        throw fail(outcome);
      }
      const mayRetry = pause === 0 || (await retries.take(retryCost(verdict), deadline));
      if (!mayRetry || pause >= deadline.leftMs) {
        throw fail(outcome, true);
      }
      await deadline.sleep(pause);
    }
  } catch (error) {
    throw error instanceof DeadlinePassed ? errorOfTimeout(error, settingNames, sent.attempts) : error;
  }
}

/** What was sent, as an error tells what may be wrong with it. */
function sentKind(credential: SentCredential, { renew }: Pick<CredentialProvider, "renew">): SentKind {
  if (renew) {
    return "issued";
  }
  switch (credential.kind) {
    case "inBody":
      return "password";
    case "keys":
      return credential.securityToken === undefined ? "keys" : "temporaryKeys";
    default:
      return credential.kind;
  }
}

/** Waits for the window in which the host wants no requests, or fails at once where the lookup's time ends before. */
async function throttlePassed(
  host: HostState,
  deadline: Deadline,
  fail: (answer: RefusedAnswer, waitMs: number) => Error,
): Promise<void> {
  for (let waitMs = 0; host.throttled; ) {
    waitMs = host.throttled.until - performance.now();
    if (waitMs <= 0) {
      host.throttled = undefined;
    } else if (waitMs >= deadline.leftMs) {
      throw fail(host.throttled.answer, waitMs);
    } else {
      await deadline.sleep(waitMs);
    }
  }
}
