import { z } from 'zod';
import type { TokenId } from '../../core/brand.ts';
import { shortDigest } from '../../core/digest.ts';
import { overrideRuleOf } from '../../core/terminal/break-glass.ts';
import { waitingFor } from '../incidents.ts';
import { done, refused } from '../reply.ts';
import { inTerminal } from '../say/words.ts';
import { verb } from '../verb.ts';

const SHORTEST_DIGEST = 8;
const Digest = z.string().regex(/^[0-9a-f]{8,64}$/);

/** Approves exactly what was shown: the digest that was typed has to be that of what would run. */
export const APPROVE = verb(z.object({ token: z.string(), digest: z.string() }), async (acting, { token, digest }, desk) => {
  const mistake = await otherThanShown(desk, token, digest);
  if (mistake !== null) return refused('words', [mistake]);
  const answer = await desk.operations.act({ kind: 'approve', token: token as TokenId, ...acting });
  return answer.status === 'done'
    ? done([`Approved (${digest.slice(0, SHORTEST_DIGEST)}).`], { token })
    : refused('rules', [inTerminal(answer.says)]);
});

const Override = z.object({ token: z.string(), digest: z.string(), target: z.string(), reason: z.string() });

/** Goes on without the approval that was asked for, by the same digest, with the target's name typed and a reason. */
export const OVERRIDE = verb(Override, async (acting, { token, digest, target, reason }, desk) => {
  const mistake = await otherThanShown(desk, token, digest);
  if (mistake !== null) return refused('words', [mistake]);
  const rule = overrideRuleOf(desk.catalog.settings());
  const answer = await desk.operations.act({ kind: 'override', token: token as TokenId, target, reason, rule, ...acting });
  if (answer.status === 'refused') return refused('rules', [inTerminal(answer.says)]);
  return done([`OVERRIDE (${digest.slice(0, SHORTEST_DIGEST)}). ${rule?.tells ?? 'Somebody'} is told now, and has to look at it.`], {
    token,
  });
});

/** Denies it, with a reason that everybody reads. */
export const DENY = verb(z.object({ token: z.string(), reason: z.string() }), async (acting, { token, reason }, { operations }) => {
  if (reason.trim() === '') return refused('words', ['Say why: --reason "…". Everybody reads it, and it stands in the report.']);
  const answer = await operations.act({ kind: 'deny', token: token as TokenId, reason, ...acting });
  return answer.status === 'done' ? done(['Denied.'], { token }) : refused('rules', [inTerminal(answer.says)]);
});

/** Why this digest is not the one of what would run now; null where it is, or where the rules have something better to say. */
async function otherThanShown(desk: Parameters<typeof waitingFor>[0], token: string, digest: string): Promise<string | null> {
  if (!Digest.safeParse(digest).success)
    return `"${digest}" is no digest. Type the first ${SHORTEST_DIGEST} characters of the one that is shown.`;
  const [found] = await waitingFor(desk, token);
  if (found?.waiting.kind !== 'approval' || found.waiting.approval.digest.startsWith(digest)) return null;
  return `This is not the digest of what would run, which is ${shortDigest(found.waiting.approval.digest)}. Look at it again with \`rollbot approve\`.`;
}
