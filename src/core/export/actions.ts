import type { Action } from '../procedure/action.ts';
import { fileRemoveLines, fileReplaceLines, fileRestoreLines, fileWriteLines } from './kinds/file.ts';
import { gitResolveLines, gitRestoreLines, gitSameLines } from './kinds/git.ts';
import { httpLines } from './kinds/http.ts';
import { metricLines } from './kinds/metric.ts';
import { announceLines, manualLines } from './kinds/people.ts';
import { runLines, shellLines } from './kinds/programs.ts';
import { redisCommandLines, redisCountLines, redisUnlinkLines } from './kinds/redis.ts';
import { sqlLines } from './kinds/sql.ts';

/** What an action does, as lines of bash that call the script's own functions. Throws `Inexpressible` where that would not be the same. */
export function actionLines(action: Action, step: string): readonly string[] {
  switch (action.kind) {
    case 'run':
      return runLines(action);
    case 'shell':
      return shellLines(action);
    case 'http':
      return httpLines(action);
    case 'redis-command':
      return redisCommandLines(action);
    case 'redis-unlink':
      return redisUnlinkLines(action);
    case 'redis-count':
      return redisCountLines(action);
    case 'git-resolve':
      return gitResolveLines(action);
    case 'git-restore':
      return gitRestoreLines(action, step);
    case 'git-same':
      return gitSameLines(action);
    case 'announce':
      return announceLines(action);
    case 'manual':
      return manualLines(action);
    case 'sql':
      return sqlLines(action);
    case 'metric':
      return metricLines(action);
    case 'file-write':
      return fileWriteLines(action, step);
    case 'file-replace':
      return fileReplaceLines(action, step);
    case 'file-remove':
      return fileRemoveLines(action, step);
    case 'file-restore':
      return fileRestoreLines(action);
    default:
      return action satisfies never;
  }
}

/** The files of the script's own functions that a kind needs, and the programs that these need. */
export type Needs = { readonly files: readonly string[]; readonly programs: readonly string[] };

export const NEEDS: Readonly<Record<Action['kind'], Needs>> = {
  run: { files: ['run'], programs: [] },
  shell: { files: ['run'], programs: [] },
  http: { files: ['http'], programs: ['curl'] },
  'redis-command': { files: ['redis'], programs: ['redis-cli'] },
  'redis-unlink': { files: ['redis'], programs: ['redis-cli'] },
  'redis-count': { files: ['redis'], programs: ['redis-cli'] },
  'git-resolve': { files: ['git'], programs: ['git'] },
  'git-restore': { files: ['git', 'publish', 'replace'], programs: ['git', 'cmp'] },
  'git-same': { files: ['git'], programs: ['git'] },
  announce: { files: ['announce'], programs: [] },
  manual: { files: ['manual'], programs: [] },
  sql: { files: ['sql'], programs: ['psql'] },
  metric: { files: ['metric'], programs: ['curl'] },
  'file-write': { files: ['file'], programs: ['cmp'] },
  'file-replace': { files: ['file', 'replace'], programs: ['cmp'] },
  'file-remove': { files: ['file'], programs: ['cmp'] },
  'file-restore': { files: ['file'], programs: ['cmp'] },
};
