import { guardedAgent } from './dispatcher.ts';
import { type FetchDeps, imageFetch } from './executor.ts';
import { type DownloadSettings, SharedDownloads } from './shared-downloads.ts';
import { SourcePolicy } from './source-policy.ts';

export { isLasting } from './errors.ts';
export { formatOf } from './executor.ts';
export { SourcePolicy } from './source-policy.ts';

export interface ImageFetchSettings extends Partial<Omit<DownloadSettings, 'scratchDir'>> {
  scratchDir: string;
  /** `public`, addresses, CIDRs, host names: where images may be fetched from. */
  sources: readonly string[];
  connectTimeoutMs?: number;
  idleTimeoutMs?: number;
}

const TiB = 1024 ** 4;
const GiB = 1024 ** 3;

/** The processor of ImageFetch, and what ends its connections and removes its scratch files. */
export function createImageFetch(
  deps: Omit<FetchDeps, 'downloads'>,
  settings: ImageFetchSettings,
): { process: ReturnType<typeof imageFetch>; close: () => Promise<void> } {
  const agent = guardedAgent(new SourcePolicy(settings.sources), {
    connectTimeoutMs: settings.connectTimeoutMs ?? 10_000,
    headersTimeoutMs: settings.idleTimeoutMs ?? 30_000,
    idleTimeoutMs: settings.idleTimeoutMs ?? 30_000,
  });
  const downloads = new SharedDownloads(
    {
      scratchDir: settings.scratchDir,
      scratchLimitBytes: settings.scratchLimitBytes ?? 50 * GiB,
      maxVirtualBytes: settings.maxVirtualBytes ?? 2 * TiB,
      timeoutMs: settings.timeoutMs ?? 4 * 60 * 60_000,
    },
    agent,
  );
  return {
    process: imageFetch({ ...deps, downloads }),
    close: async () => {
      await downloads.close();
      await agent.destroy();
    },
  };
}
