import { readdir } from 'node:fs/promises';
import process from 'node:process';
import { quoted, sql } from './connection.ts';
import type { Loss, Migration } from './migration.ts';

type Known = Migration & { readonly id: string; readonly applied: boolean };

const FOLDER = new URL('./migrations/', import.meta.url);
const USAGE = 'Say what: status [--json], up, or rollback --steps=1.';

const [command, option] = process.argv.slice(2);
if (command === 'status') await status(option === '--json');
else if (command === 'up') await up();
else if (command === 'rollback' && option === '--steps=1') await rollback();
else throw new Error(USAGE);

async function status(asJson: boolean): Promise<void> {
  const found = (await all()).map(({ id, applied, reversible, loses }) => ({
    id,
    applied,
    reversible,
    loses: applied ? loses.map((loss) => ({ ...loss, rows: rowsIn(loss) })) : [],
  }));
  if (asJson) return console.log(JSON.stringify(found));
  for (const { id, applied, reversible, loses } of found) {
    const rows = loses.map((loss) => `${'column' in loss ? `${loss.table}.${loss.column}` : loss.table}: ${loss.rows} rows`);
    console.log([id, applied ? 'applied' : 'pending', reversible ? 'reversible' : 'not reversible', ...rows].join('  '));
  }
}

async function up(): Promise<void> {
  sql('create table if not exists schema_migrations (id text primary key, applied_at timestamptz not null default now())');
  for (const { id, applied, up: statements } of await all()) {
    if (applied) continue;
    sql(`${statements};\ninsert into schema_migrations (id) values (${quoted(id)});`);
    console.log(`${id} is applied.`);
  }
}

/** Takes the newest migration back, and its name from the list, together or not at all. */
async function rollback(): Promise<void> {
  const newest = (await all()).findLast(({ applied }) => applied);
  if (!newest) throw new Error('There is no migration to take back.');
  sql(`${newest.down};\ndelete from schema_migrations where id = ${quoted(newest.id)};`);
  console.log(`${newest.id} is taken back.`);
}

async function all(): Promise<readonly Known[]> {
  const [there] = sql("select to_regclass('schema_migrations') is not null");
  const applied = new Set(there?.[0] === 't' ? sql('select id from schema_migrations').map(([id]) => id) : []);
  const ids = (await readdir(FOLDER)).map((file) => file.replace(/\.ts$/, '')).toSorted();
  const strange = [...applied].filter((id) => id === undefined || !ids.includes(id));
  if (strange.length > 0) throw new Error(`This code does not know ${strange.join(', ')}, which the database has.`);
  return await Promise.all(
    ids.map(async (id) => {
      const { migration } = (await import(new URL(`${id}.ts`, FOLDER).href)) as { migration: Migration };
      return { ...migration, id, applied: applied.has(id) };
    }),
  );
}

function rowsIn(loss: Loss): number {
  const [counted] = sql(`select count(${'column' in loss ? loss.column : '*'}) from ${loss.table}`);
  return Number(counted?.[0]);
}
