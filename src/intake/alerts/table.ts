import type { SourceKind } from '../../core/alert/schema.ts';
import { alertmanager } from './alertmanager.ts';
import { generic } from './generic.ts';
import { grafana } from './grafana.ts';
import type { AlertSource } from './source.ts';

/** Every kind of source that is understood. */
export const SOURCES: Readonly<Record<SourceKind, AlertSource>> = { alertmanager, grafana, generic };
