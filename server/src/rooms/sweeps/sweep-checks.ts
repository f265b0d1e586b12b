import { sweepKinds } from '@sandan/shared/sweeps/sweep.words';
import type { Caller } from '../../foundation/access/caller';
import { askChecks, type CheckRoot } from '../../foundation/checks/ask-checks';
import { forAPerson } from '../../foundation/checks/verdict';
import type { Db } from '../../foundation/database/connect';
import type { Sweep } from './sweep.entity';
import { mayAct } from './sweeps.policy';

type Placed = Pick<Sweep, 'id' | 'countyId' | 'townId' | 'villageId' | 'groupId'>;

export const sweepRoot = ({ id, countyId, townId, villageId, groupId }: Placed): CheckRoot => ({
  ...{ root: 'sweep', rootId: id, countyId, townId, villageId, groupId },
});

/** The word of an office, read at once; found doubtful it is hidden. What was hidden and is worded anew waits for the desk. */
export const askAboutSweep = (db: Db, caller: Caller, sweep: Placed & Pick<Sweep, 'setById' | 'held'>): Promise<void> =>
  askChecks(db, sweepRoot(sweep), caller, [
    {
      ...{ field: 'sweep.notice', thingId: sweep.id, authorId: sweep.setById },
      ...(sweep.held === 0 ? {} : { judged: forAPerson }),
    },
  ]);

type Noticed = Pick<Sweep, 'kind' | 'title' | 'purpose' | 'orderedBy' | 'held'>;

/** 正在审核、屏蔽: the doors, the form and the day stand, or nobody would be fetched from a flood; the words do not. */
export const shownToOthers = <S extends Noticed>(sweep: S): S =>
  sweep.held === 0
    ? sweep
    : { ...sweep, title: sweepKinds[sweep.kind], purpose: '正在审核，先不显示。', orderedBy: '正在审核' };

/** Whoever stands over the whole of it reads it all the same. */
export const asShown = <S extends Noticed & Pick<Sweep, 'gridId'>>(sweep: S, caller: Caller): S =>
  mayAct(caller, 'change', sweep) ? sweep : shownToOthers(sweep);
