import type { Action } from '../core/procedure/action.ts';
import { announce } from './announce.ts';
import type { DeedContext } from './context.ts';
import { failed } from './deed.ts';
import type { Deed } from './deed.ts';
import { fileRemove } from './file-remove.ts';
import { fileReplace } from './file-replace.ts';
import { fileRestore } from './file-restore.ts';
import { fileWrite } from './file-write.ts';
import { gitResolve } from './git-resolve.ts';
import { gitRestore } from './git-restore.ts';
import { gitSame } from './git-same.ts';
import { http } from './http.ts';
import { metric } from './metric.ts';
import { redisCommand } from './redis-command.ts';
import { redisCount } from './redis-count.ts';
import { redisUnlink } from './redis-unlink.ts';
import { run } from './run.ts';
import { shell } from './shell.ts';
import { sql } from './sql.ts';

/** Does what an action says, by its kind. */
export async function act(action: Action, context: DeedContext): Promise<Deed> {
  switch (action.kind) {
    case 'run':
      return await run(action, context);
    case 'shell':
      return await shell(action, context);
    case 'http':
      return await http(action, context);
    case 'redis-command':
      return await redisCommand(action, context);
    case 'redis-unlink':
      return await redisUnlink(action, context);
    case 'redis-count':
      return await redisCount(action, context);
    case 'sql':
      return await sql(action, context);
    case 'git-resolve':
      return await gitResolve(action, context);
    case 'git-restore':
      return await gitRestore(action, context);
    case 'git-same':
      return await gitSame(action, context);
    case 'metric':
      return await metric(action, context);
    case 'file-write':
      return await fileWrite(action, context);
    case 'file-replace':
      return await fileReplace(action, context);
    case 'file-remove':
      return await fileRemove(action, context);
    case 'file-restore':
      return await fileRestore(action, context);
    case 'announce':
      return announce(action);
    case 'manual':
      return failed('Only a person can do this step, so nothing was done: have it asked of somebody who holds its role.');
    default:
      return action satisfies never;
  }
}
