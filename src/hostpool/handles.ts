/** Runs `fn` and frees the handle, at once and whatever happens: a host may have thousands. */
export async function withHandle<H extends Disposable, T>(handle: H, fn: (handle: H) => Promise<T>): Promise<T> {
  try {
    return await fn(handle);
  } finally {
    handle[Symbol.dispose]();
  }
}
