/**
 * What a Redis must be set up for, or jobs can vanish while it runs. Losing jobs is survived (they are added again), so
 * these are warnings, not refusals. INFO is read rather than CONFIG, which hosted servers forbid.
 */
export function checkServer(info: string): string[] {
  const fields = new Map(
    info.split(/\r?\n/).flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()]] : [];
    }),
  );
  const warnings: string[] = [];
  const policy = fields.get('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    warnings.push(`Redis evicts keys when memory is short (maxmemory-policy ${policy}): set it to noeviction.`);
  }
  if (fields.get('aof_enabled') === '0') {
    warnings.push('Redis keeps no append-only file, so jobs are lost when it restarts: set appendonly yes.');
  }
  const version = /^(\d+)\.(\d+)/.exec(fields.get('redis_version') ?? '');
  if (version !== null && (Number(version[1]) < 6 || (Number(version[1]) === 6 && Number(version[2]) < 2))) {
    warnings.push(`Redis ${version[0]} is older than 6.2, the oldest version that is supported.`);
  }
  return warnings;
}
