import type { ListNode, Node, ObjectNode, Table } from '../node.ts';

const NAME = { is: 'string', min: 1, max: 20 } as const satisfies Node;
const POINT = {
  is: 'object',
  required: ['label', 'value'],
  fields: { label: NAME, value: { is: 'number' } },
} as const satisfies ObjectNode;

const SERIES = {
  is: 'list',
  of: { is: 'object', required: ['name', 'data'], fields: { name: NAME, data: { is: 'list', of: POINT, min: 1, max: 20 } } },
  min: 1,
  max: 6,
} as const satisfies ListNode;

const AXIS = {
  is: 'object',
  required: ['categories'],
  fields: {
    categories: { is: 'list', of: NAME, min: 1, max: 20, unique: true },
    x_label: { is: 'string', max: 50 },
    y_label: { is: 'string', max: 50 },
  },
} as const satisfies ObjectNode;

const PLOT = {
  is: 'object',
  required: ['series', 'axis_config'],
  fields: { series: SERIES, axis_config: AXIS },
} as const satisfies ObjectNode;

/** The charts of a data_visualization block. */
export const charts = {
  pie: { is: 'object', required: ['segments'], fields: { segments: { is: 'list', of: POINT, min: 1, max: 12 } } },
  bar: PLOT,
  area: PLOT,
  line: PLOT,
} as const satisfies Table;
