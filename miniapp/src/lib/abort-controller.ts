type Listener = () => void;

class AbortSignal {
  aborted = false;
  reason: unknown;
  onabort: Listener | null = null;
  private readonly listeners = new Set<Listener>();

  addEventListener(_kind: 'abort', listener: Listener): void {
    this.listeners.add(listener);
  }

  removeEventListener(_kind: 'abort', listener: Listener): void {
    this.listeners.delete(listener);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  /** Called by the controller alone. */
  fire(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.onabort?.();
    this.listeners.forEach((listener) => listener());
  }
}

/** What react-query needs of AbortController. WeChat has none, and without it every query waits for ever. */
export class AbortController {
  readonly signal = new AbortSignal();

  abort(reason: unknown = new Error('AbortError')): void {
    this.signal.fire(reason);
  }
}
