/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

/** The words in which the tables of this folder say what Slack accepts. Lengths are code points. */
export type Node = AnyNode | StringNode | NumberNode | BooleanNode | ListNode | ObjectNode | TextNode | ChoiceNode | AllOfNode;

/** Types by name: what a `type` field may say, and what the object must then look like. */
export type Table = Readonly<Record<string, Node>>;

/** All the tables that a choice can refer to. */
export type Catalog = Readonly<Record<TableName, Table>>;

type TableName = 'blocks' | 'elements' | 'rich' | 'cells' | 'charts';

/** Every node can be limited to some surfaces: elsewhere its type or field is unknown. */
interface Placed {
  surfaces?: readonly Surface[];
}

interface AnyNode extends Placed {
  is: 'any';
}

export interface StringNode extends Placed {
  is: 'string';
  min?: number;
  max?: number;
  oneOf?: readonly string[];
  pattern?: string;
  format?: 'date';
}

export interface NumberNode extends Placed {
  is: 'number' | 'integer';
  min?: number;
  max?: number;
}

interface BooleanNode extends Placed {
  is: 'boolean';
}

export interface ListNode extends Placed {
  is: 'list';
  of: Node;
  min?: number;
  max?: number;
  unique?: boolean;
}

/** An object that allows no other fields unless it is open. Fields are checked in the order of the table. */
export interface ObjectNode extends Placed {
  is: 'object';
  fields: Readonly<Record<string, Node>>;
  /** Names that must be there; a list of names means exactly one of them. */
  required?: readonly (string | readonly string[])[];
  /** Names of which at least one must be there, which Slack checks after the schema. */
  either?: readonly string[];
  minFields?: number;
  open?: boolean;
}

/** A text object of one of the types, with text of 1 to `max` code points. */
export interface TextNode extends Placed {
  is: 'text';
  types: readonly TextType[];
  max: number;
}

export type TextType = 'plain_text' | 'mrkdwn';

/** An object whose `type` picks its shape from a table. */
export interface ChoiceNode extends Placed {
  is: 'choice';
  from: TableName;
  of: readonly string[];
}

/** A value that must fit several nodes; any failure is announced by a line of its own. */
export interface AllOfNode extends Placed {
  is: 'allOf';
  of: readonly Node[];
}
