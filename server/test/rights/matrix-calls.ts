import type { EndpointKey } from '@sandan/shared/api';
import type { Row } from './matrix';
import { emp, gon, nay, nil, who, yes } from './outcomes';

// prettier-ignore
export const callRows: Record<Extract<EndpointKey, `calls.${string}`> | 'calls.todayPaper forged', Row> = {
  //                          nobody resi other  far memb mOut desk dOut grip  hub town insp disc supv secr admn audt tsec
  // 电话通知单, 今日待办: of the desk that has the order and the one above; a hub keeper calls back what lies with him alone,
  // the discipline desk (作风反映) what lies with it, which is printed on no paper
  'calls.list': [who, nay, nay, nay, nay, nay, yes, emp, nay, emp, yes, nay, emp, nay, nay, nay, nay, nay],
  'calls.record': [who, nay, nay, nay, nay, nay, yes, nil, nay, nil, yes, nay, nil, nay, nay, nay, nay, nay],
  'calls.today': [who, nay, nay, nay, nay, nay, yes, nay, nay, nay, yes, nay, nay, nay, nay, nay, nay, nay],
  'calls.todayPaper': [yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes, yes],
  'calls.todayPaper forged': [gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon, gon],
};
