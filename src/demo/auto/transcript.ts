import type { Change, Sighting, SlackEmulator } from '../slack/index.ts';
import type { Directory } from '../directory.ts';
import type { Say } from '../terminal.ts';
import { withSigns } from './signs.ts';

/** Prints the conversation as it happens; of a message that is edited in place, only what is new. */
export function printTranscript({
  slack,
  directory,
  say,
  elapsedMs,
}: {
  slack: SlackEmulator;
  directory: Directory;
  say: Say;
  /** Since the beginning. */
  elapsedMs: () => number;
}): () => void {
  const printed = new Set<string>();
  let place = '';

  /** A line that has been printed once is known, whichever message says it again. */
  function newLines(message: Sighting, edited: boolean): readonly string[] {
    const lines = message.text.split('\n').filter((line) => line.trim() !== '' && !isButtons(line));
    const fresh = edited ? lines.filter((line) => !printed.has(line) && !/^\d+ of \d+ /.test(line)) : lines;
    for (const line of lines) printed.add(line);
    return fresh;
  }

  return slack.on((change) => {
    const entry = entryOf(change, directory, newLines);
    if (!entry) return;
    const [first = '', ...rest] = entry.lines.map(withSigns);
    if (entry.place !== '' && entry.place !== place) say(`\n${' '.repeat(10)}${entry.place}`);
    place = entry.place || place;
    say(`${`${(elapsedMs() / 1000).toFixed(1)} s`.padStart(8)}  ${entry.who}: ${first}`);
    for (const line of rest) say(`${' '.repeat(12)}${line}`);
  });
}

type Entry = { readonly place: string; readonly who: string; readonly lines: readonly string[] };

function entryOf(change: Change, { people }: Directory, newLines: (message: Sighting, edited: boolean) => readonly string[]): Entry | null {
  const name = (id: string): string => people.find((person) => person.id === id)?.name ?? id;
  switch (change.kind) {
    case 'message-posted':
    case 'message-edited':
    case 'ephemeral-shown': {
      const { message } = change;
      const lines = newLines(message, change.kind === 'message-edited');
      if (lines.length === 0 || !message.byApp || isChore(message)) return null;
      const how = change.kind === 'message-edited' ? ' (edits)' : change.kind === 'ephemeral-shown' ? ` (to ${name(change.to)} alone)` : '';
      return { place: message.channel, who: message.author + how, lines: isOutput(message) ? lines.slice(0, 4) : lines };
    }
    case 'person-acted':
      return { place: '', who: name(change.user), lines: [change.what] };
    case 'person-told':
      return { place: '', who: 'Slack', lines: [`(to ${name(change.user)}) ${change.text}`] };
    case 'failed':
      return { place: '', who: 'Slack', lines: [`⚠ ${change.failure.about}: ${change.failure.detail}`] };
    default:
      return null;
  }
}

/** What Slack itself writes when somebody joins, pins or sets a topic. */
function isChore({ blocks, files, text }: Sighting): boolean {
  return blocks.length === 0 && files.length === 0 && /has joined the channel|^pinned a message|^set the channel topic/.test(text);
}

function isOutput({ threadTs, buttons }: Sighting): boolean {
  return threadTs !== null && buttons.length === 0;
}

function isButtons(line: string): boolean {
  return /^\[.*\]$/.test(line) && !line.startsWith('[file:');
}
