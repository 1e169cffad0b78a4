import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { realClock } from '../../src/clock.ts';
import { sandboxSettings, secretVariables } from '../../src/demo/settings.ts';
import { startSandbox } from '../../src/demo/sandbox/sandbox.ts';
import type { Sandbox } from '../../src/demo/sandbox/sandbox.ts';
import type { ScenarioName } from '../../src/demo/sandbox/scenarios.ts';
import { openStoryWorld, storiesIn } from './story-world.ts';
import type { Opened, StoryWorld } from './story-world.ts';

export type World = StoryWorld & { readonly sandbox: Sandbox };

/** A story about the cache procedure that comes with Rollbot: a bot, a Slack and a broken production of its own. */
export const story = storyOf('cache');

/** The same for another one, in a production that it is needed for. */
export function storyOf(scenario: ScenarioName) {
  return storiesIn(async () => await openWorld(scenario));
}

async function openWorld(scenario: ScenarioName): Promise<Opened<World>> {
  const sandbox = await startSandbox({ dir: await mkdtemp(path.join(tmpdir(), 'rollbot-sandbox-')), clock: realClock, scenario });
  const opened = await openStoryWorld({
    procedures: 'procedures',
    settings: (ids, folder) => sandboxSettings({ sandbox, stateDir: path.join(folder, 'state'), ...ids }),
    environment: { ...sandbox.env, ...secretVariables(sandbox.secrets) },
  });
  const world = Object.defineProperties({ sandbox }, Object.getOwnPropertyDescriptors(opened.world)) as World;
  async function close(): Promise<void> {
    await opened.close();
    await sandbox.close();
    await rm(path.dirname(sandbox.repo), { recursive: true, force: true });
  }
  return { world, close };
}
