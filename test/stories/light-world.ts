import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import type { SettingsText } from '../../src/core/settings.ts';
import { openStoryWorld, storiesIn } from './story-world.ts';
import type { Ids, Opened, StoryWorld } from './story-world.ts';

/** A shop front in a folder: a few files that the procedures of these stories really change. */
export type Shop = {
  readonly folder: string;
  read(file: string): Promise<string>;
  write(file: string, text: string): Promise<void>;
  /** What the steps have done, one line for each effect, in order. */
  diary(): Promise<readonly string[]>;
};

export type LightWorld = StoryWorld & { readonly shop: Shop };

/** A story about people and rules, for which a folder is production enough. */
export const story = storyWith(() => ({}));

/** The same, with more in its `rollbot.yml`. */
export function storyWith(more: More) {
  return storiesIn(async () => await openLightWorld(more));
}

type More = (ids: Ids) => Partial<SettingsText>;

async function openLightWorld(more: More): Promise<Opened<LightWorld>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rollbot-shop-'));
  const shop = await openShop(folder);
  const opened = await openStoryWorld({
    procedures: 'test/fixtures/stories/procedures',
    settings: (ids) => stringify({ ...settingsFor(ids, folder), ...more(ids) }),
    environment: {},
  });
  const world = Object.defineProperties({ shop }, Object.getOwnPropertyDescriptors(opened.world)) as LightWorld;
  async function close(): Promise<void> {
    await opened.close();
    await rm(folder, { recursive: true, force: true });
  }
  return { world, close };
}

async function openShop(folder: string): Promise<Shop> {
  const shop: Shop = {
    folder,
    read: async (file) => (await readFile(path.join(folder, file), 'utf8')).trim(),
    write: async (file, text) => await writeFile(path.join(folder, file), `${text}\n`),
    diary: async () => (await shop.read('diary')).split('\n').filter((line) => line !== ''),
  };
  await mkdir(folder, { recursive: true });
  await shop.write('diary', '');
  await shop.write('banner', 'festive');
  await shop.write('banner-cache', 'festive festive festive');
  await shop.write('prices', 'too low');
  await shop.write('price-cache', 'too low too low');
  await shop.write('postman', 'quick');
  return shop;
}

/** Where nothing listens; a story that needs a post office says where its own is. */
export const NOBODY = 'http://127.0.0.1:9';

function settingsFor({ people, groups }: Ids, shop: string): SettingsText {
  const group = (handle: string): { groups: string[] } => ({ groups: [groups[handle] ?? ''] });
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin' };
  return {
    platform: 'The shop',
    targets: {
      production: { protected: true, default: true, vars: { shop, post_office: NOBODY }, env },
      staging: { vars: { shop }, env, procedures: ['banner', 'prices', 'stock'] },
    },
    roles: {
      'lead-developer': group('lead-developer'),
      'devops-engineer': group('devops-engineer'),
      'database-admin': group('database-admin'),
      'product-owner': { people: [people['priya'] ?? ''] },
    },
    start: { '*': ['lead-developer', 'devops-engineer'], voucher: ['lead-developer'] },
    commanders: ['lead-developer'],
    channels: { prefix: 'inc', invite: ['lead-developer', 'devops-engineer', 'database-admin', 'product-owner'] },
    approvals: { within: '15m' },
  };
}
