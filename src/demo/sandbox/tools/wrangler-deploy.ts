import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SandboxFolder } from './sandbox-folder.ts';

type Order = {
  readonly sandbox: SandboxFolder;
  readonly checkout: string;
  readonly environment: string;
  readonly message: string;
  readonly dryRun: boolean;
  readonly fault: 'deploy-fails' | 'deploy-hangs' | 'deployed-but-exit-1' | null;
};

/** Puts the commit of a clean checkout into production. Throws a sentence when that can't be done. */
export async function deploy({ sandbox, checkout, environment, message, dryRun, fault }: Order): Promise<void> {
  const name = workerName(checkout, environment);
  const commit = cleanCommit(checkout);
  const folder = mkdtempSync(join(sandbox.deployments, `${commit.slice(0, 12)}-`));
  git(checkout, ['checkout-index', '--all', `--prefix=${folder}/`]);
  console.log(`Total Upload: ${(sizeOf(join(folder, 'src')) / 1024).toFixed(2)} KiB`);
  if (dryRun || fault === 'deploy-fails' || fault === 'deploy-hangs') rmSync(folder, { recursive: true });
  if (dryRun) return console.log('--dry-run: exiting now.');
  if (fault === 'deploy-fails') throw new Error('A request to the Cloudflare API failed: internal error. [code: 10013]');
  if (fault === 'deploy-hangs') return hang(sandbox);
  const id = await hand(sandbox, { id: folder.slice(-19), commit, message });
  console.log(`Uploaded ${name}\nDeployed ${name} triggers\n  ${sandbox.serviceUrl}\nCurrent Version ID: ${id}`);
  if (fault === 'deployed-but-exit-1') throw new Error('The connection was reset while the answer was awaited.');
}

function workerName(checkout: string, environment: string): string {
  if (environment === '') throw new Error('Name the environment: wrangler deploy --env production.');
  const settings = readFileSync(join(checkout, 'wrangler.toml'), 'utf8');
  const found = new RegExp(`^\\[env\\.${environment.replace(/\W/g, '')}\\]\\s*name = "([^"]+)"`, 'm').exec(settings);
  if (!found?.[1]) throw new Error(`No environment found in wrangler.toml with the name "${environment}".`);
  return found[1];
}

function cleanCommit(checkout: string): string {
  const changes = git(checkout, ['status', '--porcelain']);
  if (changes !== '') throw new Error(`The checkout has changes that are not committed, so nobody could say what is deployed:\n${changes}`);
  return git(checkout, ['rev-parse', 'HEAD']);
}

function git(checkout: string, args: readonly string[]): string {
  return execFileSync('git', args, { cwd: checkout, encoding: 'utf8' }).trimEnd();
}

async function hand({ serviceUrl }: SandboxFolder, order: { id: string; commit: string; message: string }): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(new URL('/sandbox/deployments', serviceUrl), { method: 'POST', headers, body: JSON.stringify(order) });
  if (!answer.ok) throw new Error(`The Worker was refused: ${await answer.text()}`);
  return order.id;
}

/** Waits for an answer that never comes; only the end of the sandbox ends it. */
async function hang({ serviceUrl }: SandboxFolder): Promise<void> {
  console.log('Uploading…');
  for (;;) {
    await pause(500);
    await fetch(new URL('/api/version', serviceUrl));
  }
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((bytes, file) => bytes + statSync(join(file.parentPath, file.name)).size, 0);
}
