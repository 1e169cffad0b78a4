import { asking } from '../ask.ts';
import type { Asking } from '../ask.ts';
import { withDesk } from '../desk.ts';
import { lookCommand } from '../look.ts';
import { sayReply } from '../say.ts';
import type { Printing } from '../say.ts';
import { EXIT } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';

export type ReportOptions = Printing & {
  readonly rootCause?: string;
  readonly lessons?: string;
  readonly item?: readonly string[];
  /** Asks for all three. */
  readonly ask?: boolean;
};

/** Prints the report as it stands, or adds to it what was found out. */
export async function reportCommand(terminal: Terminal, of: string | undefined, options: ReportOptions): Promise<number> {
  const which = { of: of ?? null };
  const { rootCause, lessons, item } = options;
  const given = { rootCause: rootCause ?? null, lessons: lessons ?? null, items: [...(item ?? [])] };
  const adds = given.rootCause !== null || given.lessons !== null || given.items.length > 0;
  if (!adds && !options.ask) return await lookCommand(terminal, 'report', which, options);
  return await withDesk(terminal, async ({ call }) => {
    if (!options.ask) return sayReply(terminal, await call('write-up', { ...which, ...given }), options);
    const known = await call('found-out', which);
    if (known.status === 'refused') return sayReply(terminal, known, options);
    if (!options.json) sayReply(terminal, known);
    const found = await fillIn(asking(terminal, options), given);
    if (found !== null) return sayReply(terminal, await call('write-up', { ...which, ...found }), options);
    terminal.stderr.write('rollbot: Nothing was added. Say it with --root-cause "…", --lessons "…" and --item "…".\n');
    return EXIT.usage;
  });
}

type FoundOut = { readonly rootCause: string | null; readonly lessons: string | null; readonly items: readonly string[] };

/** What a flag has said is not asked; null where nothing was said at all. */
async function fillIn(ask: Asking, given: FoundOut): Promise<{ rootCause: string | null; lessons: string | null; items: string[] } | null> {
  const rootCause = given.rootCause ?? ((await ask.text(`Root cause. ${HOW}`)) || null);
  const lessons = given.lessons ?? ((await ask.text(`Lessons learned. ${HOW}`)) || null);
  const items =
    given.items.length > 0
      ? given.items
      : ((await ask.text('More action items, one on each line. An empty line ends them:')) ?? '').split('\n');
  const said = items.filter((title) => title.trim() !== '');
  return rootCause === null && lessons === null && said.length === 0 ? null : { rootCause, lessons, items: said };
}

const HOW = 'An empty line ends it; nothing at all leaves it as it is:';
