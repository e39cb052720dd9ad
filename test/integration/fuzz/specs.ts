/** The whole way of random specs: schema, API server, controller, document, libvirt. */
import { type Connect, open, VIR_DOMAIN_DEFINE_VALIDATE, VIR_DOMAIN_XML_INACTIVE } from '@virtfleet/libvirt';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { VirtualMachine } from '#api/v1alpha1/virtual-machine.ts';
import { mapLibvirtError } from '#hostpool/errors.ts';
import { readCapabilities } from '#libvirt/capabilities.ts';
import { domainDrift, renderDomain } from '#libvirt/domain.ts';
import { parseHostUri } from '#libvirt/uri.ts';
import { toCrd } from '../../../src/api/crd/crd.ts';
import { definitions } from '../../../src/api/crd/definitions.ts';
import type { StatusBody, TestApiServer } from '../api/apiserver.ts';
import { agreeing, documentOf } from './machines.ts';
import { anyHostUri, anyOf } from './schema.ts';

export interface Tally {
  stored: number;
  refused: number;
  /** Refused by the controller, with its mend. */
  stalled: number;
  defined: number;
}

const CALL = { timeoutMs: 10_000 };
/** So many are under way at once. */
const AT_ONCE = 8;

/** A random spec of a kind, as its schema allows. */
export function anySpec(kind: string): fc.Arbitrary<Record<string, unknown>> {
  const definition = definitions.find(({ resource }) => resource.kind === kind);
  const schema = definition && toCrd(definition).spec.versions[0].schema.openAPIV3Schema.properties?.spec;
  if (!schema) throw new Error(`no kind ${kind}`);
  const spec = anyOf(schema) as fc.Arbitrary<Record<string, unknown>>;
  if (kind === 'Host') {
    return spec.map(({ credentialsRef, ...one }) =>
      /\+(ssh|tls):/.test(String(one.uri)) ? { ...one, credentialsRef: credentialsRef ?? { name: 'h1' } } : one,
    );
  }
  if (kind !== 'VirtualMachine') return spec;
  return fc
    .tuple(spec, fc.nat(), fc.nat({ max: 9 }))
    .map(([one, chance, raw]) => (raw === 0 ? one : agreeing(one, chance)));
}

/** What the API server makes of it: the object with its defaults, or null with a message that says why not. */
async function judge<T>(api: TestApiServer, kind: string, spec: object): Promise<T | null> {
  const definition = definitions.find(({ resource }) => resource.kind === kind);
  if (!definition) throw new Error(`no kind ${kind}`);
  const { group, version, plural, namespaced } = definition.resource;
  const path = `/apis/${group}/${version}${namespaced ? '/namespaces/default' : ''}/${plural}?dryRun=All&fieldValidation=Strict`;
  const metadata = { name: 'fuzz', ...(namespaced ? { namespace: 'default' } : {}) };
  const { status, body } = await api.request<StatusBody>('POST', path, {
    body: { apiVersion: `${group}/${version}`, kind, metadata, spec },
  });
  if (status === 201) return body as T;
  expect({ status, body }).toMatchObject({
    status: 422,
    body: { message: expect.stringContaining(`${kind}.virtfleet.io "fuzz" is invalid`) },
  });
  expect(body.message, 'an error of the rule itself').not.toMatch(
    /no such key|no such overload|internal error|no matching overload|rule evaluation/i,
  );
  return null;
}

async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of queue) await act(item);
    }),
  );
}

/** Whatever the schema allows is stored, or refused with its name and a message; nothing breaks the API server's rules. */
export async function judgeSpecs(api: TestApiServer, kind: string, count: number, seed: number): Promise<Tally> {
  const tally: Tally = { stored: 0, refused: 0, stalled: 0, defined: 0 };
  await inTurns(fc.sample(anySpec(kind), { numRuns: count, seed }), async (spec) => {
    if ((await judge(api, kind, spec)) === null) tally.refused += 1;
    else tally.stored += 1;
  });
  return tally;
}

/** No URI that the API server takes is refused by the operator later. */
export async function judgeUris(api: TestApiServer, count: number, seed: number): Promise<number> {
  let taken = 0;
  await inTurns(fc.sample(anyHostUri, { numRuns: count, seed }), async (uri) => {
    const credentialsRef = /\+(ssh|tls):/.test(uri) ? { credentialsRef: { name: 'h1' } } : {};
    if ((await judge(api, 'Host', { uri, ...credentialsRef })) === null) return;
    taken += 1;
    expect(() => parseHostUri(uri), uri).not.toThrow();
  });
  return taken;
}

/**
 * Machines on a driver of libvirt's: rendered, defined with validation, the same when rendered again over what libvirt
 * made of it, and undefined. `isRefusable`: a real hypervisor may refuse what the spec asks for, if that is told as such.
 */
export async function defineSpecs(
  api: TestApiServer,
  driver: { uri: string; domainType: 'test' | 'qemu'; isRefusable: boolean },
  count: number,
  seed: number,
): Promise<Tally> {
  const connect = await open(driver.uri, { events: false, timeoutMs: 10_000 });
  const tally: Tally = { stored: 0, refused: 0, stalled: 0, defined: 0 };
  try {
    const capabilities = readCapabilities(await connect.getCapabilities(CALL));
    await inTurns(fc.sample(anySpec('VirtualMachine'), { numRuns: count, seed }), async (spec) => {
      const machine = await judge<VirtualMachine>(api, 'VirtualMachine', spec);
      if (machine === null) {
        tally.refused += 1;
        return;
      }
      tally.stored += 1;
      const document = documentOf(machine, driver.domainType, capabilities);
      if ('problems' in document) {
        for (const { message } of document.problems) expect(message).toMatch(/[;:] .+/);
        tally.stalled += 1;
        return;
      }
      const input = { ...document.input, name: `fuzz-${machine.metadata.uid}` };
      const xml = renderDomain(input, null);
      const told = (error: unknown) => new Error(`${error}\nof ${JSON.stringify(spec)}\n${xml}`);
      const defined = await connect
        .domainDefineXMLFlags(xml, VIR_DOMAIN_DEFINE_VALIDATE, CALL)
        .catch((error: unknown) => {
          const { errorClass, mend } = mapLibvirtError(error, { host: 'h1', call: 'domain.define', changes: true });
          if (driver.isRefusable && errorClass === 'InvalidSpec' && mend) return null;
          throw told(error);
        });
      if (defined === null) {
        tally.stalled += 1;
        return;
      }
      const inactive = await defined.getXMLDesc(VIR_DOMAIN_XML_INACTIVE, CALL);
      expect(domainDrift(input, inactive), xml).toEqual([]);
      await connect
        .domainDefineXMLFlags(renderDomain(input, inactive), VIR_DOMAIN_DEFINE_VALIDATE, CALL)
        .catch((error: unknown) => {
          throw told(error);
        });
      await defined.undefine(CALL);
      tally.defined += 1;
    });
    expect(await namesOn(connect)).toEqual([]);
    return tally;
  } finally {
    await connect.close();
  }
}

async function namesOn(connect: Connect): Promise<string[]> {
  const domains = await connect.listAllDomains(0, CALL);
  return domains.map(({ name }) => name).filter((name) => name.startsWith('fuzz-'));
}
