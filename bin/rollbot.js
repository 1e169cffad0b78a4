#!/usr/bin/env node
// Plain JavaScript without static imports, so that any Node can read it: on an old one, better-sqlite3 would crash.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 19)) {
  const { main } = await import('../src/main.ts');
  await main();
} else {
  await restartOnBundledNode();
}

/** Starts this file again under the Node that `npm install` brought, with its folder first on PATH. */
async function restartOnBundledNode() {
  const { existsSync } = await import('node:fs');
  const { spawn } = await import('node:child_process');
  const path = await import('node:path');
  const { fileURLToPath } = await import('node:url');
  const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', '.bin');
  const node = path.join(folder, 'node');
  if (!existsSync(node)) {
    console.error(
      `Rollbot needs Node 22.19 or newer, and this is ${process.version}. Install Node 24, or run "npm install" here, which brings it on Linux.`,
    );
    process.exit(78);
  }
  const env = { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit', env });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
