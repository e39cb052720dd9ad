/** The CustomResourceDefinition of a kind. */
import { z } from 'zod';
import type { PrinterColumn, ResourceDefinition } from '../schema/resource.ts';
import { type StructuralSchema, toStructural } from './structural.ts';

export interface CustomResourceDefinition {
  apiVersion: 'apiextensions.k8s.io/v1';
  kind: 'CustomResourceDefinition';
  metadata: { name: string; labels: Record<string, string> };
  spec: {
    group: string;
    scope: 'Cluster' | 'Namespaced';
    names: {
      kind: string;
      listKind: string;
      plural: string;
      singular: string;
      shortNames: readonly string[];
      categories: readonly string[];
    };
    versions: [CrdVersion];
  };
}

export interface CrdVersion {
  name: string;
  served: true;
  storage: true;
  subresources: { status: Record<string, never> };
  selectableFields?: { jsonPath: string }[];
  additionalPrinterColumns: Record<string, unknown>[];
  schema: { openAPIV3Schema: StructuralSchema };
}

export function toCrd(definition: ResourceDefinition): CustomResourceDefinition {
  const { resource, singular, shortNames, columns, selectableFields } = definition;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${resource.plural}.${resource.group}`,
      labels: { 'app.kubernetes.io/name': 'virtfleet', 'app.kubernetes.io/part-of': 'virtfleet' },
    },
    spec: {
      group: resource.group,
      scope: resource.namespaced ? 'Namespaced' : 'Cluster',
      names: {
        kind: resource.kind,
        listKind: `${resource.kind}List`,
        plural: resource.plural,
        singular,
        shortNames,
        categories: ['virtfleet'],
      },
      versions: [
        {
          name: resource.version,
          served: true,
          storage: true,
          subresources: { status: {} },
          ...(selectableFields ? { selectableFields: selectableFields.map((jsonPath) => ({ jsonPath })) } : {}),
          additionalPrinterColumns: columns.map(toColumn),
          schema: { openAPIV3Schema: objectSchema(definition) },
        },
      ],
    },
  };
}

function toColumn({ name, type, jsonPath, description, wide }: PrinterColumn): Record<string, unknown> {
  return { name, type, jsonPath, description, ...(wide ? { priority: 1 } : {}) };
}

/** The schema of the whole object, as the API server takes it. */
export function objectSchema({ resource, description, spec, status, rules }: ResourceDefinition): StructuralSchema {
  return {
    description,
    type: 'object',
    required: ['spec'],
    properties: {
      apiVersion: { description: `${resource.group}/${resource.version}`, type: 'string' },
      kind: { description: resource.kind, type: 'string' },
      metadata: { type: 'object' },
      spec: {
        description: 'What is wanted. Nothing but its author changes it.',
        ...structural(spec, `${resource.kind}.spec`, true),
      },
      status: {
        description: 'What was decided and what was seen. Written by the operator alone.',
        ...structural(status, `${resource.kind}.status`, false),
      },
    },
    ...(rules ? { 'x-kubernetes-validations': rules.map((rule) => ({ ...rule })) } : {}),
  };
}

function structural(schema: z.ZodType, path: string, bounded: boolean): StructuralSchema {
  const json = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });
  return toStructural(json, path, { bounded });
}
