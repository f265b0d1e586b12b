import type { Row, RowKey } from './matrix';
import { emp, gon, nay, nil, who, yes } from './outcomes';

/** 码和海报, 活动. See matrix.ts. */

type CodeKey = Extract<RowKey, 'links.door' | `${'posters' | 'activities'}.${string}`>;

// prettier-ignore
export const codeRows: Record<CodeKey, Row> = {
  //                       nobody resi other  far memb mOut desk dOut grup  hub town insp disc supv secr admn audt tsec
  // 门牌码: whoever stands at the door scans it; who keeps the roll of its house hangs it there
  'links.door':           [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'posters.at':           [who, nay, nay, nay, nay, nay, yes, nay, yes, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'posters.poster':       [who, nay, nay, nay, nay, nay, yes, nay, yes, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'posters.plates':       [who, nay, nay, nay, nay, nay, yes, nay, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'posters.plate':        [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'posters.replace':      [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, nay, nay, nay, nay, nay, nay, nay, nay],
  'posters.replacePlace': [who, nay, nay, nay, nay, nay, yes, nay, yes, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'posters.open':         [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'posters.open forged':  [gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon],
  // 活动 of village A: seen by whoever lives or serves there, or above; held by its desk and secretaries; who stands before the screen checks in
  'activities.list':            [who, yes, yes, emp, yes, emp, yes, emp, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'activities.read':            [who, yes, yes, nil, yes, nil, yes, nil, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'activities.save':            [who, nay, nay, nay, nay, nay, yes, nay, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'activities.cancel':          [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'activities.join':            [who, yes, yes, nil, yes, nil, yes, nil, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'activities.leave':           [who, yes, yes, nil, yes, nil, yes, nil, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'activities.code':            [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'activities.atCode':          [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'activities.checkIn':         [who, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'activities.people':          [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'activities.mark':            [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'activities.export':          [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'activities.openPaper':       [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'activities.openPaper forged':[gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon],
};
