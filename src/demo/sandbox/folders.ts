import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where everything of a sandbox lies; all of it is inside `dir`. */
export type Folders = {
  readonly dir: string;
  readonly home: string;
  readonly path: string;
  readonly deployments: string;
  readonly faults: string;
  readonly redis: string;
  readonly crontab: string;
  readonly tmp: string;
};

export async function createFolders(dir: string): Promise<Folders> {
  const of = (name: string) => join(dir, name);
  const folders = {
    dir,
    home: of('home'),
    path: of('bin'),
    deployments: of('deployments'),
    faults: of('faults'),
    redis: of('redis'),
    tmp: of('tmp'),
  };
  // Code from this folder is run, so nobody else on the machine may write in it.
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true, mode: 0o700 });
  await mkdir(of('cron'));
  return { ...folders, crontab: join(dir, 'cron', 'crontab') };
}

/** The environment in which the sandbox's git and tools know nothing of the machine's owner. */
export function isolatedEnv({ dir, home, path, tmp }: Folders, hostPath: string): Readonly<Record<string, string>> {
  return {
    PATH: [path, hostPath].join(delimiter),
    HOME: home,
    TMPDIR: tmp,
    USER: 'sandbox',
    LOGNAME: 'sandbox',
    LANG: 'C.UTF-8',
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    SANDBOX_DIR: dir,
  };
}
