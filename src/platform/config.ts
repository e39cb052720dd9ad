import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { VirtfleetError } from './errors.ts';
import { type OptionName, type OptionSpec, optionSpecs } from './options.ts';

/**
 * The environment, as the process was started with it. This module is the only one that reads it; what is here beside
 * `loadConfig` is for what is needed before there is a configuration (log level, crash points, a test's kubeconfig).
 */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

export const roles = ['controllers', 'workers', 'autoscaler', 'gateway'] as const;
export type Role = (typeof roles)[number];

export interface Address {
  host: string;
  /** 0: the system chooses. */
  port: number;
}

export interface Config {
  roles: ReadonlySet<Role>;
  namespace: string;
  /** Empty: all namespaces. */
  watchNamespaces: readonly string[];
  kubeconfig: string | undefined;
  kubeContext: string | undefined;
  redisUrl: string | undefined;
  redisPrefix: string;
  listen: Address;
  gatewayListen: Address;
  autoscalerListen: Address;
  /** Undefined: the uid of the kube-system namespace. */
  fleetId: string | undefined;
  scratchDir: string;
  imageSources: readonly string[];
  imageMaxBytes: number;
  scratchLimitBytes: number;
  workerCount: number;
  reconcileConcurrency: number;
  migrationsAtOnce: number;
  placement: { strategy: 'Spread' | 'Pack'; weights: Readonly<Record<string, number>> };
  identity: string;
  leaderElection: boolean;
  leaseName: string;
  leaseDurationMs: number;
  leaseRenewDeadlineMs: number;
  leaseRetryPeriodMs: number;
}

type Values = Record<OptionName, string>;

/** Reads flags, then the environment, then defaults. Throws InvalidSpec that names the flag. */
export function loadConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = environment,
): Config {
  const values = readValues(argv, env);
  const config: Config = {
    roles: new Set(list(values, 'roles').map(toRole)),
    namespace: values.namespace,
    watchNamespaces: list(values, 'watchNamespaces'),
    kubeconfig: values.kubeconfig || undefined,
    kubeContext: values.kubeContext || undefined,
    redisUrl: values.redisUrl || undefined,
    redisPrefix: values.redisPrefix,
    listen: address(values, 'listen'),
    gatewayListen: address(values, 'gatewayListen'),
    autoscalerListen: address(values, 'autoscalerListen'),
    fleetId: values.fleetId || undefined,
    scratchDir: values.scratchDir,
    imageSources: list(values, 'imageSources'),
    imageMaxBytes: bytes(values, 'imageMaxSize'),
    scratchLimitBytes: bytes(values, 'scratchLimit'),
    workerCount: integer(values, 'workerCount'),
    reconcileConcurrency: integer(values, 'reconcileConcurrency'),
    migrationsAtOnce: integer(values, 'migrationsAtOnce'),
    placement: { strategy: strategy(values.placementStrategy), weights: weights(list(values, 'placementWeights')) },
    identity: values.identity || `${hostname()}_${randomUUID()}`,
    leaderElection: boolean(values, 'leaderElection'),
    leaseName: values.leaseName,
    leaseDurationMs: durationMs(values, 'leaseDurationMs'),
    leaseRenewDeadlineMs: durationMs(values, 'leaseRenewDeadlineMs'),
    leaseRetryPeriodMs: durationMs(values, 'leaseRetryPeriodMs'),
  };
  if (config.roles.size === 0) throw invalid('roles', values.roles, `name at least one of ${roles.join(', ')}`);
  if (config.leaseRenewDeadlineMs >= config.leaseDurationMs)
    throw invalid('leaseRenewDeadlineMs', values.leaseRenewDeadlineMs, 'it must be shorter than --lease-duration');
  if (config.leaseRetryPeriodMs >= config.leaseRenewDeadlineMs)
    throw invalid('leaseRetryPeriodMs', values.leaseRetryPeriodMs, 'it must be shorter than --lease-renew-deadline');
  return config;
}

/** The help text, made from the table of options. */
export function usage(): string {
  const lines = Object.values<OptionSpec>(optionSpecs).map((spec) => {
    const origin = spec.default === '' ? spec.env : `${spec.env}, default ${spec.default}`;
    return `  --${spec.flag} <${spec.type}>\n      ${spec.doc} (${origin})`;
  });
  return `Usage: virtfleet [flags]\n\n${lines.join('\n')}\n`;
}

function readValues(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Values {
  const specs = Object.entries<OptionSpec>(optionSpecs);
  const options = Object.fromEntries(specs.map(([, spec]) => [spec.flag, { type: 'string' as const }]));
  let flags: Record<string, unknown>;
  try {
    flags = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new VirtfleetError('InvalidSpec', 'InvalidFlag', message, { mend: 'See --help for the flags.', cause });
  }
  const values = specs.map(([name, spec]) => [name, String(flags[spec.flag] ?? env[spec.env] ?? spec.default).trim()]);
  return Object.fromEntries(values) as Values;
}

function invalid(name: OptionName, value: string, mend: string): VirtfleetError {
  const spec: OptionSpec = optionSpecs[name];
  return new VirtfleetError('InvalidSpec', 'InvalidFlag', `--${spec.flag} (${spec.env}) is "${value}"`, {
    mend: `${mend[0]?.toUpperCase()}${mend.slice(1)}.`,
  });
}

function list(values: Values, name: OptionName): string[] {
  return values[name]
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function toRole(text: string): Role {
  const role = roles.find((candidate) => candidate === text);
  if (role === undefined) throw invalid('roles', text, `use ${roles.join(', ')}`);
  return role;
}

function strategy(text: string): Config['placement']['strategy'] {
  if (text === 'Spread' || text === 'Pack') return text;
  throw invalid('placementStrategy', text, 'use Spread or Pack');
}

/** Which names there are the scheduler says. */
function weights(parts: readonly string[]): Record<string, number> {
  const pairs = parts.map((part) => {
    const [, name, weight] = /^([A-Za-z]+)=([0-9]{1,4})$/.exec(part) ?? [];
    if (name === undefined) throw invalid('placementWeights', part, 'use name=weight, such as ImageThere=30');
    return [name, Number(weight)] as const;
  });
  return Object.fromEntries(pairs);
}

function integer(values: Values, name: OptionName): number {
  const text = values[name];
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw invalid(name, text, 'use a whole number from 1');
  return Number(text);
}

function boolean(values: Values, name: OptionName): boolean {
  const text = values[name];
  if (text !== 'true' && text !== 'false') throw invalid(name, text, 'use true or false');
  return text === 'true';
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function durationMs(values: Values, name: OptionName): number {
  const text = values[name];
  const [, figure, unit] = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(figure) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
  if (!(ms > 0)) throw invalid(name, text, 'use a figure with a unit, such as 15s or 500ms');
  return ms;
}

const UNIT_BYTES: Readonly<Record<string, number>> = { '': 1, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

function bytes(values: Values, name: OptionName): number {
  const text = values[name];
  const [, figure, unit = ''] = /^([1-9][0-9]{0,5})(Ki|Mi|Gi|Ti)?$/.exec(text) ?? [];
  const size = Number(figure) * (UNIT_BYTES[unit] ?? Number.NaN);
  if (!(size > 0)) throw invalid(name, text, 'use a whole number with a unit, such as 50Gi');
  return size;
}

function address(values: Values, name: OptionName): Address {
  const text = values[name];
  const [, v6, v4, port] = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]*)):([0-9]{1,5})$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 65_535) throw invalid(name, text, 'use host:port, such as 127.0.0.1:8080');
  return { host: v6 ?? (v4 || '0.0.0.0'), port: Number(port) };
}
