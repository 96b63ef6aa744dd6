import type { SessionRequest, SessionResult } from "../model/client-session.ts";
import type { Client } from "./find-client.ts";
import { runSession, type SessionOptions } from "./session.ts";

/**
 * Several sessions side by side; results in the order of the requests. The first failure ends the run: sessions that
 * have begun are waited for, others do not start.
 * @param jobs how many run at once.
 */
export async function runSessions(
  sessions: readonly { client: Client; request: SessionRequest }[],
  options: Partial<SessionOptions> & { jobs: number },
): Promise<SessionResult[]> {
  const { jobs, ...sessionOptions } = options;
  const results: SessionResult[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (failures.length === 0 && next < sessions.length) {
      const index = next++;
      const { client, request } = sessions[index]!;
      try {
        results[index] = await runSession(client, request, sessionOptions);
      } catch (failure) {
        failures.push(failure);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, sessions.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
