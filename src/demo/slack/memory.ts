import type { Call, Failure, Pattern, Sighting } from './interface.ts';
import { matches } from './people/looking.ts';
import { messageSight } from './people/sights.ts';
import { channelLabel } from './state/channels.ts';
import type { Channel, Message } from './state/model.ts';
import type { Workspace } from './state/workspace.ts';

/** What a test asks about afterwards: every call, every failure, and what the app said that nobody expected. */
export interface Memory {
  readonly calls: Call[];
  readonly failures: Failure[];
  readonly expected: Set<Message>;
  record(call: Call): void;
  fail(kind: Failure['kind'], about: string, detail: string): void;
  expects(pattern: Pattern, where?: { in?: string }): void;
  unexpected(): Sighting[];
  /** Rises with everything that happens. */
  activity(): number;
}

export function createMemory(workspace: Workspace): Memory {
  const calls: Call[] = [];
  const failures: Failure[] = [];
  const expected = new Set<Message>();
  const patterns: { pattern: Pattern; place: string | undefined }[] = [];
  const spoken = new Map<Message, Channel>();
  let activity = 0;
  workspace.listen((happening) => {
    activity += 1;
    const said = happening.kind === 'posted' || happening.kind === 'ephemeral-shown';
    if (said && happening.message.byApp) spoken.set(happening.message, happening.channel);
  });
  const isFine = (sight: Sighting, place: string) =>
    patterns.some((fine) => (fine.place === undefined || fine.place === place) && matches(fine.pattern, sight.text));
  return {
    calls,
    failures,
    expected,
    record(call) {
      calls.push(call);
      workspace.tell({ kind: 'called', call });
    },
    fail(kind, about, detail) {
      const failure: Failure = { kind, about, detail, at: workspace.clock.now() };
      failures.push(failure);
      workspace.tell({ kind: 'failed', failure });
    },
    expects(pattern, where) {
      patterns.push({ pattern, place: where?.in });
    },
    unexpected() {
      const rest = [...spoken].filter(([message]) => !expected.has(message));
      return rest.flatMap(([message, channel]) => {
        const sight = messageSight(workspace, channel, message);
        return isFine(sight, channelLabel(workspace, channel)) ? [] : [sight];
      });
    },
    activity: () => activity,
  };
}
