import type { Rule } from './rule.ts';
import { sayCall } from './shell/call.ts';
import type { Call } from './shell/call.ts';

/** A migration that runs backwards drops what was written since. */
export const downMigration: Rule = {
  id: 'down-migration',
  about: 'a database migration that is run backwards',
  why: `A down-migration drops the columns and tables that the release has added, with everything that customers have written into them since. It was seldom tried, never on this data, and when it fails half-way neither version of the code fits the schema.

Roll back the code only. That needs migrations that the old code can live with: add first, use later, drop when no running version asks for it (expand and contract). What is wrong in the data is repaired forward, by a new migration.`,
  bad: `steps:
  - id: schema
    title: Take the schema back
    run: [npx, knex, 'migrate:rollback', --all]
    effect: idempotent
    undo: { none: dropped columns are gone }
`,
  good: `steps:
  - id: schema
    title: Repair the data forward
    run: [npx, knex, 'migrate:up', 20240611_fill_prices.js]
    effect: idempotent
    undo: { none: a next migration repairs it again }
`,
  find: ({ shell }) =>
    shell.calls.filter(goesDown).map((call) => ({
      says: `Found "${sayCall(call)}", which drops what was written since the release; expected the code to be rolled back and the schema to stay.`,
      at: call.at,
    })),
};

const SPEAKS = ['echo', 'printf', 'grep', 'logger'];
/** Names of scripts and tasks, as npm, rails, knex, sequelize and typeorm have them. */
const TASK = /^(?:db:)?(?:migrat(?:e|ions?)|schema)[:.-](?:down|rollback|undo|revert|reset)(?:$|:)|^db:(?:rollback|reset|undo)$/;
/** Programs that take migrations back by a command of theirs. */
const COMMANDS: Readonly<Record<string, RegExp>> = {
  alembic: /^downgrade$/,
  atlas: /^down$/,
  dbmate: /^(?:rollback|down)$/,
  diesel: /^(?:revert|redo)$/,
  flyway: /^(?:undo|clean)$/,
  goose: /^(?:down|down-to|reset|redo)$/,
  liquibase: /^rollback/i,
  migrate: /^(?:down|drop)$/,
  'node-pg-migrate': /^(?:down|redo)$/,
  prisma: /^reset$/,
  sqlx: /^revert$/,
};

function goesDown({ name, args }: Call): boolean {
  if (SPEAKS.includes(name)) return false;
  const own = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return args.some(({ text }) => TASK.test(text) || own?.test(text));
}
