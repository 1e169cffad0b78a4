import { cache } from './cache.ts';
import { databaseRestore } from './database-restore.ts';
import { cdnPurge, frontend } from './edge.ts';
import { databaseSchema } from './database-schema.ts';
import { emergency } from './emergency.ts';
import { monitoring } from './monitoring.ts';
import type { Wanted } from './row.ts';
import { connectionPooling, hyperdrive, performanceMiddleware, websocket } from './worker.ts';

/** The procedures of the document that are there, each with what serves it. */
export const WANTED: readonly Wanted[] = [
  performanceMiddleware,
  connectionPooling,
  cache,
  monitoring,
  hyperdrive,
  emergency,
  websocket,
  databaseRestore,
  databaseSchema,
  frontend,
  cdnPurge,
];

/** Those that are not there yet, by the names that they will have. When one is there, its table has to be, too. */
export const PENDING: Readonly<Record<string, string>> = {};

/** Headings that only hold others together. */
export const FRAMES = [
  'Comprehensive Rollback Procedures',
  'Overview',
  'Emergency Rollback Triggers',
  'Rollback Procedures by Optimization',
  'Complete System Rollback',
  'Database Rollback Procedures',
  'Frontend Rollback Procedures',
  'WebSocket Rollback Procedures',
  'Monitoring During Rollback',
  'Post-Rollback Actions',
  'Rollback Testing',
  'Emergency Contacts',
  'Automation Scripts Location',
];
