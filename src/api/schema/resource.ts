/** A kind as the generator sees it: everything that goes into its CRD and its reference page. */
import type { z } from 'zod';
import type { KubeObject, ResourceKind } from '../v1alpha1/meta.ts';
import type { ConditionTable, ReasonTable } from './conditions.ts';
import type { Rule } from './fields.ts';

export interface PrinterColumn {
  name: string;
  type: 'string' | 'integer' | 'boolean' | 'date' | 'number';
  jsonPath: string;
  description: string;
  /** Shown with `-o wide` only. */
  wide?: boolean;
}

export interface ResourceDefinition {
  resource: ResourceKind<KubeObject>;
  singular: string;
  shortNames: readonly string[];
  /** What the kind is, for `kubectl explain` and the top of its reference page. */
  description: string;
  spec: z.ZodType;
  status: z.ZodType;
  /** Rules over the whole object. */
  rules?: readonly Rule[];
  columns: readonly PrinterColumn[];
  /** For `--field-selector`; at most 8. */
  selectableFields?: readonly string[];
  conditions: ConditionTable;
  reasons: ReasonTable;
}

export const age: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
  description: 'Time since creation.',
};

/** A column that shows a condition's status. */
export const conditionColumn = (type: string, description: string, wide = false): PrinterColumn => ({
  name: type,
  type: 'string',
  jsonPath: `.status.conditions[?(@.type=="${type}")].status`,
  description,
  ...(wide ? { wide } : {}),
});
