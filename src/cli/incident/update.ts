import { z } from 'zod';
import { asking } from '../ask.ts';
import { withDesk, withLook } from '../desk.ts';
import { sayReply } from '../say.ts';
import type { Printing } from '../say.ts';
import { EXIT } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

export type UpdateOptions = Printing & {
  readonly incident?: string;
  readonly engineering?: string;
  readonly business?: string;
  /** Only shows what would be suggested. */
  readonly drafts?: boolean;
};

const Drafts = z.object({ engineering: z.string(), business: z.string() });
type Texts = z.infer<typeof Drafts>;

/** Tells people: with both texts at once, else it shows the drafts and asks for what is missing. */
export async function updateCommand(terminal: Terminal, options: UpdateOptions): Promise<number> {
  const of = options.incident ?? null;
  if (options.drafts) return await withLook(terminal, async ({ call }) => sayReply(terminal, await call('drafts', { of }), options));
  return await withDesk(terminal, async ({ call }) => {
    const { engineering, business } = options;
    if (engineering !== undefined && business !== undefined)
      return sayReply(terminal, await call('update', { of, engineering, business }), options);
    const drafts = await call('drafts', { of });
    if (drafts.status === 'refused') return sayReply(terminal, drafts, options);
    if (!options.json) sayReply(terminal, drafts);
    const texts = await askTexts(terminal, options, Drafts.parse(drafts.data));
    if (texts === null) {
      terminal.stderr.write('rollbot: Nothing was sent. Give both texts: rollbot incident update --engineering "…" --business "…".\n');
      return EXIT.usage;
    }
    return sayReply(terminal, await call('update', { of, ...texts }), options);
  });
}

/** Both texts as they are to be sent; null where nobody says so. */
async function askTexts(terminal: Terminal, options: UpdateOptions, drafts: Texts): Promise<Texts | null> {
  const ask = asking(terminal, options);
  const engineering = options.engineering ?? (await ask.text(`For engineers: ${HOW}`));
  const business = engineering === null ? null : (options.business ?? (await ask.text(`For the business: ${HOW}`)));
  if (engineering === null || business === null) return null;
  const sends = await ask.line('Send both? yes or no:');
  return sends?.toLowerCase() === 'yes' ? { engineering: engineering || drafts.engineering, business: business || drafts.business } : null;
}

const HOW = 'type it, an empty line ends it; nothing at all sends the draft above:';
