import type { Clock } from '../../core/ports.ts';
import type { Directory } from '../directory.ts';
import type { Change, SlackEmulator } from '../slack/index.ts';
import type { StoryName } from '../story-choice.ts';
import { nextAsks, waitingFor } from './asks.ts';
import type { OpenAsks } from './asks.ts';
import { BEGINNING, hintOf, nextStory } from './guide.ts';
import type { Hint } from './guide.ts';
import { lookAt } from './look.ts';
import type { Look } from './look.ts';
import type { Monitor, Reading } from './readings.ts';

/** What concerns everybody, whoever the visitor is being. */
export type Around = {
  readonly hint: Hint;
  readonly waiting: Readonly<Record<string, number>>;
  /** Public channels that were opened since the start. */
  readonly opened: readonly string[];
};

/** What is sent to a page: its first message tells it the past, the others what has changed. */
export type News =
  | { readonly kind: 'look'; readonly look: Look }
  | { readonly kind: 'around'; readonly around: Around }
  | { readonly kind: 'readings'; readonly readings: readonly Reading[] }
  /** Slack itself says something to this person. */
  | { readonly kind: 'told'; readonly text: string };

export type Feed = {
  /** Sends news of one person's screen until the returned function is called. */
  readonly follow: (name: string, send: (news: News) => void) => () => void;
  readonly stop: () => void;
};

type Follower = { readonly look: () => void; readonly tell: (change: Change) => void; readonly send: (news: News) => void };

/** Changes that come together are shown together. */
const PAUSE_MS = 40;

/** Turns what happens in the workspace and in the shop into news for every open page. */
export function createFeed({
  slack,
  directory,
  monitor,
  clock,
  procedure,
  told,
}: {
  slack: SlackEmulator;
  directory: Directory;
  monitor: Monitor;
  clock: Clock;
  /** The one that there is something to do for. */
  procedure: string;
  told: StoryName | null;
}): Feed {
  const followers = new Set<Follower>();
  const opened: string[] = [];
  let asks: OpenAsks = new Map();
  let story = BEGINNING;
  let sent = '';
  let cancel: (() => void) | null = null;

  const around = (): Around => ({
    hint: hintOf({ story, asks, healthy: monitor.history().at(-1)?.healthy ?? false, procedure, told }),
    waiting: waitingFor(asks),
    opened,
  });

  function flush(): void {
    cancel = null;
    for (const { look } of followers) look();
    const now = JSON.stringify(around());
    if (now !== sent) for (const { send } of followers) send({ kind: 'around', around: around() });
    sent = now;
  }

  const stopListening = slack.on((change) => {
    if (change.kind === 'called') return;
    asks = nextAsks(asks, change, directory);
    story = nextStory(story, change);
    if (change.kind === 'channel-created' && change.name !== '') opened.push(`#${change.name}`);
    for (const { tell } of followers) tell(change);
    cancel ??= clock.after(PAUSE_MS, flush);
  });
  monitor.on((reading) => {
    for (const { send } of followers) send({ kind: 'readings', readings: [reading] });
    cancel ??= clock.after(PAUSE_MS, flush);
  });

  return {
    follow(name, send) {
      const follower = followerOf(slack, name, send);
      followers.add(follower);
      follower.look();
      send({ kind: 'around', around: around() });
      send({ kind: 'readings', readings: monitor.history() });
      return () => followers.delete(follower);
    },
    stop() {
      stopListening();
      cancel?.();
    },
  };
}

function followerOf(slack: SlackEmulator, name: string, send: (news: News) => void): Follower {
  const person = slack.person(name);
  const known = new Map<string, string>();
  let before = '';
  return {
    send,
    look() {
      const look = lookAt(person.screen(), known);
      const rest = JSON.stringify([look.channels, look.view]);
      if (rest !== before || Object.keys(look.changed).length > 0) send({ kind: 'look', look });
      before = rest;
    },
    tell(change) {
      if (change.kind === 'person-told' && change.user === person.id) send({ kind: 'told', text: change.text });
    },
  };
}
