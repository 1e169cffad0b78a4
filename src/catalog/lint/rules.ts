import type { Rule } from './rule.ts';
import { crontabFromPipe } from './crontab-from-pipe.ts';
import { downMigration } from './down-migration.ts';
import { endlessWatch } from './endless-watch.ts';
import { flushDatabase } from './flush-database.ts';
import { forcePush } from './force-push.ts';
import { forcedDeployment } from './forced-deployment.ts';
import { latestDump } from './latest-dump.ts';
import { maskedFailure } from './masked-failure.ts';
import { migrationWithDeletedClasses } from './migration-with-deleted-classes.ts';
import { needsATerminal } from './needs-a-terminal.ts';
import { newestTagIsGood } from './newest-tag-is-good.ts';
import { psqlWithoutStop } from './psql-without-stop.ts';
import { purgeEverything } from './purge-everything.ts';
import { relativeCommit } from './relative-commit.ts';
import { resetHard } from './reset-hard.ts';
import { restartAll } from './restart-all.ts';
import { restoreClean } from './restore-clean.ts';
import { restoreIntoLive } from './restore-into-live.ts';
import { rollbackWithoutVersion } from './rollback-without-version.ts';
import { sedInPlace } from './sed-in-place.ts';
import { shellWordsInArgv } from './shell-words-in-argv.ts';
import { sshPrompt } from './ssh-prompt.ts';
import { sudoPrompt } from './sudo-prompt.ts';
import { unboundedRemove } from './unbounded-remove.ts';
import { unboundedSql } from './unbounded-sql.ts';
import { uncheckedScript } from './unchecked-script.ts';
import { verificationThatCannotFail } from './verification-that-cannot-fail.ts';

/** All rules, in the order in which they are listed: code, caches, data, time, checks, deployments, and the machine. A new one is a file here and a line in this table. */
export const RULES: readonly Rule[] = [
  relativeCommit,
  newestTagIsGood,
  forcePush,
  resetHard,
  sedInPlace,
  crontabFromPipe,
  flushDatabase,
  purgeEverything,
  downMigration,
  restoreIntoLive,
  restoreClean,
  latestDump,
  psqlWithoutStop,
  unboundedSql,
  endlessWatch,
  verificationThatCannotFail,
  maskedFailure,
  uncheckedScript,
  rollbackWithoutVersion,
  forcedDeployment,
  migrationWithDeletedClasses,
  restartAll,
  unboundedRemove,
  sudoPrompt,
  sshPrompt,
  needsATerminal,
  shellWordsInArgv,
];

export const RULE_IDS: readonly string[] = RULES.map(({ id }) => id);
