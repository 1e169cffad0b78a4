// Installs what the tests need beyond npm, from Debian's packages, where it is missing and this user may install;
// otherwise says in one line how. A missing program fails here, loudly, and never skips a test.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';

const NEEDED = [
  { program: 'redis-server', package: 'redis-server', for: 'every test that touches Redis' },
  { program: 'initdb', in: '/usr/lib/postgresql', package: 'postgresql', for: 'every test that touches PostgreSQL' },
  { program: 'openssl', package: 'openssl', for: 'the tests of encrypted connections' },
  { program: 'git', package: 'git', for: 'the git steps' },
  { program: 'bash', package: 'bash', for: 'the shell steps' },
  { program: 'ps', package: 'procps', for: 'telling processes apart' },
  { program: 'shellcheck', package: 'shellcheck', for: 'the exported scripts' },
  { program: 'jq', package: 'jq', for: 'running the exported scripts' },
  { program: 'curl', package: 'curl', for: 'running the exported scripts' },
  { program: 'redis-cli', package: 'redis-tools', for: 'running the exported scripts' },
  { program: 'psql', package: 'postgresql-client', for: 'running the exported scripts' },
  { program: 'prometheus', package: 'prometheus', for: 'the tests of the monitoring', only: '--monitoring' },
  {
    program: 'prometheus-alertmanager',
    package: 'prometheus-alertmanager',
    for: 'the story of an alert that becomes a rollback',
    only: '--monitoring',
  },
  { program: 'chromium', package: 'chromium', for: 'the test of the demo page', only: '--browser' },
];

const wanted = NEEDED.filter((each) => each.only === undefined || process.argv.includes(each.only));
const missing = wanted.filter((each) => !isThere(each));
if (missing.length > 0) install(missing);

/** On PATH, or where Debian keeps the programs of each version: <folder>/<version>/bin. */
function isThere({ program, in: folder }) {
  const versions = folder !== undefined && existsSync(folder) ? readdirSync(folder) : [];
  return versions.some((version) => existsSync(`${folder}/${version}/bin/${program}`)) || has(program);
}

function has(program) {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' }).status === 0;
}

function install(programs) {
  const packages = programs.map((each) => each.package);
  const how = `apt-get install -y ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !has('apt-get')) fail(programs, how);
  console.log(`Installing ${packages.join(', ')} from Debian's packages ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env };
  spawnSync('apt-get', ['update', '-qq'], options);
  withoutServices(() => spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options));
  const still = programs.filter((each) => !isThere(each));
  if (still.length > 0) fail(still, how);
}

/** The tests start servers of their own, so the machine's are not to begin with their packages; Debian asks this file about each of them. */
function withoutServices(installing) {
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    installing();
  } finally {
    if (isOurs) rmSync(policy);
  }
}

function fail(programs, how) {
  for (const each of programs) console.error(`${each.program} is missing, and ${each.for} needs it.`);
  console.error(`Install it as root: ${how}`);
  process.exit(1);
}
