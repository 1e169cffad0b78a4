import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Asked, ReleaseAnswer, Releases } from '../core/component/port.ts';
import { isSame } from './same.ts';

export type ReleaseIntakeParts = {
  readonly releases: Pick<Releases, 'mayDeploy' | 'noteDeployed'>;
  /** What CI has to show; null where rollbot.yml names none. Rejects with a sentence where it can't be read. */
  readonly ciSecret: () => Promise<string | null>;
};

const MOST_BYTES = 4096;
const Version = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+@/-]{0,199}$/, 'a version such as v1.4.2 or a commit');
const Path = z.object({ target: z.string(), deployable: z.string(), version: Version.optional() });
const Report = z.strictObject({ version: Version });
const STATUS = { target: 404, deployable: 404, rules: 409 } as const;

/** What CI asks before it deploys, and says after it has: `GET` and `POST /releases/<target>/<deployable>`. */
export function addReleases(server: FastifyInstance, { releases, ciSecret }: ReleaseIntakeParts): void {
  server.get('/releases/:target/:deployable/:version', async ({ params }, reply) => {
    const path = Path.safeParse(params);
    if (!path.success)
      return await refuse(reply, 400, { deploy: false, says: 'This is no version: expected one such as v1.4.2 or a commit.' });
    const { version = '', ...asked } = path.data;
    const answer = await orUnreadable(async () => await releases.mayDeploy(asked, version));
    if (answer.status === 'done') return await reply.send({ deploy: true });
    return await refuse(reply, answer.why === 'unreadable' ? 503 : STATUS[answer.why], { deploy: false, says: answer.says });
  });
  server.post('/releases/:target/:deployable', { bodyLimit: MOST_BYTES }, async ({ params, headers, body }, reply) => {
    const stranger = await whyNotTrusted(ciSecret, headers.authorization);
    if (stranger) return await refuse(reply, stranger.status, { says: stranger.says });
    const path = Path.safeParse(params);
    const report = Report.safeParse(body);
    if (!path.success || !report.success)
      return await refuse(reply, 400, { says: 'Expected {"version": "…"}, with a version such as v1.4.2 or a commit.' });
    const asked: Asked = path.data;
    const answer = await orUnreadable(async () => await releases.noteDeployed(asked, report.data.version));
    if (answer.status === 'done') return await reply.send({ noted: true });
    return await refuse(reply, answer.why === 'unreadable' ? 503 : STATUS[answer.why], { says: answer.says });
  });
}

type Answer = ReleaseAnswer | { readonly status: 'refused'; readonly why: 'unreadable'; readonly says: string };

/** Where nothing can be read, the answer is neither yes nor no. */
async function orUnreadable(ask: () => Promise<ReleaseAnswer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    return { status: 'refused', why: 'unreadable', says: error instanceof Error ? error.message : 'The journal could not be read.' };
  }
}

async function whyNotTrusted(
  ciSecret: ReleaseIntakeParts['ciSecret'],
  authorization: string | undefined,
): Promise<{ readonly status: 401 | 403 | 503; readonly says: string } | null> {
  let secret: string | null;
  try {
    secret = await ciSecret();
  } catch (error) {
    return { status: 503, says: error instanceof Error ? error.message : "The secret of CI can't be read." };
  }
  if (secret === null) {
    return {
      status: 403,
      says: 'Nothing is taken from CI, because rollbot.yml names no secret for it: add ci: { secret: { env: NAME } }.',
    };
  }
  const shown = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (shown !== undefined && isSame(shown, secret)) return null;
  return { status: 401, says: 'This needs the secret of CI: Authorization: Bearer <secret>.' };
}

async function refuse(reply: FastifyReply, status: number, body: object): Promise<FastifyReply> {
  return await reply.code(status).send(body);
}
