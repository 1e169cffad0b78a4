// Installs what the tests need beyond npm, from Debian's packages, where it is missing and this user may install;
// otherwise says in one line how. A missing program fails here, loudly, and never skips a test.
import { spawnSync } from 'node:child_process';

const NEEDED = [
  { program: 'redis-server', package: 'redis-server', for: 'every test that touches Redis' },
  { program: 'git', package: 'git', for: 'the git steps' },
  { program: 'bash', package: 'bash', for: 'the shell steps' },
  { program: 'ps', package: 'procps', for: 'telling processes apart' },
  { program: 'chromium', package: 'chromium', for: 'the test of the demo page', only: '--browser' },
];

const wanted = NEEDED.filter((each) => each.only === undefined || process.argv.includes(each.only));
const missing = wanted.filter((each) => !has(each.program));
if (missing.length > 0) install(missing);

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
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
  const still = programs.filter((each) => !has(each.program));
  if (still.length > 0) fail(still, how);
}

function fail(programs, how) {
  for (const each of programs) console.error(`${each.program} is missing, and ${each.for} needs it.`);
  console.error(`Install it as root: ${how}`);
  process.exit(1);
}
