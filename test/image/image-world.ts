import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { startSlack } from '../../src/demo/slack/index.ts';
import { USER_ID, buildImage } from './build.ts';
import type { Context, Image } from './build.ts';
import { readDockerfile } from './dockerfile.ts';
import { readDockerignore } from './dockerignore.ts';

export type ImageWorld = {
  readonly image: Image;
  /** What an operator gives with `--env-file`. */
  readonly given: Record<string, string>;
  close(): Promise<void>;
};

const ROOT = process.getuid?.() === 0;

/** What a build is given, which is this checkout less what .dockerignore leaves out. */
export async function openContext(): Promise<Context> {
  return { folder: process.cwd(), ignored: readDockerignore(await readFile('.dockerignore', 'utf8')) };
}

/** Builds the image into a temporary folder, with a Slack on loopback to start it against. */
export async function openImageWorld(): Promise<ImageWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rollbot-image-'));
  await chmod(folder, 0o755);
  const image = await buildImage(readDockerfile(await readFile('Dockerfile', 'utf8')), await openContext(), folder);
  await layWorker(image);
  layRepository(image);
  if (!ROOT) seal(image);
  const slack = await startSlack({});
  const installed = slack.install(parse(await readFile('manifest.yml', 'utf8')));
  return {
    image,
    given: {
      SLACK_BOT_TOKEN: installed.botToken,
      SLACK_APP_TOKEN: installed.appToken,
      SLACK_API_URL: slack.apiUrl,
      ROLLBOT_INTAKE_PORT: String(await freePort()),
    },
    async close() {
      await slack.close();
      if (!ROOT) execFileSync('chmod', ['-R', 'u+w', image.root]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Something to deploy, where a step's worktree would be. */
async function layWorker({ root }: Image): Promise<void> {
  const folder = path.join(root, 'app/data/worker');
  await mkdir(folder);
  await writeFile(path.join(folder, 'wrangler.toml'), 'name = "worker"\nmain = "worker.js"\ncompatibility_date = "2026-09-01"\n');
  await writeFile(path.join(folder, 'worker.js'), "export default { fetch: () => new Response('ok') };\n");
  if (ROOT) chownSync(folder, USER_ID, USER_ID);
}

/** A repository as it is mounted: where we are root, it is not the user's own. */
function layRepository({ root }: Image): void {
  const folder = path.join(root, 'srv/repository');
  const identity = ['-c', 'user.name=Rollbot', '-c', 'user.email=rollbot@localhost'];
  execFileSync('git', ['init', '--quiet', folder]);
  execFileSync('git', ['-C', folder, ...identity, 'commit', '--quiet', '--allow-empty', '--message', 'Begin']);
}

/** Without root there is one user only, so that its own rights have to go. */
function seal({ root, volumes }: Image): void {
  execFileSync('chmod', ['-R', 'a-w', root]);
  for (const volume of volumes) execFileSync('chmod', ['-R', 'u+w', path.join(root, volume)]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
