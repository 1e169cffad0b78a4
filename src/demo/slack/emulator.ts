import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createAdmin } from './admin.ts';
import { createFaultList, type FaultList } from './api/fault-list.ts';
import type { Change } from './change.ts';
import { patience, systemClock } from './clock.ts';
import { createExchange, type Exchange } from './delivery/exchange.ts';
import type { PostOffice } from './delivery/post-office.ts';
import { createResponseUrls } from './delivery/response-urls.ts';
import { createTriggers, type Triggers } from './delivery/triggers.ts';
import { createFaults } from './faults.ts';
import type { Installation, SlackEmulator, SlackOptions } from './interface.ts';
import { createMemory, type Memory } from './memory.ts';
import { changeOf } from './people/changes.ts';
import type { PeopleDesk } from './people/desk.ts';
import { createPerson } from './people/person.ts';
import { startTranscript } from './people/transcript.ts';
import { sandboxSeed } from './seed.ts';
import { openWeb, type Web } from './server/web.ts';
import type { Happening } from './state/happening.ts';
import { createIds } from './state/ids.ts';
import { installApp } from './state/installing.ts';
import type { User } from './state/model.ts';
import { userNamed } from './state/people.ts';
import { createWorkspace } from './state/seeding.ts';
import type { Workspace } from './state/workspace.ts';

/** So long has an app to acknowledge, and so long lives a trigger_id. */
const PATIENCE_MS = 3000;

/** Starts a Slack workspace on loopback that refuses what Slack refuses, in Slack's own words. */
export async function startSlack(options: SlackOptions = {}): Promise<SlackEmulator> {
  const clock = options.clock ?? systemClock;
  const ids = createIds(clock, options.randomSeed ?? randomInt(2 ** 32));
  const workspace = createWorkspace(clock, ids, options.seed ?? sandboxSeed);
  const memory = createMemory(workspace);
  const transcript = startTranscript(workspace);
  const list = createFaultList();
  const waits = options.patience ?? patience;
  const triggers = createTriggers(ids, waits, PATIENCE_MS);
  const isDown = () => web.gate.outage !== null;
  // What fails because Slack is down is not the app's failure.
  const fail: Memory['fail'] = (...failure) => {
    if (!isDown()) memory.fail(...failure);
  };
  const exchange = createExchange({
    workspace,
    patience: waits,
    ackTimeoutMs: PATIENCE_MS,
    retryDelaysMs: options.eventRetryDelaysMs ?? [0, 60_000, 300_000],
    isDown,
    fail,
  });
  const web = await openWeb(
    {
      workspace,
      faults: list,
      triggers,
      responseUrls: (origin) => createResponseUrls(workspace, origin),
      socketMode: exchange.socketMode,
      record: (call) => memory.record(call),
    },
    options.port ?? 0,
  );
  return emulatorOf({ workspace, memory, transcript, exchange, web, list, triggers, fail });
}

interface Parts {
  workspace: Workspace;
  memory: Memory;
  transcript: () => string[];
  exchange: Exchange;
  web: Web;
  list: FaultList;
  triggers: Triggers;
  fail: Memory['fail'];
}

function emulatorOf({ workspace, memory, transcript, exchange, web, list, triggers, fail }: Parts): SlackEmulator {
  const { postOffice } = exchange;
  const { responseUrls } = web;
  const desk: PeopleDesk = { workspace, postOffice, triggers, responseUrls, fail, expected: memory.expected, atHome: new Set() };
  const personOf = (user: User) => createPerson(desk, user);
  return {
    apiUrl: `${web.origin}/api/`,
    calls: memory.calls,
    failures: memory.failures,
    faults: createFaults({ list, gate: web.gate, exchange }),
    admin: createAdmin(workspace, personOf),
    install: (manifest) => installation(workspace, manifest),
    setRequestUrl: (url) => exchange.setRequestUrl(url),
    person: (name) => personOf(userNamed(workspace, name)),
    hold: () => postOffice.hold(),
    expects: (pattern, where) => memory.expects(pattern, where),
    unexpected: () => memory.unexpected(),
    transcript,
    connections: () => exchange.socketMode.connections(),
    on: (listener) => workspace.listen((happening) => heard(workspace, happening, listener)),
    settled: () => settled(memory, postOffice),
    async close() {
      await exchange.close();
      await web.close();
    },
  };
}

function heard(workspace: Workspace, happening: Happening, listener: (change: Change) => void): void {
  const change = changeOf(workspace, happening);
  if (change) listener(change);
}

function installation(workspace: Workspace, manifest: unknown): Installation {
  const { id, botToken, appToken, signingSecret, botUserId, botId } = installApp(workspace, manifest);
  return { botToken, appToken, signingSecret, teamId: workspace.team.id, appId: id, botUserId, botId };
}

const QUIET_TURNS = 10;
const TURN_MS = 5;

/** Waits until nothing has happened and nothing was unanswered for a moment, in turns: after a stall, what came meanwhile is heard first. */
async function settled(memory: Memory, postOffice: PostOffice): Promise<void> {
  let before = memory.activity();
  for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
    await delay(TURN_MS);
    if (before !== memory.activity() || postOffice.pending() > 0) quiet = -1;
    before = memory.activity();
  }
}
