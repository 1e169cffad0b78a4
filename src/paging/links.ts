import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../core/brand.ts';
import type { Clock } from '../core/ports.ts';

/** How links are made; null where rollbot.yml says nothing about them. */
export type LinkSettings = { readonly base: string; readonly secret: string; readonly holdsMs: number };
export type LinkParts = { readonly settings: () => Promise<LinkSettings | null>; readonly clock: Pick<Clock, 'now'> };

/** What a link says, as it stands in its address. */
export type Claimed = { readonly page: string; readonly contact: string; readonly until: string; readonly proof: string };
export type Checked = 'good' | 'expired' | 'forged' | 'off';

/** Links by which a contact says that they have a page, without Slack: for one page and one contact, and for a while. */
export type Links = {
  readonly linkFor: (page: string, contact: string) => Promise<string | null>;
  readonly check: (claimed: Claimed) => Promise<Checked>;
};

/** A key that is used for something else as well must not sign anything that passes here. */
const PURPOSE = 'rollbot: acknowledge a page';

/** Builds them on the secret of rollbot.yml, which is read whenever it is needed. */
export function createLinks({ settings, clock }: LinkParts): Links {
  return {
    async linkFor(page, contact) {
      const own = await settings();
      if (own === null) return null;
      const until = String(clock.now() + own.holdsMs);
      const url = new URL(`/pages/${encodeURIComponent(page)}/acknowledge`, own.base);
      url.searchParams.set('contact', contact);
      url.searchParams.set('until', until);
      url.searchParams.set('proof', proofOf(own.secret, { page, contact, until }));
      return url.href;
    },
    async check(claimed) {
      const own = await settings();
      if (own === null) return 'off';
      if (!isSame(claimed.proof, proofOf(own.secret, claimed))) return 'forged';
      return (Number(claimed.until) as Instant) < clock.now() ? 'expired' : 'good';
    },
  };
}

function proofOf(secret: string, { page, contact, until }: Omit<Claimed, 'proof'>): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([PURPOSE, page, contact, until]))
    .digest('base64url');
}

/** Takes the same time whatever is shown. */
function isSame(shown: string, right: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
