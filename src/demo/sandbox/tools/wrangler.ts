import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { deploy } from './wrangler-deploy.ts';
import { readSandbox } from './sandbox-folder.ts';
import type { SandboxFolder } from './sandbox-folder.ts';

// wrangler for the sandbox: what it deploys is served by the sandbox's own service, on loopback.
//   wrangler.ts <sandbox folder> <arguments of wrangler>

const VERSION = '4.156.0';

const [folder = '', ...args] = process.argv.slice(2);
try {
  await main(readSandbox(folder), args);
} catch (error) {
  console.error(`✘ [ERROR] ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function main(sandbox: SandboxFolder, [first, second, ...rest]: string[]): Promise<void> {
  if (first === '--version' || first === '-v') return console.log(VERSION);
  if (first === 'whoami') return console.log('You are logged in as dana@shop.example, to the account "Shop (sandbox)".');
  if (first === 'deployments' && second === 'status') return show(rest, statusOf(await history(sandbox)));
  if (first === 'versions' && second === 'list') return show(rest, (await history(sandbox)).map(versionOf));
  if (first === 'deploy') return deployCommand(sandbox, second === undefined ? rest : [second, ...rest]);
  throw new Error(`The sandbox's wrangler does not know "${[first, second].filter(Boolean).join(' ')}".`);
}

async function deployCommand(sandbox: SandboxFolder, words: string[]): Promise<void> {
  const { values } = parseArgs({
    args: words,
    options: {
      env: { type: 'string', short: 'e' },
      message: { type: 'string', default: '' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  console.log(`\n ⛅️ wrangler ${VERSION} (sandbox)\n${'─'.repeat(29)}`);
  await pause(sandbox.latencyMs);
  const fault = sandbox.fault(['deploy-fails', 'deploy-hangs', 'deployed-but-exit-1']);
  await deploy({
    sandbox,
    checkout: process.cwd(),
    environment: values.env ?? '',
    message: values.message,
    dryRun: values['dry-run'],
    fault,
  });
}

type Known = { readonly id: string; readonly commit: string; readonly message: string; readonly deployedAt: string };

async function history({ serviceUrl }: SandboxFolder): Promise<readonly Known[]> {
  const answer = await fetch(new URL('/sandbox/deployments', serviceUrl));
  return (await answer.json()) as readonly Known[];
}

function statusOf(known: readonly Known[]): object {
  const newest = known.at(-1);
  if (!newest) throw new Error('This Worker has no deployments.');
  const versions = [{ version_id: newest.id, percentage: 100 }];
  return { ...described(newest), source: 'wrangler', strategy: 'percentage', versions };
}

function versionOf(known: Known, index: number): object {
  return { ...described(known), number: index + 1, metadata: { created_on: known.deployedAt, source: 'wrangler' } };
}

function described({ id, commit, message, deployedAt }: Known): object {
  return { id, created_on: deployedAt, annotations: { 'workers/message': message, 'workers/tag': commit } };
}

function show(words: readonly string[], answer: object): void {
  if (!words.includes('--json')) throw new Error(`The sandbox's wrangler says this only with --json.`);
  console.log(JSON.stringify(answer, null, 2));
}
