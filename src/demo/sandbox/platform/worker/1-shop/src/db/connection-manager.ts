import { neon } from '@neondatabase/serverless';
import type { Database } from './retry-logic.ts';

/** A connection for each query, given back with its answer. */
export function getDatabaseConnection(url: string): Database {
  return neon(url);
}
