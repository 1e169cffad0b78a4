import { spawnSync } from 'node:child_process';
import process from 'node:process';

// Stands in for deno where the machine has none: runs a script of the repository with this Node, which reads TypeScript too.
const [folder, command, ...rest] = process.argv.slice(2);
const script = rest.findIndex((word) => !word.startsWith('-'));
if (command === '--version') console.log(`deno (a stand-in in ${folder}, by Node ${process.version})`);
else if (command === 'run' && script !== -1)
  process.exit(spawnSync(process.execPath, rest.slice(script), { stdio: 'inherit' }).status ?? 1);
else {
  console.error(`This stand-in knows "deno run <script>", and not "deno ${[command, ...rest].join(' ')}".`);
  process.exit(1);
}
