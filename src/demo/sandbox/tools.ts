import { constants } from 'node:fs';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Place = {
  /** The sandbox's folder, which each tool is told about once and for all. */
  readonly dir: string;
  /** Where the tools are put. */
  readonly path: string;
  /** Where the machine's own tools are. */
  readonly hostPath: string;
};

/** Puts the sandbox's own `crontab`, `docker` and `wrangler` in a folder, and `redis-cli` and `deno` where the machine has none. */
export async function installTools({ dir, path, hostPath }: Place): Promise<void> {
  await mkdir(path, { recursive: true });
  await writeTool(join(path, 'crontab'), ['/bin/sh', fileOf('crontab.sh'), dir]);
  await writeTool(join(path, 'wrangler'), [process.execPath, fileOf('wrangler.ts'), dir]);
  await writeTool(join(path, 'docker'), [process.execPath, fileOf('docker.ts')]);
  if ((await findTool('redis-cli', hostPath)) === null)
    await writeTool(join(path, 'redis-cli'), [process.execPath, fileOf('redis-cli.ts')]);
  if ((await findTool('deno', hostPath)) === null) await writeTool(join(path, 'deno'), [process.execPath, fileOf('deno.ts'), dir]);
}

/** Where a program is, or `null` when it is in none of the folders. */
export async function findTool(name: string, hostPath: string): Promise<string | null> {
  for (const folder of hostPath.split(delimiter).filter(Boolean)) {
    const file = join(folder, name);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return null;
}

function fileOf(tool: string): string {
  return fileURLToPath(new URL(`./tools/${tool}`, import.meta.url));
}

async function writeTool(file: string, command: readonly string[]): Promise<void> {
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  await writeFile(file, `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 });
}
