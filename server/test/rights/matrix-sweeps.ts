import type { EndpointKey } from '@sandan/shared/api';
import type { Row } from './matrix';
import { emp, gon, nay, nil, who, yes } from './outcomes';

// prettier-ignore
export const sweepRows: Record<Extract<EndpointKey, `sweeps.${string}`> | 'sweeps.openPaper forged', Row> = {
  //                          nobody resi other  far memb mOut desk dOut grip  hub town insp disc supv secr admn audt tsec
  // 入户排查: of village A by its desk, the town, the branch; the lead of the group for his part; the member goes to the door
  'sweeps.list': [who, nay, nay, nay, nay, nay, yes, emp, yes, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.preview': [who, nay, nay, nay, nay, nay, yes, nay, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.set': [who, nay, nay, nay, nay, nay, yes, nay, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.read': [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.change': [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.start': [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.extend': [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.close': [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.reopen': [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.cancel': [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.export': [who, nay, nay, nay, nay, nay, yes, nil, nay, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.split': [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.remind': [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.progress': [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.rollCall': [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.targets': [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.holders': [who, nay, nay, nay, nay, nay, yes, nil, yes, nay, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.mine': [who, nay, nay, nay, yes, emp, emp, emp, emp, emp, emp, nay, nay, nay, emp, nay, nay, emp],
  'sweeps.round': [who, nay, nay, nay, yes, nil, nil, nil, nil, nil, nil, nay, nay, nay, nil, nay, nay, nil],
  'sweeps.target': [who, nay, nay, nay, yes, nil, yes, nil, yes, nil, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.record': [who, nay, nay, nay, yes, nil, yes, nil, yes, nil, yes, nay, nay, nay, yes, nay, nay, yes],
  'sweeps.openPaper': [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'sweeps.openPaper forged': [gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon],
};
