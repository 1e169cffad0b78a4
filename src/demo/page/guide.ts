import type { Change } from '../slack/index.ts';
import type { StoryName } from '../story-choice.ts';
import type { OpenAsks } from './asks.ts';

/** What the guide knows of the story so far. */
export type Story = {
  /** The incident's channel, `#inc-…`. */
  readonly channel: string | null;
  readonly over: boolean;
  readonly reported: boolean;
};

/** Where a newcomer stands, and what to do next; `done` counts the finished ones of `of` parts. */
export type Hint = { readonly done: number; readonly of: number; readonly title: string; readonly says: string };

export const BEGINNING: Story = { channel: null, over: false, reported: false };

const RUN_OVER = /\b(Done and verified|Done: there was nothing|Not started:|Ended:|Undone|Stopped)\b/;
const PARTS = 6;

/** Takes note of what happened; a new incident channel begins a new story. */
export function nextStory(story: Story, change: Change): Story {
  switch (change.kind) {
    case 'channel-created':
      return change.name.startsWith('inc') ? { ...BEGINNING, channel: `#${change.name}` } : story;
    case 'message-posted':
    case 'message-edited': {
      const { message } = change;
      if (!message.byApp || message.channel !== story.channel) return story;
      const reported = message.files.some(({ title }) => /\.md$|report/i.test(title));
      return { ...story, over: story.over || RUN_OVER.test(message.text), reported: story.reported || reported };
    }
    default:
      return story;
  }
}

type HintOf = {
  readonly story: Story;
  readonly asks: OpenAsks;
  readonly healthy: boolean;
  /** The one that there is something to do for. */
  readonly procedure: string;
  /** The story that the demo was started with, if any. */
  readonly told?: StoryName | null;
};

/** What to do now. Trouble comes before progress: whatever waits for a decision has to be decided first. */
export function hintOf({ story, asks, healthy, procedure, told = null }: HintOf): Hint {
  const { channel } = story;
  const command = `/rollback ${procedure}`;
  if (story.reported && !healthy) {
    const says = `The last incident is closed and its report is written. Become Dana, open #ops, type ${command} and press Enter.`;
    return hint(0, 'The shop is broken', says);
  }
  if (story.reported) {
    const says = 'It stands in the channel and on your disk. Press “Break it” to start over, or make something go wrong this time.';
    return hint(6, 'The report is written', says);
  }
  if (channel === null) return beginning(told, healthy, command);
  const labels = [...asks.values()].flatMap(({ buttons }) => buttons);
  if (labels.includes('Approve'))
    return hint(
      2,
      'An approval is needed',
      `Whoever asked can’t approve. Become Omar on the left, open ${channel}, read what will run, press Approve.`,
    );
  if (labels.some((label) => /^(Retry|Undo|It happened|Stop here|Kill it)/.test(label)))
    return hint(
      3,
      'Something went wrong',
      `Nothing goes on by itself now: somebody has to decide in ${channel}. Read the card and choose.`,
    );
  if (labels.includes('Yes'))
    return hint(4, 'One thing only a person can say', `Become Dana again, open ${channel}, and answer the checklist.`);
  if (story.over) {
    const state = healthy ? 'The shop is healthy again.' : 'The shop is still not healthy.';
    return hint(5, 'The run is over', `${state} As Dana or Omar, type /incident close in ${channel}; Rollbot writes the report.`);
  }
  return hint(
    1,
    'Rollbot is at work',
    `It checks before it touches anything. Open ${channel} and watch the card; the figures are on the right.`,
  );
}

/** How it begins: somebody asks, or the shop is well and watched, or practice was announced. */
function beginning(told: StoryName | null, healthy: boolean, command: string): Hint {
  if (told === 'drill')
    return hint(
      0,
      'A drill is announced',
      'You are Dana. Open #general and press Start the drill there. Something will go wrong on purpose.',
    );
  if (told === 'alert' || told === 'incident') {
    const says = 'You are Dana. Prometheus looks at it every second. Press “Break it” on the right, open #general, and only watch.';
    if (healthy) return hint(0, 'The shop is well', says);
    return hint(1, 'The shop breaks, and nobody has typed anything', 'Open #general: the alert comes in, and a rule decides what to do.');
  }
  return hint(0, 'The shop is broken', `You are Dana, the lead developer, in #ops. Type ${command} and press Enter.`);
}

function hint(done: number, title: string, says: string): Hint {
  return { done, of: PARTS, title, says };
}
