import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openApi } from './wrangler-api.ts';
import type { Api } from './wrangler-api.ts';
import { nameOfWorker } from './wrangler-config.ts';
import { deploy, upload } from './wrangler-deploy.ts';
import { deployPages } from './wrangler-pages.ts';
import { readShares, told, versionsOf } from './wrangler-versions.ts';
import { readSandbox } from './sandbox-folder.ts';
import type { SandboxFolder } from './sandbox-folder.ts';

// wrangler for the sandbox: it speaks with the API that its environment names, which is a stand-in on loopback.
//   wrangler.ts <sandbox folder> <arguments of wrangler>

const VERSION = '4.156.0';
const ONE = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;
const WHICH = { name: ONE, env: { ...ONE, short: 'e' } } as const;
const YES = { ...FLAG, short: 'y' } as const;

const [folder = '', ...args] = process.argv.slice(2);
try {
  await main(readSandbox(folder), args);
} catch (error) {
  console.error(`✘ [ERROR] ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function main(sandbox: SandboxFolder, words: string[]): Promise<void> {
  const [first = '', second = '', ...rest] = words;
  switch (['versions', 'deployments', 'pages'].includes(first) ? `${first} ${second}` : first) {
    case '--version':
    case '-v':
      return console.log(VERSION);
    case 'whoami':
      return await whoami(openApi(process.env));
    case 'deploy':
      return await send(deploy, sandbox, words.slice(1));
    case 'versions upload':
      return await send(upload, sandbox, rest);
    case 'versions list':
      return await show(rest, async (versions) => await versions.list());
    case 'versions view':
      return await show(rest, async (versions, [id = '']) => await versions.view(id));
    case 'deployments list':
      return await show(rest, async (versions) => await versions.deployments());
    case 'deployments status':
      return await show(rest, async (versions) => await versions.status());
    case 'versions deploy':
      return await serve(rest);
    case 'pages deploy':
      return await sendPages(rest);
    case 'rollback':
      return await rollback(words.slice(1));
    default:
      throw new Error(`The sandbox's wrangler does not know "${[first, second].filter(Boolean).join(' ')}".`);
  }
}

async function send(work: typeof deploy, sandbox: SandboxFolder, words: string[]): Promise<void> {
  const options = { ...WHICH, message: ONE, tag: ONE, 'dry-run': FLAG } as const;
  const { values } = parseArgs({ args: words, options });
  banner();
  await pause(sandbox.latencyMs);
  await work({
    api: openApi(process.env),
    checkout: process.cwd(),
    environment: values.env ?? '',
    name: values.name,
    message: values.message,
    tag: values.tag,
    dryRun: values['dry-run'],
    fault: sandbox.fault(['deploy-fails', 'deploy-hangs', 'deployed-but-exit-1']),
  });
}

type Versions = ReturnType<typeof versionsOf>;
type Shown = Parameters<typeof told>[0];

async function show(
  words: string[],
  read: (versions: Versions, ids: readonly string[]) => Promise<Shown | readonly Shown[]>,
): Promise<void> {
  const { values, positionals } = parseArgs({ args: words, options: { ...WHICH, json: FLAG }, allowPositionals: true });
  const found = await read(versionsOf(openApi(process.env), nameOfWorker(process.cwd(), values)), positionals);
  if (values.json) return console.log(JSON.stringify(found, null, 2));
  banner();
  console.log([found].flat().map(told).join('\n\n'));
}

async function serve(words: string[]): Promise<void> {
  const options = { ...WHICH, message: ONE, yes: YES, 'dry-run': FLAG } as const;
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
  const versions = versionsOf(openApi(process.env), nameOfWorker(process.cwd(), values));
  banner();
  await versions.deploy(readShares(positionals), values.message, { dryRun: values['dry-run'] });
}

async function rollback(words: string[]): Promise<void> {
  const options = { ...WHICH, message: { ...ONE, short: 'm', default: 'Rollback' }, yes: YES } as const;
  const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
  const versions = versionsOf(openApi(process.env), nameOfWorker(process.cwd(), values));
  banner();
  await versions.rollback(positionals[0], values.message);
}

async function sendPages(words: string[]): Promise<void> {
  const options = { 'project-name': ONE, branch: ONE, 'commit-hash': ONE, 'commit-dirty': FLAG } as const;
  // Like wrangler itself, it takes --commit-dirty=true.
  const plain = words.map((word) => word.replace(/^(--commit-dirty)=true$/, '$1'));
  const { values, positionals } = parseArgs({ args: plain, options, allowPositionals: true });
  const { 'project-name': project, branch = '', 'commit-hash': commit = '' } = values;
  if (!project || positionals[0] === undefined) throw new Error('Must specify a directory of assets to deploy and a project name.');
  banner();
  await deployPages({ api: openApi(process.env), folder: positionals[0], project, branch, commit });
}

async function whoami(api: Api): Promise<void> {
  banner();
  const { email } = await api.ask<{ email: string }>('GET', '/user');
  const accounts = await api.ask<readonly { id: string; name: string }[]>('GET', '/accounts');
  console.log('Getting User settings...');
  console.log(`👋 You are logged in with an User API Token, associated with the email ${email}.`);
  console.log('ℹ️  The API Token is read from the CLOUDFLARE_API_TOKEN environment variable.');
  for (const { id, name } of accounts) console.log(`│ ${name} │ ${id} │`);
}

function banner(): void {
  console.log(`\n ⛅️ wrangler ${VERSION} (sandbox)\n${'─'.repeat(29)}`);
}
