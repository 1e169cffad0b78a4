import type { Node, Table } from '../node.ts';
import { ID, TRUTH } from './objects.ts';

const CELLS = {
  is: 'list',
  of: { is: 'choice', from: 'cells', of: ['raw_text', 'raw_number', 'rich_text'] },
  min: 1,
  max: 20,
} as const satisfies Node;

/** What stands in a table's cell. */
export const cells = {
  raw_text: { is: 'object', required: ['text'], fields: { text: { is: 'string', min: 1 } } },
  raw_number: { is: 'object', required: ['value', 'text'], fields: { value: { is: 'number' }, text: { is: 'string', min: 1 } } },
  rich_text: { is: 'choice', from: 'blocks', of: ['rich_text'] },
} as const satisfies Table;

/** Blocks that show tables and charts. */
export const data = {
  table: {
    is: 'object',
    surfaces: ['message', 'home'],
    required: ['rows'],
    fields: {
      block_id: ID,
      rows: { is: 'list', of: CELLS, min: 1, max: 100 },
      column_settings: {
        is: 'list',
        of: { is: 'object', fields: { align: { is: 'string', oneOf: ['left', 'center', 'right'] }, is_wrapped: TRUTH } },
        max: 20,
      },
    },
  },
  data_table: {
    is: 'object',
    surfaces: ['message', 'home'],
    required: ['rows', 'caption'],
    fields: {
      block_id: ID,
      rows: { is: 'list', of: CELLS, min: 2, max: 101 },
      caption: { is: 'string', min: 1 },
      page_size: { is: 'integer', min: 1, max: 100 },
      row_header_column_index: { is: 'integer', min: 0 },
    },
  },
  data_visualization: {
    is: 'object',
    surfaces: ['message'],
    required: ['title', 'chart'],
    fields: {
      block_id: ID,
      title: { is: 'string', min: 1, max: 50 },
      chart: { is: 'choice', from: 'charts', of: ['pie', 'bar', 'area', 'line'] },
    },
  },
} as const satisfies Table;
