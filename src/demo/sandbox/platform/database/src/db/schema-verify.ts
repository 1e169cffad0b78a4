import process from 'node:process';
import { sql } from './connection.ts';
import { schema } from './schema.ts';

// Whether the database has all that the code counts on.
const found = new Set(sql("select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'").flat());
const missing = Object.entries(schema)
  .flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`))
  .filter((column) => !found.has(column));
for (const column of missing) console.error(`The database has no ${column}.`);
if (missing.length > 0) process.exit(1);
console.log('The database has all that the code counts on.');
