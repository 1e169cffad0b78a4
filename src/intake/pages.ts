import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Pages } from '../core/page/port.ts';

/** What the link of a page says; nothing of it is believed before it was looked at. */
export type ClaimedPage = { readonly page: string; readonly contact: string; readonly until: string; readonly proof: string };

export type PageIntakeParts = {
  readonly pages: Pick<Pages, 'acknowledgeByLink'>;
  readonly checkLink: (claimed: ClaimedPage) => Promise<'good' | 'expired' | 'forged' | 'off'>;
};

const Text = z.string().min(1).max(200);
const Path = z.object({ page: Text });
const Query = z.object({ contact: Text, until: z.string().regex(/^\d{1,16}$/), proof: Text });
const MOST_BYTES = 1024;

const REFUSED = {
  expired: { code: 410, says: 'This link has expired. Say in Slack that you have it, or wait for the next message.' },
  forged: { code: 403, says: 'This is no link of a page. Open it as it stands in the message.' },
  off: { code: 404, says: 'Pages are not acknowledged by links here. Say in Slack that you have it.' },
} as const;

/**
 * `GET /pages/<page>/acknowledge` shows a form, and only `POST` acknowledges: what looks at links before people do, such as a scanner
 * of mail, must not answer for them.
 */
export function addPages(server: FastifyInstance, { pages, checkLink }: PageIntakeParts): void {
  server.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: MOST_BYTES }, (_request, _body, done) =>
      done(null, {}),
    );
    scope.get('/pages/:page/acknowledge', async ({ params, query }, reply) => {
      const claimed = claimIn(params, query);
      const checked = claimed ? await checkLink(claimed) : 'forged';
      if (checked !== 'good' || !claimed) return await refuse(reply, checked);
      return await show(reply, 200, `Page ${claimed.page}`, `Do you have it, ${claimed.contact}?`, FORM);
    });
    scope.post('/pages/:page/acknowledge', async ({ params, query }, reply) => {
      const claimed = claimIn(params, query);
      const checked = claimed ? await checkLink(claimed) : 'forged';
      if (checked !== 'good' || !claimed) return await refuse(reply, checked);
      const answer = await pages.acknowledgeByLink(claimed.page, claimed.contact);
      return await show(reply, answer.status === 'done' ? 200 : 409, `Page ${claimed.page}`, answer.says);
    });
    await Promise.resolve();
  });
}

const FORM = '<form method="post"><button type="submit">I have it</button></form>';

function claimIn(params: unknown, query: unknown): ClaimedPage | null {
  const [path, asked] = [Path.safeParse(params), Query.safeParse(query)];
  return path.success && asked.success ? { ...path.data, ...asked.data } : null;
}

async function refuse(reply: FastifyReply, checked: 'good' | keyof typeof REFUSED): Promise<FastifyReply> {
  const { code, says } = REFUSED[checked === 'good' ? 'forged' : checked];
  return await show(reply, code, 'Page', says);
}

/** A page that loads nothing, is kept nowhere, and tells nobody where it came from. */
async function show(reply: FastifyReply, code: number, title: string, says: string, more = ''): Promise<FastifyReply> {
  const [head, text] = [title, says].map(escape);
  return await reply
    .code(code)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    })
    .send(
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>${head}</title><h1>${head}</h1><p>${text}</p>${more}</html>`,
    );
}

function escape(text: string): string {
  const CHARS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (char) => CHARS[char] ?? char);
}
