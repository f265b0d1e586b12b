/**
 * What goes wrong with one request. busy (-1), tooOften (45011), cut, badGateway (HTTP 502), html (HTTP 200 from something
 * in between) and a scripted errcode do not reach the platform; cutAfter breaks off in the middle of the answer, slowMs
 * answers late: both have done the work.
 */
export type Fault =
  | 'busy'
  | 'tooOften'
  | 'cut'
  | 'cutAfter'
  | 'badGateway'
  | 'html'
  | { readonly slowMs: number }
  | { readonly errcode: number; readonly errmsg: string };

export interface Faults {
  /** What the request that has just come meets. */
  next(path: string): Fault | undefined;
  /** The next requests fail in this way, one each. */
  fault(...next: Fault[]): void;
  /** The next requests of this path (`/wxa/msg_sec_check`) fail in this way, one each; others pass them by. */
  faultAt(path: string, ...next: Fault[]): void;
  /** The next requests of this path are refused with this number: once. */
  refuse(path: string, errcode: number, errmsg: string, times?: number): void;
  /** Every connection is cut until told otherwise: an hour without WeChat. */
  outage(on: boolean): void;
  /** What still waits for its request, and whether the outage lasts. */
  faultsAhead(): { outage: boolean; next: string[] };
  /** Nothing fails any more. */
  noFaults(): void;
}

export function makeFaults(): Faults {
  let anywhere: Fault[] = [];
  let isOut = false;
  const byPath = new Map<string, Fault[]>();
  const faultAt = (path: string, ...next: Fault[]): void =>
    void byPath.set(path, [...(byPath.get(path) ?? []), ...next]);
  return {
    next: (path) => (isOut ? 'cut' : (byPath.get(path)?.shift() ?? anywhere.shift())),
    fault: (...next) => void anywhere.push(...next),
    faultAt,
    refuse: (path, errcode, errmsg, times = 1) =>
      faultAt(path, ...Array.from({ length: times }, () => ({ errcode, errmsg }))),
    outage: (on) => {
      isOut = on;
    },
    faultsAhead: () => ({
      outage: isOut,
      next: [
        ...anywhere.map(nameOf),
        ...[...byPath].flatMap(([path, faults]) => faults.map((each) => `${path} ${nameOf(each)}`)),
      ],
    }),
    noFaults: () => {
      isOut = false;
      anywhere = [];
      byPath.clear();
    },
  };
}

export const nameOf = (fault: Fault): string => {
  if (typeof fault === 'string') return fault;
  return 'slowMs' in fault ? `slow ${fault.slowMs} ms` : `refused ${fault.errcode}`;
};
