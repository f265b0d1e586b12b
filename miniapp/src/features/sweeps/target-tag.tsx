import type { ComponentProps } from 'react';
import { Tag } from '../../ui/tags';
import type { Door } from './sweep';

const colours: Record<Door['state'], ComponentProps<typeof Tag>['colour']> = {
  ...{ todo: 'open', met: 'done', notHome: 'working', refused: 'overdue', notFound: 'stopped' },
};

/** 还没去, 见到了, 不在家（2 次）. */
export const TargetTag = ({
  target: { state, stateName, tries },
}: {
  target: Pick<Door, 'state' | 'stateName' | 'tries'>;
}) => (
  <Tag colour={colours[state]} words={state === 'notHome' && tries > 1 ? `${stateName}（${tries} 次）` : stateName} />
);
